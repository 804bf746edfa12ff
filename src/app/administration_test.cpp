// What administrators try out and verify, through the routes of the whole house.
#include "app/house_for_tests.hpp"
#include "app/reader_for_tests.hpp"
#include "staff/changes.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <thread>

using namespace redress;
using namespace redress::app;

namespace {

using namespace std::chrono_literals;

/// An administrator who checks the chain too.
cases::Actor administrator(TestProgram& program)
{
    const auto ada = staff::create_admin(program->staff, {"ada", "Ada", "plum-gate-otter-91"});
    REQUIRE(ada);
    return staff::to_actor(*ada);
}

std::string text_of(std::string_view path)
{
    for (const auto& file : policy::built_in_files())
        if (file.path == path)
            return file.bytes;
    return {};
}

std::string house_pack()
{
    return text_of("packs/house-default.toml");
}

std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a pack under test is read as sentences, and its mistakes are told by line")
{
    for_each_program([](TestProgram& program) {
        const RouteReader admin{*program, administrator(program)};
        const auto good = admin.post("/api/v1/policies/check", {{"text", house_pack()}});
        CHECK(good.at("mistakes").as_array().empty());
        CHECK(string_at(good, "id") == "house-default");
        CHECK(good.at("rules").as_array().size() > 3);
        const auto bad = admin.post(
            "/api/v1/policies/check",
            {{"text", replaced(house_pack(), "[[deadline]]", "[[deadline]]\nnonsense = 1")}}
        );
        const auto& mistake = bad.at("mistakes").as_array().at(0).as_object();
        CHECK(int_at(mistake, "line") > 1);
        CHECK(string_at(mistake, "text").contains("nonsense"));
        CHECK_FALSE(bad.contains("id"));
        CHECK_FALSE(admin.post("/api/v1/policies/check", {{"text", "x ="}})
                        .at("mistakes")
                        .as_array()
                        .empty());
    });
}

TEST_CASE("a dry run under the same pack changes nothing; a shorter limit is due earlier and missed"
)
{
    for_each_program([](TestProgram& program) {
        const RouteReader admin{*program, administrator(program)};
        program.file();
        program.file("又坏了");
        program.clock().advance(40min);
        CHECK(program->door.tick_due(10) == 2);
        const auto same = admin.post("/api/v1/policies/dry-run", {{"text", house_pack()}});
        CHECK(int_at(same, "cases") == 2);
        CHECK(int_at(same, "clocks") > 0);
        CHECK(int_at(same, "same") == int_at(same, "clocks"));
        CHECK(int_at(same, "missed_after") == int_at(same, "missed_before"));
        const auto stricter = replaced(
            house_pack(),
            "due_in = { n = 1, unit = \"hour\"",
            "due_in = { n = 30, unit = \"minute\""
        );
        const auto earlier = admin.post("/api/v1/policies/dry-run", {{"text", stricter}});
        CHECK(int_at(earlier, "earlier") >= 2);
        CHECK(int_at(earlier, "missed_after") >= int_at(earlier, "missed_before") + 2);
        const auto& example = earlier.at("examples").as_array().at(0).as_object();
        CHECK(string_at(example, "change") == "earlier");
        CHECK(string_at(example, "due_after") < string_at(example, "due_before"));
        program.clock().advance(std::chrono::days{31});
        CHECK(int_at(admin.post("/api/v1/policies/dry-run", {{"text", stricter}}), "cases") == 0);
        const auto longer =
            admin.post("/api/v1/policies/dry-run", {{"text", stricter}, {"days", 60}});
        CHECK(int_at(longer, "cases") == 2);
    });
}

TEST_CASE("a loaded pack says on which calendars it counts, and which days are different")
{
    for_each_program([](TestProgram& program) {
        const RouteReader admin{*program, administrator(program)};
        const auto packs = admin.get("/api/v1/policies").at("items").as_array();
        const auto pack = std::ranges::find_if(packs, [](const json::value& one) {
            return string_at(one.as_object(), "id") == "cn-bank-insurance-2020";
        });
        REQUIRE(pack != packs.end());
        const auto path = "/api/v1/policies/cn-bank-insurance-2020/" +
                          std::string{string_at(pack->as_object(), "version")} + "/calendars";
        const auto calendars = admin.get(path, "year=2026");
        const auto& items = calendars.at("items").as_array();
        CHECK(std::ranges::any_of(items, [](const json::value& one) {
            return one.at("off").as_array().size() > 5 && one.at("work").as_array().size() > 1;
        }));
        CHECK(int_at(admin.get(path), "year") == 2026);
    });
}

TEST_CASE("the chain is read from its end, narrowed, and followed as a whole")
{
    for_each_program([](TestProgram& program) {
        const auto receipt = program.file();
        const RouteReader auditor{*program, program.compliance()};
        const auto newest = auditor.get("/api/v1/audit", "before=1000000&limit=2");
        const auto& items = newest.at("items").as_array();
        REQUIRE(items.size() == 2);
        CHECK(int_at(items[0].as_object(), "seq") == int_at(items[1].as_object(), "seq") + 1);
        const auto next = std::to_string(int_at(newest, "next_before"));
        const auto more = auditor.get("/api/v1/audit", "limit=1&before=" + next);
        CHECK(
            int_at(more.at("items").as_array()[0].as_object(), "seq") ==
            int_at(items[1].as_object(), "seq") - 1
        );
        const auto of_case =
            auditor.get("/api/v1/audit", "stream=case&entity=" + std::to_string(receipt.id.value));
        REQUIRE_FALSE(of_case.at("items").as_array().empty());
        CHECK_FALSE(of_case.contains("next_after"));
        for (const auto& one : of_case.at("items").as_array())
            CHECK(string_at(one.as_object(), "stream") == "case");
        CHECK(
            auditor.get("/api/v1/audit", "kind=received&before=1000000")
                .at("items")
                .as_array()
                .size() == 1
        );
        CHECK(auditor.get("/api/v1/audit", "actor=nobody").at("items").as_array().empty());

        CHECK_FALSE(auditor.get("/api/v1/audit/verify").contains("holds"));
        static_cast<void>(auditor.post("/api/v1/audit/verify", {}));
        const auto end = std::chrono::steady_clock::now() + 10s;
        auto state = auditor.get("/api/v1/audit/verify");
        while (!state.contains("holds") && std::chrono::steady_clock::now() < end) {
            std::this_thread::sleep_for(5ms);
            state = auditor.get("/api/v1/audit/verify");
        }
        CHECK(state.at("holds").as_bool());
        CHECK(int_at(state, "done") == program->ledger.last_seq());
        CHECK_FALSE(string_at(state, "text").empty());
    });
}

TEST_CASE("whoever may import may receive what is imported, administrators too")
{
    for_each_program([](TestProgram& program) {
        staff::StaffPatch patch;
        patch.display_name = "Ada";
        patch.is_admin = true;
        patch.is_active = true;
        staff::Caller installer;
        installer.actor = system_actor();
        const auto ada =
            staff::create_staff(program->staff, installer, {"ada", std::nullopt, patch});
        REQUIRE(ada);
        program->start_jobs();
        const RouteReader admin{*program, staff::to_actor(*ada)};
        const auto started = admin.post(
            "/api/v1/imports",
            {{"file_name", "crm.csv"},
             {"mapping",
              "schema = \"redress.import/1\"\nsystem = \"crm\"\n[columns]\nexternal_id = \"no\"\n"
              "received_at = \"at\"\ndescription = \"text\"\n"},
             {"csv", "no,at,text\n1,2026-11-19T09:00:00+08:00,冰箱不制冷\n"}}
        );
        const auto path = "/api/v1/imports/" + std::to_string(int_at(started, "id"));
        const auto end = std::chrono::steady_clock::now() + 10s;
        auto job = admin.get(path);
        while (string_at(job, "state") != "done" && std::chrono::steady_clock::now() < end) {
            std::this_thread::sleep_for(10ms);
            job = admin.get(path);
        }
        CHECK(int_at(job, "imported") == 1);
        CHECK(int_at(job, "rejected") == 0);
        program->stop_jobs();
    });
}
