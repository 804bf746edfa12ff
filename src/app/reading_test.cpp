// What people look at all day, through the routes of the whole house: views with their counts,
// pages, the story, one case.
#include "app/house_for_tests.hpp"
#include "http/router.hpp"
#include "staff/rules_permissions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <set>

using namespace redress;
using namespace redress::app;

namespace {

using namespace std::chrono_literals;
using Ids = std::set<std::int64_t>;

/// The routes, asked as one person.
class Reader {
public:
    Reader(Program& program, const cases::Actor& who)
        : router_{program.routes(), middleware(program, who)}
    {}

    json::object get(std::string path, std::string query = {}) const
    {
        const auto answer =
            router_({.method = "GET", .path = std::move(path), .query = std::move(query)});
        REQUIRE_MESSAGE(answer.status == 200, answer.body);
        return parse_json(answer.body).as_object();
    }

    /// Every id of a view, two rows at a time.
    Ids all_of(std::string_view view) const
    {
        Ids ids;
        for (std::string cursor;;) {
            const auto page = get("/api/v1/queue", fmt::format("view={}&limit=2{}", view, cursor));
            for (const auto& item : page.at("items").as_array())
                CHECK(ids.insert(item.at("id").as_int64()).second);
            if (!page.contains("next_cursor"))
                return ids;
            cursor = "&cursor=" + std::string{page.at("next_cursor").as_string()};
        }
    }

    std::map<std::string, std::int64_t> counts() const
    {
        std::map<std::string, std::int64_t> all;
        const auto page = get("/api/v1/queue");
        for (const auto& view : page.at("views").as_array())
            all[std::string{view.at("id").as_string()}] = view.at("count").as_int64();
        return all;
    }

private:
    static http::Middleware middleware(Program& program, const cases::Actor& who)
    {
        staff::Caller caller;
        caller.actor = who;
        auto person = *program.staff.directory.roster()->find(who.staff);
        person.must_change_password = false;
        caller.permissions = staff::permissions_of(person);
        http::Middleware chain;
        chain.authenticate = [caller](http::Call& call) -> Result<void> {
            call.actor = caller;
            return {};
        };
        return chain;
    }

    http::Router router_;
};

void give(TestProgram& program, CaseId id, const char* verb, json::object inputs)
{
    const cases::Command command{verb, std::move(inputs), program.handler(), std::nullopt};
    const auto done = program->door.submit(id, command, std::nullopt);
    REQUIRE_MESSAGE(done.has_value(), verb);
}

}  // namespace

TEST_CASE("every view has exactly the cases it is about, page by page, and counts them")
{
    for_each_program([](TestProgram& program) {
        std::vector<CaseId> ids;
        for (int i = 0; i < 6; ++i)
            ids.push_back(program.file().id);
        const auto id = [&](std::size_t at) { return ids[at].value; };
        give(program, ids[0], "set_emotion", {{"feeling", "angry"}, {"anger", 3}});
        give(
            program,
            ids[1],
            "promise",
            {{"promise_text", "回电"}, {"promise_due", "2026-11-20T20:00:00+08:00"}}
        );
        const auto lead = program.lead().staff.value;
        give(program, ids[2], "offer_handover", {{"to", lead}, {"handover_note", "请接手"}});
        give(program, ids[3], "withdraw", {{"withdrawal_evidence", "来电"}});
        program.clock().advance(50min);
        const auto late = program.file("刚到").id.value;
        program.clock().advance(11min);

        const Reader handler{*program, program.handler()};
        const Ids open{id(0), id(1), id(2), id(4), id(5), late};
        CHECK(handler.all_of("mine") == open);
        CHECK(handler.all_of("open") == open);
        CHECK(handler.all_of("furious") == Ids{id(0)});
        CHECK(handler.all_of("promises") == Ids{id(1)});
        CHECK(handler.all_of("done") == Ids{id(3)});
        CHECK(handler.all_of("late") == Ids{id(0), id(1), id(2), id(4), id(5)});
        CHECK(handler.all_of("waiting").empty());
        CHECK(handler.all_of("offered").empty());
        const Reader manager{*program, program.lead()};
        CHECK(manager.all_of("offered") == Ids{id(2)});
        CHECK(manager.all_of("mine").empty());
        for (const Reader* reader : {&handler, &manager})
            for (const auto& [view, count] : reader->counts())
                CHECK_MESSAGE(std::ssize(reader->all_of(view)) == count, view);
    });
}

TEST_CASE("a case is found by its number, and its story is read to the beginning")
{
    for_each_program([](TestProgram& program) {
        const auto receipt = program.file();
        for (int i = 0; i < 5; ++i)
            give(program, receipt.id, "add_note", {{"text", fmt::format("第{}条", i)}});
        const Reader reader{*program, program.handler()};
        const auto found = reader.get("/api/v1/cases", "ref_no=" + receipt.ref_no);
        CHECK(found.at("items").at(0).at("id") == receipt.id.value);
        CHECK(reader.get("/api/v1/cases", "ref_no=19700101-000001").at("items").as_array().empty());

        const auto path = fmt::format("/api/v1/cases/{}", receipt.id.value);
        const auto page = reader.get(path);
        CHECK(page.at("case").at("ref_no") == json::string_view{receipt.ref_no});
        CHECK(page.at("case").at("owner").at("name") == "张敏");
        const auto version = page.at("version").as_int64();
        std::int64_t before = version + 1;
        for (std::int64_t expected = version; expected > 0;) {
            const auto story =
                reader.get(path + "/story", fmt::format("before={}&limit=3", before));
            REQUIRE(!story.at("items").as_array().empty());
            for (const auto& entry : story.at("items").as_array())
                CHECK(entry.at("version") == expected--);
            before = expected + 1;
        }
        const auto deadlines = reader.get(path + "/deadlines").at("items").as_array();
        CHECK(std::ranges::all_of(deadlines, [](const auto& one) {
            return !one.at("explanation").at("rule").as_string().empty();
        }));
    });
}

TEST_CASE("whoever administers the rules is told what is soon wrong with them")
{
    for_each_program([](TestProgram& program) {
        program.clock().set(*parse_rfc3339("2026-12-01T09:00:00+08:00"));
        const Reader reader{*program, program.lead()};
        const auto warnings = reader.get("/api/v1/policies/warnings").at("items").as_array();
        REQUIRE(warnings.size() == 2);
        CHECK(warnings.front().at("code") == "no_holiday_table");
        CHECK(
            std::string{warnings.front().at("detail").as_string()}.find("2027") != std::string::npos
        );
        CHECK(reader.get("/api/v1/catalogue", "lang=zh").contains("page.erase.title"));
    });
}
