// What people look at all day, through the routes of the whole house: views with their counts,
// pages, the story, one case.
#include "app/house_for_tests.hpp"
#include "app/reader_for_tests.hpp"

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

/// Every id of a view, two rows at a time.
Ids all_of(const RouteReader& reader, std::string_view view)
{
    Ids ids;
    for (std::string cursor;;) {
        const auto page =
            reader.get("/api/v1/queue", fmt::format("view={}&limit=2{}", view, cursor));
        for (const auto& item : page.at("items").as_array())
            CHECK(ids.insert(item.at("id").as_int64()).second);
        if (!page.contains("next_cursor"))
            return ids;
        cursor = "&cursor=" + std::string{page.at("next_cursor").as_string()};
    }
}

std::map<std::string, std::int64_t> counts_of(const RouteReader& reader)
{
    std::map<std::string, std::int64_t> all;
    const auto page = reader.get("/api/v1/queue");
    for (const auto& view : page.at("views").as_array())
        all[std::string{view.at("id").as_string()}] = view.at("count").as_int64();
    return all;
}

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

        const RouteReader handler{*program, program.handler()};
        const Ids open{id(0), id(1), id(2), id(4), id(5), late};
        CHECK(all_of(handler, "mine") == open);
        CHECK(all_of(handler, "open") == open);
        CHECK(all_of(handler, "furious") == Ids{id(0)});
        CHECK(all_of(handler, "promises") == Ids{id(1)});
        CHECK(all_of(handler, "done") == Ids{id(3)});
        CHECK(all_of(handler, "late") == Ids{id(0), id(1), id(2), id(4), id(5)});
        CHECK(all_of(handler, "waiting").empty());
        CHECK(all_of(handler, "offered").empty());
        const RouteReader manager{*program, program.lead()};
        CHECK(all_of(manager, "offered") == Ids{id(2)});
        CHECK(all_of(manager, "mine").empty());
        for (const RouteReader* reader : {&handler, &manager})
            for (const auto& [view, count] : counts_of(*reader))
                CHECK_MESSAGE(std::ssize(all_of(*reader, view)) == count, view);
    });
}

TEST_CASE("a filtered view shows only what passes, in the same order, page by page")
{
    for_each_program([](TestProgram& program) {
        std::vector<std::int64_t> ids;
        for (int i = 0; i < 5; ++i) {
            ids.push_back(program.file().id.value);
            program.clock().advance(1min);
        }
        give(program, CaseId{ids[1]}, "set_emotion", {{"feeling", "angry"}, {"anger", 2}});
        give(program, CaseId{ids[3]}, "set_emotion", {{"feeling", "angry"}, {"anger", 3}});
        const RouteReader handler{*program, program.handler()};
        const auto shown = [&](std::string_view query) {
            const auto page = handler.get("/api/v1/queue", "view=mine&" + std::string{query});
            std::vector<std::int64_t> found;
            for (const auto& item : page.at("items").as_array())
                found.push_back(item.at("id").as_int64());
            return std::pair{found, page.contains("next_cursor")};
        };

        CHECK(shown("least_anger=2") == std::pair{std::vector{ids[1], ids[3]}, false});
        CHECK(shown("least_anger=3") == std::pair{std::vector{ids[3]}, false});
        CHECK(shown("least_anger=1&channel=nowhere").first.empty());
        CHECK(shown("kind=complaint").first.size() == ids.size());
        CHECK(shown("kind=praise").first.empty());

        const auto first = handler.get("/api/v1/queue", "view=mine&least_anger=2&limit=1");
        REQUIRE(first.at("items").as_array().size() == 1);
        const std::string cursor{first.at("next_cursor").as_string()};
        const auto rest = shown("least_anger=2&limit=1&cursor=" + cursor);
        CHECK(rest.first == std::vector{ids[3]});
    });
}

TEST_CASE("a case is found by its number, and its story is read to the beginning")
{
    for_each_program([](TestProgram& program) {
        const auto receipt = program.file();
        for (int i = 0; i < 5; ++i)
            give(program, receipt.id, "add_note", {{"text", fmt::format("第{}条", i)}});
        const RouteReader reader{*program, program.handler()};
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
        const RouteReader reader{*program, program.lead()};
        const auto warnings = reader.get("/api/v1/policies/warnings").at("items").as_array();
        REQUIRE(warnings.size() == 2);
        CHECK(warnings.front().at("code") == "no_holiday_table");
        CHECK(
            std::string{warnings.front().at("detail").as_string()}.find("2027") != std::string::npos
        );
        CHECK(reader.get("/api/v1/catalogue", "lang=zh").contains("page.erase.title"));
    });
}

TEST_CASE("D7, E4: a customer's feelings, promises and moments of truth over all their complaints")
{
    for_each_program([](TestProgram& program) {
        const auto id = program.file().id;
        const RouteReader handler{*program, program.handler()};
        const auto customer =
            handler.get(fmt::format("/api/v1/cases/{}", id.value)).at("case").at("customer_id");
        const auto care = [&] {
            return handler.get(fmt::format("/api/v1/customers/{}/care", customer.as_int64()));
        };
        CHECK(care().at("promises").at("open") == 0);
        give(program, id, "set_emotion", {{"feeling", "angry"}, {"anger", 3}});
        give(
            program,
            id,
            "promise",
            {{"promise_text", "回电"}, {"promise_due", "2026-11-20T20:00:00+08:00"}}
        );
        CHECK(care().at("promises").at("open") == 1);
        give(program, id, "keep_promise", {{"promise_no", 1}, {"promise_evidence", "已回电"}});
        const auto seen = care();
        CHECK(seen.at("promises").at("kept") == 1);
        CHECK(seen.at("promises").at("open") == 0);
        REQUIRE(seen.at("feelings").as_array().size() == 1);
        CHECK(seen.at("feelings").at(0).at("case_id") == id.value);
        CHECK(seen.at("feelings").at(0).at("at_most") == 3);
    });
}
