#include "policy/clock_tale.hpp"

namespace redress::policy {

TEST_CASE(
    "clocks: the first hour and the golden day start with the complaint, whenever it is typed in"
)
{
    Tale tale = house();
    tale.happen("received", "2026-11-20T17:40:00+08:00", {}, "2026-11-20T18:10:00+08:00");
    CHECK(tale.clock("first_response").due_at == at("2026-11-20T18:40:00+08:00"));
    CHECK(tale.clock("golden_time").due_at == at("2026-11-21T17:40:00+08:00"));
    CHECK(tale.clock("owner_named").due_at == at("2026-11-20T17:55:00+08:00"));
    CHECK(next_due(tale.clocks) == at("2026-11-20T17:55:00+08:00"));
    CHECK(!tale.has("promise"));
}

TEST_CASE(
    "clocks: met strictly before the end, late after it, and the duty stays open until it is done"
)
{
    Tale in_time = house();
    in_time.happen("received", "2026-11-20T10:00:00Z")
        .happen("first_responded", "2026-11-20T10:59:59.999999Z");
    CHECK(in_time.clock("first_response").state == ClockState::met);
    CHECK(!in_time.clock("first_response").is_recorded_late);

    Tale too_late = house();
    too_late.happen("received", "2026-11-20T10:00:00Z");
    too_late.wait_until("2026-11-20T11:00:00Z");
    CHECK(too_late.clock("first_response").state == ClockState::late);
    CHECK(is_open(too_late.clock("first_response")));
    too_late.happen("first_responded", "2026-11-20T11:00:00Z");
    CHECK(too_late.clock("first_response").state == ClockState::late);
    CHECK(!is_open(too_late.clock("first_response")));
}

TEST_CASE("clocks: close of business is in time at its very instant")
{
    Tale tale = disp();
    tale.happen("received", "2026-07-01T16:00:00+01:00")
        .happen("resolved", "2026-07-06T17:00:00+01:00");
    CHECK(tale.clock("summary_window").due_at == at("2026-07-06T17:00:00+01:00"));
    CHECK(tale.clock("summary_window").state == ClockState::met);
    CHECK(tale.clock("summary_letter").started_at == at("2026-07-06T17:00:00+01:00"));
}

TEST_CASE("clocks: typed in late but dated in time is met and says so, also after the breach")
{
    Tale tale = house();
    tale.happen("received", "2026-11-20T10:00:00Z");
    tale.wait_until("2026-11-20T15:00:00Z");
    tale.happen("first_responded", "2026-11-20T10:30:00Z", {}, "2026-11-20T15:10:00Z");
    CHECK(tale.clock("first_response").state == ClockState::met);
    CHECK(tale.clock("first_response").is_recorded_late);
}

TEST_CASE("clocks: a missed three-day window is no breach, it asks for the other letter")
{
    Tale tale = disp();
    tale.happen("received", "2026-07-01T16:00:00+01:00");
    const auto fired = tale.wait_until("2026-07-07T09:00:00+01:00");
    const auto lapse = std::ranges::find(fired, Kind::lapsed, &ClockChange::kind);
    REQUIRE(lapse != fired.end());
    CHECK(lapse->effects == std::vector<std::string>{"require:final_response"});
    CHECK(!is_open(tale.clock("summary_window")));
    tale.happen("resolved", "2026-07-08T10:00:00+01:00");
    CHECK(!tale.has("summary_letter"));
    CHECK(tale.clock("final_response").state == ClockState::running);
}

TEST_CASE(
    "clocks: asking for information does not stop the clock of DISP, but does stop that of ISO 10002"
)
{
    Tale tale = disp();
    tale.happen("received", "2026-07-01T16:00:00+01:00")
        .happen("info_requested", "2026-07-03T10:00:00+01:00");
    CHECK(tale.clock("final_response").state == ClockState::running);
    CHECK(tale.clock("respond").state == ClockState::paused);
    tale.happen("info_received", "2026-07-10T10:00:00+01:00");
    CHECK(tale.clock("final_response").due_at == at("2026-08-27T00:00:00+01:00"));
    CHECK(tale.clock("respond").state == ClockState::running);
    CHECK(tale.clock("respond").due_at == at("2026-08-05T17:00:00+01:00"));
}

TEST_CASE("clocks: a pause that nobody ends is ended by the rule")
{
    Tale tale = disp();
    tale.happen("received", "2026-07-01T16:00:00+01:00")
        .happen("info_requested", "2026-07-03T10:00:00+01:00");
    CHECK(tale.clock("respond").next_fire_at == at("2026-07-17T17:00:00+01:00"));
    tale.wait_until("2026-07-20T09:00:00+01:00");
    const Clock& respond = tale.clock("respond");
    CHECK(respond.state == ClockState::running);
    CHECK(
        respond.pauses ==
        std::vector<Pause>{{at("2026-07-03T10:00:00+01:00"), at("2026-07-17T17:00:00+01:00")}}
    );
    CHECK(respond.due_at == at("2026-08-12T17:00:00+01:00"));
}

TEST_CASE("clocks: the holding letter stops the eight weeks, not the case")
{
    Tale tale = disp();
    tale.happen("received", "2026-07-01T16:00:00+01:00")
        .happen("holding_response_sent", "2026-08-20T10:00:00+01:00");
    CHECK(tale.clock("final_response").state == ClockState::met);
    CHECK(is_open(tale.clock("respond")));
}

TEST_CASE(
    "clocks: a rule starts at the original event when its condition comes true, and ends when it turns false"
)
{
    Tale tale = disp();
    tale.happen("received", "2026-07-01T16:00:00+01:00");
    CHECK(tale.has("final_response"));
    CHECK(!tale.has("final_response_psd"));
    tale.know("psd_or_emd", true, "2026-07-03T10:00:00+01:00");
    CHECK(tale.clock("final_response").state == ClockState::cancelled);
    CHECK(tale.clock("final_response").ended_by == "when");
    CHECK(tale.clock("final_response_psd").started_at == at("2026-07-01T16:00:00+01:00"));
    tale.know("psd_or_emd", false, "2026-07-04T10:00:00+01:00");
    CHECK(tale.clock("final_response_psd").state == ClockState::cancelled);
    CHECK(tale.clock("final_response").key.instance == 2);
    CHECK(tale.clock("final_response").due_at == at("2026-08-27T00:00:00+01:00"));
}

TEST_CASE("clocks: what was done before a condition came true counts")
{
    Tale tale = disp();
    tale.happen("received", "2026-07-01T16:00:00+01:00")
        .happen("final_response_sent", "2026-07-02T16:00:00+01:00");
    tale.know("psd_or_emd", true, "2026-07-03T10:00:00+01:00");
    CHECK(tale.clock("final_response_psd").state == ClockState::met);
    CHECK(tale.clock("final_response").state == ClockState::met);
}

TEST_CASE("clocks: extensions to thirty from the start, and thirty more on top (X1, X2)")
{
    Tale tale = bank();
    tale.happen("received", "2026-11-01T10:00:00+08:00");
    CHECK(tale.clock("decide_simple").due_at == at("2026-11-17T00:00:00+08:00"));
    REQUIRE(tale.extend("decide_simple", request(complex, "2026-11-10T10:00:00+08:00")));
    CHECK(tale.clock("decide_simple").due_at == at("2026-12-02T00:00:00+08:00"));
    REQUIRE(tale.extend(
        "decide_simple",
        {"special", "especially_complex", "executive", true, at("2026-11-28T10:00:00+08:00")}
    ));
    CHECK(tale.clock("decide_simple").due_at == at("2027-01-01T00:00:00+08:00"));
    CHECK(tale.clock("decide_simple").original_due_at == at("2026-11-17T00:00:00+08:00"));
    CHECK(tale.clock("decide_simple").extensions.size() == 2);
}

TEST_CASE("clocks: an extension is refused with its reason")
{
    Tale tale = bank();
    tale.happen("received", "2026-11-01T10:00:00+08:00");
    const auto code = [&](const ExtensionRequest& asked) {
        const auto change = extended(tale.clock("decide_simple"), tale.pack, asked);
        return change ? std::string{} : change.error().refusals.front().code;
    };
    const std::string_view early = "2026-11-10T10:00:00+08:00";
    CHECK(
        code(request({"leisure", "complex", "manager", true, {}}, early)) ==
        "policy.extension_unknown"
    );
    CHECK(code(request(complex, "2026-11-17T00:00:00+08:00")) == "policy.extension_after_due");
    CHECK(
        code(request({"complex", "busy", "manager", true, {}}, early)) == "policy.extension_reason"
    );
    CHECK(
        code(request({"complex", "complex", "owner", true, {}}, early)) ==
        "policy.extension_approver"
    );
    CHECK(code(request({"complex", "complex", "executive", true, {}}, early)).empty());
    CHECK(
        code(request({"special", "especially_complex", "executive", true, {}}, early)) ==
        "policy.extension_previous"
    );
    REQUIRE(tale.extend("decide_simple", request(complex, early)));
    CHECK(code(request(complex, early)) == "policy.extension_used_up");
    CHECK(
        code(request({"special", "especially_complex", "executive", false, {}}, early)) ==
        "policy.extension_notice"
    );
    tale.happen("resolved", "2026-11-11T10:00:00+08:00");
    CHECK(
        code(request({"special", "especially_complex", "executive", true, {}}, early)) ==
        "policy.extension_ended"
    );
}

TEST_CASE("clocks: new facts restart the period, the old one is kept as superseded (R1)")
{
    Tale tale = bank();
    tale.happen("received", "2026-11-01T10:00:00+08:00")
        .happen("new_facts_received", "2026-11-10T09:00:00+08:00");
    CHECK(tale.clock("decide_simple", 1).state == ClockState::superseded);
    CHECK(tale.clock("decide_simple", 2).due_at == at("2026-11-26T00:00:00+08:00"));
}

TEST_CASE("clocks: only an outside appraisal pauses the bank's period (P1, P2)")
{
    Tale same_day = bank();
    same_day.happen("received", "2026-11-01T10:00:00+08:00")
        .happen("info_requested", "2026-11-03T10:00:00+08:00")
        .happen("appraisal_started", "2026-11-05T09:00:00+08:00")
        .happen("appraisal_finished", "2026-11-05T17:00:00+08:00");
    CHECK(same_day.clock("decide_simple").due_at == at("2026-11-17T00:00:00+08:00"));

    Tale week = bank();
    week.happen("received", "2026-11-01T10:00:00+08:00")
        .happen("appraisal_started", "2026-11-05T09:00:00+08:00");
    CHECK(week.clock("decide_simple").state == ClockState::paused);
    const auto fired = week.wait_until("2026-11-12T00:00:00+08:00");
    CHECK(std::ranges::none_of(fired, [](const ClockChange& change) {
        return change.key.id == "decide_simple";
    }));
    week.happen("appraisal_finished", "2026-11-12T17:00:00+08:00");
    CHECK(week.clock("decide_simple").due_at == at("2026-11-24T00:00:00+08:00"));
}

TEST_CASE("clocks: withdrawal ends the period the same day; a transfer does not start it twice")
{
    Tale tale = bank();
    tale.happen("received", "2026-11-01T10:00:00+08:00")
        .happen("transferred_in", "2026-11-03T10:00:00+08:00");
    CHECK(std::ranges::count(tale.clocks, std::string{"decide_simple"}, [](const Clock& c) {
              return c.key.id;
          }) == 1);
    CHECK(tale.clock("decide_simple").started_at == at("2026-11-01T10:00:00+08:00"));
    tale.happen("withdrawn", "2026-11-04T10:00:00+08:00");
    CHECK(tale.clock("decide_simple").state == ClockState::cancelled);
    CHECK(tale.clock("decide_simple").stopped_at == at("2026-11-04T10:00:00+08:00"));
}

TEST_CASE("clocks: a progress clock starts again with every update")
{
    Tale tale = house();
    tale.happen("received", "2026-11-20T10:00:00Z")
        .happen("first_responded", "2026-11-20T10:10:00Z")
        .happen("progress_update_sent", "2026-11-21T10:00:00Z");
    CHECK(tale.clock("progress", 1).state == ClockState::met);
    CHECK(tale.clock("progress", 2).due_at == at("2026-11-23T10:00:00Z"));
    tale.wait_until("2026-11-24T00:00:00Z");
    tale.happen("progress_update_sent", "2026-11-24T10:00:00Z");
    CHECK(tale.clock("progress", 2).state == ClockState::late);
    CHECK(tale.clock("progress", 3).state == ClockState::running);
}

TEST_CASE("clocks: every promise has its own, due when it was promised")
{
    Tale tale = house();
    tale.happen("received", "2026-11-20T10:00:00Z")
        .happen(
            "promise_made",
            "2026-11-20T11:00:00Z",
            {{"promise", "1"}, {"due", "2026-11-21T09:00:00Z"}}
        )
        .happen(
            "promise_made",
            "2026-11-20T11:00:00Z",
            {{"promise", "2"}, {"due", "2026-11-22T09:00:00Z"}}
        )
        .happen("promise_kept", "2026-11-21T08:00:00Z", {{"promise", "1"}});
    CHECK(tale.clock("promise", 0, "1").state == ClockState::met);
    CHECK(tale.clock("promise", 0, "2").due_at == at("2026-11-22T09:00:00Z"));
    tale.happen(
        "promise_renegotiated",
        "2026-11-21T12:00:00Z",
        {{"promise", "2"}, {"due", "2026-11-25T09:00:00Z"}}
    );
    CHECK(tale.clock("promise", 1, "2").state == ClockState::superseded);
    CHECK(tale.clock("promise", 2, "2").due_at == at("2026-11-25T09:00:00Z"));
    const auto fired = tale.wait_until("2026-11-25T09:00:00Z");
    const auto breach = std::ranges::find_if(fired, [](const ClockChange& c) {
        return c.kind == Kind::breached && c.key.subject == "2";
    });
    REQUIRE(breach != fired.end());
    CHECK(
        breach->effects == std::vector<std::string>{"letter:promise_missed", "flag:promise_broken"}
    );
}

TEST_CASE("clocks: a time limit printed on the work order wins over the pack's")
{
    Tale tale{"cn-12315-12345", "2026.4"};
    tale.facts["case"] = {
        {"source", "12345"},
        {"workorder_class", "general"},
        {"workorder_due", "2026-11-06"}};
    tale.happen("received", "2026-11-01T10:00:00+08:00")
        .happen("workorder_received", "2026-11-01T10:00:00+08:00");
    CHECK(tale.clock("wo_general").due_at == at("2026-11-07T00:00:00+08:00"));

    Tale none{"cn-12315-12345", "2026.4"};
    none.facts["case"] = {{"source", "12345"}, {"workorder_class", "general"}};
    none.happen("received", "2026-11-01T10:00:00+08:00")
        .happen("workorder_received", "2026-11-01T10:00:00+08:00");
    CHECK(none.clock("wo_general").due_at == at("2026-11-09T00:00:00+08:00"));
}

}  // namespace redress::policy
