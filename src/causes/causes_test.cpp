#include "causes/api.hpp"
#include "causes/rules.hpp"
#include "causes/store.hpp"
#include "db/migration.hpp"
#include "db/test_database.hpp"
#include "http/router.hpp"
#include "staff/model.hpp"

#include <algorithm>
#include <doctest/doctest.h>

namespace redress::causes {
namespace {

constexpr Instant noon{1'795'262'400'000'000};

std::vector<std::string> codes_of(const Cause& cause, std::span<const Cause> others)
{
    std::vector<std::string> codes;
    const auto result = checked(cause, others);
    if (!result)
        for (const auto& refusal : result.error().refusals)
            codes.push_back(refusal.code);
    return codes;
}

using Codes = std::vector<std::string>;

struct Desk {
    explicit Desk(db::Database& opened)
        : database{opened}, router{routes({database, ledger, clock}), middleware()}
    {
        database.migrate(embedded::migrations(), noon);
        database.set_batch_hooks(ledger.hooks());
        database.write([this](db::Tx& tx) { seed_causes(tx, ledger, noon); });
    }

    static http::Middleware middleware()
    {
        http::Middleware steps;
        steps.authenticate = [](http::Call& call) -> Result<void> {
            staff::Caller caller;
            caller.actor.name = "staff:1";
            call.actor = caller;
            return {};
        };
        return steps;
    }

    http::Response
    ask(std::string method, std::string path, std::string body = {}, std::string seen = {})
    {
        http::Request request;
        request.method = std::move(method);
        request.path = "/api/v1/causes" + path;
        request.headers.emplace_back("content-type", "application/json");
        request.headers.emplace_back("idempotency-key", "k");
        if (!seen.empty())
            request.headers.emplace_back("if-match", std::move(seen));
        request.body = std::move(body);
        return router(request);
    }

    db::Database& database;
    ledger::Ledger ledger{std::chrono::minutes{480}};
    VirtualClock clock{noon};
    http::Router router;
};

std::string code_in(const http::Response& answer)
{
    return std::string{string_at(parse_json(answer.content()).as_object(), "code")};
}

}  // namespace

TEST_CASE("the built-in tree has the three sides, each with causes below")
{
    const auto& causes = default_causes();
    for (const auto* side : {"customer", "staff", "product"})
        CHECK(std::ranges::count(causes, side, &Cause::parent) >= 3);
    CHECK_THROWS(static_cast<void>(
        read_causes("[[cause]]\ncode = \"a\"\nparent = \"b\"\nen = \"A\"\nzh = \"甲\"\n")
    ));
    CHECK_THROWS(
        static_cast<void>(read_causes("[[cause]]\ncode = \"A b\"\nen = \"A\"\nzh = \"甲\"\n"))
    );
}

TEST_CASE("a cause says everything that keeps it out of the tree")
{
    const auto& tree = default_causes();
    CHECK(codes_of({{}, 0, "new_one", "product", "New", "新", "", true}, tree).empty());
    CHECK(
        codes_of({{}, 0, "Not OK", "nowhere", " ", "", std::string(41, 'x'), true}, tree) ==
        Codes{
            "cause_code",
            "cause_name",
            "cause_name",
            "cause_regulator_code",
            "cause_parent_unknown"}
    );
    CHECK(codes_of({{}, 0, "price", "", "Price", "价格", "", true}, tree) == Codes{"cause_taken"});
    CHECK(codes_of({{}, 0, "me", "me", "Me", "我", "", true}, tree) == Codes{"cause_circle"});
}

TEST_CASE("no change makes a circle or a tree that is too deep")
{
    std::vector<Cause> chain;
    for (std::int64_t i = 1; i <= 5; ++i)
        chain.push_back(
            {{i},
             1,
             "c" + std::to_string(i),
             i == 1 ? "" : "c" + std::to_string(i - 1),
             "C",
             "丙",
             "",
             true}
        );
    auto first = chain.front();
    first.parent = "c5";
    CHECK(codes_of(first, chain) == Codes{"cause_circle"});
    CHECK(codes_of({{}, 0, "c6", "c5", "C", "丙", "", true}, chain) == Codes{"cause_too_deep"});
    chain.push_back({{9}, 1, "top", "", "T", "顶", "", true});
    first.parent = "top";
    CHECK(codes_of(first, chain) == Codes{"cause_too_deep"});
}

TEST_CASE("causes are added, renamed, moved and taken out of use, each with its event")
{
    db::for_each_database([](db::Database& database) {
        Desk desk{database};
        const auto before = desk.ledger.last_seq();
        const auto made = desk.ask(
            "POST",
            "",
            R"({"code":"delivery","parent":"product","name_en":"Delivery","name_zh":"配送"})"
        );
        REQUIRE_MESSAGE(made.status == 201, made.content());
        const auto path = "/" + std::to_string(parse_json(made.content()).at("id").as_int64());
        CHECK(code_in(desk.ask("PATCH", path, R"({"name_en":"X"})", "\"7\"")) == "cause_stale");
        CHECK(
            desk.ask("PATCH", path, R"({"parent":"","regulator_code":"R-7"})", "\"1\"").status ==
            200
        );
        CHECK(
            code_in(desk.ask("PATCH", path, R"({"parent":"delivery"})", "\"2\"")) == "cause_circle"
        );
        CHECK(desk.ask("PATCH", path, R"({"is_active":false})", "\"2\"").status == 200);
        CHECK(desk.ask("PATCH", path, R"({"is_active":false})", "\"3\"").status == 200);
        CHECK(
            code_in(desk.ask("PATCH", "/1", R"({"is_active":false})", "\"1\"")) == "cause_not_found"
        );
        CHECK(desk.ledger.last_seq() == before + 3);
        const auto list = desk.ask("GET", "");
        CHECK(list.content().contains(R"("regulator_code":"R-7","is_active":false)"));
        database.write([&](db::Tx& tx) { seed_causes(tx, desk.ledger, noon); });
        CHECK(desk.ledger.last_seq() == before + 3);
    });
}

}  // namespace redress::causes
