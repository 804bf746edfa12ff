#include "policy/clock_tale.hpp"

#include <rapidcheck.h>

namespace redress::policy {
namespace {

const std::vector<std::string> some_events{
    "registered",
    "first_responded",
    "acknowledged",
    "info_requested",
    "info_received",
    "appraisal_started",
    "appraisal_finished",
    "new_facts_received",
    "progress_update_sent",
    "decision_communicated",
    "final_response_sent",
    "resolved",
    "withdrawn",
    "reopened",
    "merged",
    "classified_not_complaint",
    "fulfilled",
    "followed_up",
    "closed"};

const std::vector<PackRef> some_packs{
    {"house-default", "1.0.0"},
    {"cn-bank-insurance-2020", "2020.3"},
    {"uk-fca-disp", "2026-06"},
    {"iso10002-generic", "2018.1"}};

}  // namespace

TEST_CASE("clocks: what is found to be no complaint and then one after all keeps its received time")
{
    Tale tale = bank();
    tale.happen("received", "2026-11-01T10:00:00+08:00")
        .happen("classified_not_complaint", "2026-11-02T10:00:00+08:00");
    CHECK(tale.clock("decide_simple").state == ClockState::cancelled);
    tale.happen("registered", "2026-11-09T10:00:00+08:00");
    CHECK(tale.clock("decide_simple").state == ClockState::running);
    CHECK(tale.clock("decide_simple").due_at == at("2026-11-17T00:00:00+08:00"));
}

TEST_CASE("clocks: reopening starts soft clocks anew, hard ones go on from their original start")
{
    Tale tale = bank();
    tale.happen("received", "2026-11-01T10:00:00+08:00")
        .happen("customer_contacted", "2026-11-02T09:00:00+08:00")
        .happen("withdrawn", "2026-11-03T10:00:00+08:00")
        .happen("reopened", "2026-11-10T10:00:00+08:00", {{"new_facts", false}});
    CHECK(tale.clock("contact").started_at == at("2026-11-10T10:00:00+08:00"));
    CHECK(tale.clock("decide_simple", 1).state == ClockState::cancelled);
    CHECK(tale.clock("decide_simple", 2).started_at == at("2026-11-01T10:00:00+08:00"));

    Tale facts = bank();
    facts.happen("received", "2026-11-01T10:00:00+08:00")
        .happen("withdrawn", "2026-11-03T10:00:00+08:00")
        .happen("reopened", "2026-11-10T10:00:00+08:00", {{"new_facts", true}});
    CHECK(facts.clock("decide_simple").due_at == at("2026-11-26T00:00:00+08:00"));

    Tale decided = bank();
    decided.happen("received", "2026-11-01T10:00:00+08:00")
        .happen("final_response_sent", "2026-11-05T10:00:00+08:00")
        .happen("reopened", "2026-12-20T10:00:00+08:00");
    CHECK(decided.clock("decide_simple").state == ClockState::met);
}

TEST_CASE("clocks: merging cancels every clock of the case")
{
    Tale tale = disp();
    tale.happen("received", "2026-07-01T16:00:00+01:00")
        .happen("merged", "2026-07-02T16:00:00+01:00");
    CHECK(std::ranges::none_of(tale.clocks, is_open));
    CHECK(!next_fire(tale.clocks));
}

TEST_CASE("clocks: a corrected received time moves what it started")
{
    Tale tale = house();
    tale.happen("received", "2026-11-20T10:00:00Z")
        .happen("first_responded", "2026-11-20T10:50:00Z");
    CHECK(tale.clock("first_response").state == ClockState::met);
    tale.follow(rebased(tale.clocks, tale.pack, "received", at("2026-11-20T09:00:00Z")));
    CHECK(tale.clock("first_response").state == ClockState::late);
    CHECK(tale.clock("golden_time").due_at == at("2026-11-21T09:00:00Z"));
}

TEST_CASE("clocks: warnings, escalations and the breach come once, in time order")
{
    Tale tale = house();
    tale.happen("received", "2026-11-20T10:00:00Z");
    const auto fired = tale.wait_until("2026-11-20T14:00:00Z");
    std::vector<std::string> first_response;
    for (const ClockChange& change : fired)
        if (change.key.id == "first_response")
            first_response.push_back(change.cause + ":" + change.role);
    CHECK(
        first_response ==
        std::vector<
            std::string>{"50%:", "80%:", "80%:owner", "100%:manager", "due:", "400%:executive"}
    );
    CHECK(std::ranges::is_sorted(fired, {}, &ClockChange::at));
    CHECK(tale.wait_until("2026-11-20T14:00:00Z").empty());
    CHECK(tale.clock("first_response").state == ClockState::late);
}

TEST_CASE("clocks: a year without a holiday table shouts")
{
    Tale tale = bank();
    tale.happen("received", "2026-12-31T10:00:00+08:00");
    CHECK(tale.clock("contact").year_without_table == 2027);
    CHECK(tale.clock("decide_simple").year_without_table == 0);
}

TEST_CASE("clocks: two packs on one case stop with different events and do not disturb each other")
{
    Tale one = bank();
    Tale other = house();
    one.happen("received", "2026-11-01T10:00:00+08:00");
    other.clocks = one.clocks;
    other.happen("received", "2026-11-01T10:00:00+08:00")
        .happen("decision_communicated", "2026-11-02T09:00:00+08:00");
    CHECK(other.clock("golden_time").state == ClockState::met);
    CHECK(other.clock("decide_simple").state == ClockState::running);
}

TEST_CASE("clocks: replaying the changes gives the clocks, whatever happens")
{
    CHECK(rc::check("replay", [] {
        const PackRef ref = *rc::gen::elementOf(some_packs);
        const Pack& pack = library().pack(ref.id, ref.version);
        const json::object facts{{"case", {{"psd_or_emd", *rc::gen::arbitrary<bool>()}}}};
        std::vector<Clock> clocks;
        std::vector<Clock> replayed;
        std::vector<Happened> history{
            {"received", at("2026-07-01T08:00:00Z"), at("2026-07-01T08:00:00Z"), {}}};
        Instant now = history.front().at;
        const auto follow = [&](const std::vector<ClockChange>& changes) {
            for (const ClockChange& change : changes) {
                clocks = applied(std::move(clocks), change);
                replayed = applied(std::move(replayed), clock_change_from_json(to_json(change)));
            }
        };
        follow(react(clocks, pack, {history, 1, facts, now}));
        const int count = *rc::gen::inRange(0, 20);
        for (int i = 0; i < count; ++i) {
            now = now + Micros{std::chrono::minutes{*rc::gen::inRange(0, 20'000)}};
            follow(tick(clocks, pack, now));
            history.push_back({*rc::gen::elementOf(some_events), now, now, {}});
            follow(react(clocks, pack, {history, 1, facts, now}));
            RC_ASSERT(tick(clocks, pack, now).empty() || next_fire(clocks) <= now);
        }
        RC_ASSERT(clocks == replayed);
        for (const Clock& clock : clocks) {
            RC_ASSERT(!is_open(clock) || !clock.stopped_at);
            RC_ASSERT((clock.state == ClockState::paused) == clock.paused_at.has_value());
            const auto open_ones = std::ranges::count_if(clocks, [&](const Clock& other) {
                return is_open(other) && other.key.id == clock.key.id &&
                       other.key.subject == clock.key.subject;
            });
            RC_ASSERT(open_ones <= 1);
        }
    }));
}

}  // namespace redress::policy
