#include "policy/library.hpp"

#include "base/catalogue.hpp"
#include "policy/explain.hpp"

#include <algorithm>
#include <doctest/doctest.h>

namespace redress::policy {
namespace {

Instant at(std::string_view text)
{
    return parse_rfc3339(text).value();
}

const Library& library()
{
    static const auto built_in = Library::built_in({});
    return *built_in;
}

std::string& file(std::vector<SourceFile>& files, std::string_view path)
{
    const auto found = std::ranges::find(files, path, &SourceFile::path);
    REQUIRE_MESSAGE(found != files.end(), path);
    return found->bytes;
}

}  // namespace

TEST_CASE("library: everything that is built in is right")
{
    const auto loaded = Library::load(built_in_files(), {});
    for (const Mistake& mistake : loaded.mistakes)
        MESSAGE(to_text(mistake, Lang::en));
    CHECK(loaded.mistakes.empty());
    for (const std::string_view id :
         {"house-default",
          "iso10002-generic",
          "uk-fca-disp",
          "cn-bank-insurance-2020",
          "cn-12315-12345"})
        CHECK_MESSAGE(
            std::ranges::any_of(
                loaded.library->packs(),
                [&](const Pack* pack) { return pack->id == id; }
            ),
            id
        );
}

TEST_CASE("library: a pack with a mistake is left out, the others stay")
{
    auto files = built_in_files();
    file(files, "packs/uk-fca-disp.toml").append("\n[[deadline]]\nid = \"broken\"\n");
    const auto loaded = Library::load(files, {});
    CHECK(!loaded.mistakes.empty());
    CHECK(loaded.library->find_pack("uk-fca-disp", "2026-06") == nullptr);
    CHECK(loaded.library->find_pack("house-default", "1.0.0") != nullptr);
}

TEST_CASE(
    "library: a case is bound to the version in force on the day it was received, in the pack's zone"
)
{
    const std::vector<std::string> ids{
        "house-default",
        "cn-12315-12345",
        "uk-fca-disp",
        "no-such-pack"};
    const auto before = library().bound_at(at("2026-04-14T23:59:59+08:00"), ids);
    CHECK(
        before ==
        std::vector<PackRef>{
            {"house-default", "1.0.0"},
            {"cn-12315-12345", "2020.1"},
            {"uk-fca-disp", "2018-01"}}
    );
    const auto after = library().bound_at(at("2026-04-15T00:00:00+08:00"), ids);
    CHECK(after[1] == PackRef{"cn-12315-12345", "2026.4"});
    CHECK(
        library().bound_at(at("2019-12-31T12:00:00+08:00"), ids) ==
        std::vector<PackRef>{{"house-default", "1.0.0"}, {"uk-fca-disp", "2018-01"}}
    );
}

TEST_CASE(
    "library: forty-five working days before the fifteenth of April 2026, sixty days from then on"
)
{
    const auto mediation = [](std::string_view version) {
        return library().pack("cn-12315-12345", version).deadline("mediation")->due->amount;
    };
    CHECK(mediation("2020.1") == Amount{45, Unit::business_day});
    CHECK(mediation("2026.4") == Amount{60, Unit::day});
}

TEST_CASE("library: bindings follow what is known about the case")
{
    const auto packs = [](json::object facts) {
        return library().packs_for({{"case", std::move(facts)}});
    };
    CHECK(packs({}) == std::vector<std::string>{"house-default"});
    CHECK(
        packs({{"jurisdiction", "CN"}, {"sector", "bank"}}) ==
        std::vector<std::string>{"house-default", "cn-bank-insurance-2020"}
    );
    CHECK(
        packs({{"jurisdiction", "GB"}, {"sector", "insurance"}}) ==
        std::vector<std::string>{"house-default", "uk-fca-disp"}
    );
    CHECK(
        packs({{"channel", "hotline_12345"}}) ==
        std::vector<std::string>{"house-default", "cn-12315-12345"}
    );
}

TEST_CASE("library: a child inherits, replaces and disables")
{
    const Pack& disp = library().pack("uk-fca-disp", "2026-06");
    CHECK(disp.deadline("acknowledge")->kind == DeadlineKind::hard);
    CHECK(disp.deadline("respond") != nullptr);
    CHECK(disp.letter("extension_notice") != nullptr);
    CHECK(disp.outcome("partly")->upheld == Upheld::yes);
    CHECK(
        library().pack("cn-bank-insurance-2020", "2020.3").outcome("partly")->upheld ==
        Upheld::partial
    );

    auto files = built_in_files();
    std::string& bytes = file(files, "packs/uk-fca-disp.toml");
    bytes.replace(
        bytes.find("extends ="),
        0,
        "disable = [\"deadline:assess\", \"deadline:safety_now\"]\n"
    );
    const auto loaded = Library::load(files, {});
    REQUIRE(loaded.mistakes.size() == 0);
    CHECK(loaded.library->pack("uk-fca-disp", "2026-06").deadline("assess") == nullptr);
}

TEST_CASE("library: @org is the house that runs the program")
{
    const Organisation london{
        "Europe/London",
        "gb-eng",
        {Shift{0b011'1110, std::chrono::hours{8}, std::chrono::hours{16}}}};
    const auto loaded = Library::load(built_in_files(), london);
    REQUIRE(loaded.mistakes.empty());
    const Calendar& business =
        *loaded.library->pack("iso10002-generic", "2018.1").calendars.at("bd");
    CHECK(business.zone().name() == "Europe/London");
    CHECK(
        due_at(business, at("2026-12-24T10:00:00Z"), Amount{1, Unit::business_day}) ==
        at("2026-12-29T16:00:00Z")
    );
}

TEST_CASE("library: tables that end and packs not verified for a year shout")
{
    const auto codes = [](std::string_view now) {
        std::set<std::string> all;
        for (const Mistake& warning : library().warnings(at(now)))
            all.insert(warning.code);
        return all;
    };
    CHECK(codes("2026-09-01T00:00:00Z").empty());
    CHECK(codes("2026-11-21T00:00:00Z") == std::set<std::string>{"no_holiday_table"});
    CHECK(
        codes("2027-11-30T00:00:00Z") ==
        std::set<std::string>{"no_holiday_table", "verified_long_ago"}
    );
}

TEST_CASE(
    "library: every rule of every pack is a sentence in both languages, every event it names has a name"
)
{
    for (const Pack* pack : library().packs())
        for (const DeadlineRule& rule : pack->deadlines) {
            for (const Lang lang : {Lang::en, Lang::zh}) {
                const std::string text = sentence(rule, lang);
                CHECK_MESSAGE(text.find("policy.") == std::string::npos, text);
                CHECK_MESSAGE(text.find(rule.ref) != std::string::npos, text);
            }
            for (const auto* events :
                 {&rule.starts_on,
                  &rule.stops_on,
                  &rule.cancels_on,
                  &rule.recurs_on,
                  &rule.restart_on,
                  &rule.pause_on,
                  &rule.resume_on})
                for (const std::string& event : *events)
                    CHECK_MESSAGE(has_text(Lang::zh, "policy.event." + event), event);
        }
}

TEST_CASE("explain: the rule, the start, the days counted, the holidays left out and the end")
{
    const Pack& pack = library().pack("cn-12315-12345", "2020.1");
    const json::object facts{{"case", {{"source", "12315"}}}};
    const std::vector<Happened> history{
        {"mediation_opened", at("2026-02-10T10:00:00+08:00"), at("2026-02-10T10:00:00+08:00"), {}}};
    std::vector<Clock> clocks;
    for (const ClockChange& change : react({}, pack, {history, 1, facts, history[0].at}))
        clocks = applied(std::move(clocks), change);
    REQUIRE(clocks.size() == 1);
    const Explanation why = explain(clocks[0], pack, Lang::en);
    CHECK(why.due_at == at("2026-04-22T00:00:00+08:00"));
    CHECK(why.counted_days == 45);
    CHECK(std::ranges::find(why.holidays_skipped, "2026-02-17") != why.holidays_skipped.end());
    CHECK(std::ranges::find(why.holidays_skipped, "2026-02-14") == why.holidays_skipped.end());
    CHECK(why.ref == "总局令第20号 21");
    std::vector<std::string> kinds;
    for (const Reason& reason : why.reasons) {
        kinds.push_back(reason.kind);
        CHECK_MESSAGE(reason.text.find("policy.") == std::string::npos, reason.text);
    }
    CHECK(
        kinds == std::vector<std::string>{"rule", "start", "calendar", "counted", "holiday", "due"}
    );
}

TEST_CASE("explain: a strict end shows the later day the law would allow")
{
    const Pack& pack = library().pack("cn-bank-insurance-2020", "2020.3");
    const std::vector<Happened> history{
        {"received", at("2026-09-20T10:00:00+08:00"), at("2026-09-20T10:00:00+08:00"), {}}};
    std::vector<Clock> clocks;
    for (const ClockChange& change : react({}, pack, {history, 1, {}, history[0].at}))
        clocks = applied(std::move(clocks), change);
    const auto decide =
        std::ranges::find(clocks, "decide_simple", [](const Clock& clock) { return clock.key.id; });
    REQUIRE(decide != clocks.end());
    const Explanation why = explain(*decide, pack, Lang::zh);
    CHECK(why.due_at == at("2026-10-06T00:00:00+08:00"));
    const auto legal = std::ranges::find(why.reasons, "legal", &Reason::kind);
    REQUIRE(legal != why.reasons.end());
    CHECK(legal->text.find("2026-10-09T00:00:00+08:00") != std::string::npos);
}

}  // namespace redress::policy
