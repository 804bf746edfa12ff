// The page of one's own case: answering, accepting, rating.
#include "app/portal_house_for_tests.hpp"
#include "base/catalogue.hpp"
#include "portal/tracking.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace redress;
using namespace redress::app;

namespace {

cases::Case give(TestProgram& program, CaseId id, cases::Command command)
{
    const auto done = program->door.submit(id, command, std::nullopt);
    if (!done)
        FAIL(say(Lang::en, done.error().refusals.front()));
    return program->database.read([&](db::Tx& tx) { return cases::find_case(tx, id).value(); });
}

/// The owner's way to a proposal.
void propose(TestProgram& program, const cases::Case& value)
{
    const auto roster = program->staff.directory.roster();
    const auto owner = staff::to_actor(*roster->find(value.owner));
    const auto id = value.id;
    const auto by = [&](std::string verb, json::object inputs) {
        give(program, id, {std::move(verb), std::move(inputs), owner, std::nullopt});
    };
    for (const auto* step : {"listened", "restated", "affirmed"})
        by("take_emotion_step", {{"emotion_step", step}, {"quote", "没人管"}});
    by("assess",
       {{"severity", 2},
        {"safety_flag", false},
        {"complexity", "simple"},
        {"impact", "one"},
        {"urgency", "normal"},
        {"expectation", "修好"},
        {"lane", "normal"},
        {"customer_type", "rational"},
        {"need", "solution"}});
    by("waive_investigation",
       {{"no_investigation_reason", "事实清楚"}, {"decided_by", owner.staff.value}});
    const auto decider = owner.staff == program.lead().staff ? program.handler() : program.lead();
    auto approver = decider;
    approver.roles.insert(cases::Role::approver);
    give(
        program,
        id,
        {"decide",
         {{"outcome", "upheld"},
          {"decision_plain", "您说的情况属实"},
          {"remedy_plain", "明天上门换一台新的"},
          {"prevention_plain", "出厂前多测一次"}},
         approver,
         std::nullopt}
    );
    by("amend", {{"findings_plain", "制冷模块坏了"}});
    by("promise",
       {{"promise_text", "明天上门换新"},
        {"promise_due", to_rfc3339(program.clock().now() + std::chrono::hours{30})}});
    by("send_letter",
       {{"letter", "decision_letter"},
        {"text", "给您换一台新的。"},
        {"letter_fields", json::object{{"restated_issue", "冰箱不制冷"}}}});
    by("communicate_decision",
       {{"remedy_asked", "修好"}, {"alternatives", json::array{"换新", "退款"}}});
}

}  // namespace

TEST_CASE("files come along, only with what was said, and only over the link")
{
    for_each_program([](TestProgram& program) {
        Stranger stranger{program};
        const std::string png = "\x89PNG\r\n\x1a\n picture";
        const auto path = stranger.file({}, {{"../../漏水.png", png}, {"账单.txt", "100 元"}});
        const auto value = case_behind(program, path);
        const auto files = program->database.read([&](db::Tx& tx) {
            return messages::list_attachments(tx, value.id);
        });
        REQUIRE(files.size() == 2);
        CHECK(has(stranger.get(path), "漏水.png"));
        const auto picture = std::ranges::find(files, "漏水.png", &messages::Attachment::file_name);
        REQUIRE(picture != files.end());
        const auto got = stranger.get(path + "/files/" + picture->id);
        CHECK(got.status == 200);
        CHECK(got.body == png);
        CHECK(got.content_type == "image/png");
        CHECK(header(got, "Content-Security-Policy").starts_with("sandbox"));
        CHECK(stranger.get("/c/" + std::string(43, 'x') + "/files/" + picture->id).status == 404);

        // A file that staff put into a note is none of theirs.
        const auto secret = program->database.write([&](db::Tx& tx) {
            return messages::add_attachment(
                       tx,
                       {value.id, files.front().sha256, "内部.txt", "text/plain", 3},
                       program.clock().now(),
                       "staff:1"
            )
                .value();
        });
        give(
            program,
            value.id,
            {"add_note",
             {{"text", "内部备注：难缠"}, {"attachments", json::array{json::string{secret.id}}}},
             program.handler(),
             std::nullopt}
        );
        CHECK(stranger.get(path + "/files/" + secret.id).status == 404);
        CHECK_FALSE(has(stranger.get(path), "难缠"));
        CHECK_FALSE(has(stranger.get(path), "内部.txt"));

        const auto other = stranger.file({{"what", "另一件"}});
        CHECK(stranger.get(other + "/files/" + picture->id).status == 404);

        CHECK(stranger.send(path, {{"act", "write"}}, {{"more.png", png}}).status == 303);
        CHECK(has(stranger.get(path), "more.png"));
        CHECK(has_happened(program, value.id, "message_received"));
        check_whole(*program);
    });
}

TEST_CASE("a link that is none is a kind page that tells nothing, and guessing soon ends")
{
    for_each_program([](TestProgram& program) {
        Stranger stranger{program};
        const auto path = stranger.file();
        for (const auto& wrong :
             {std::string{"/c/x"},
              path.substr(0, path.size() - 1),
              path + "A",
              std::string{"/c/%27%3B--"},
              std::string{"/c/%5C%5Cevil"}}) {
            const auto page = stranger.get(wrong);
            CHECK(page.status == 404);
            CHECK(has(page, say(Lang::zh, "portal.gone.title")));
            CHECK(stranger.post(wrong, {{"act", "write"}, {"text", "x"}}, {}).status == 404);
        }
        http::Response answer;
        for (int i = 0; i < 40; ++i)
            answer = stranger.get("/c/guess" + std::to_string(i));
        CHECK(answer.status == 429);
        CHECK(stranger.get("/lost").status == 200);
    });
}

TEST_CASE("the conversation is theirs and ours, never what is said behind their back")
{
    for_each_program([](TestProgram& program) {
        Stranger stranger{program, Lang::en};
        const auto path = stranger.file({{"what", "The fridge is warm"}});
        const auto value = case_behind(program, path);
        const auto owner = staff::to_actor(*program->staff.directory.roster()->find(value.owner));
        give(program, value.id, {"add_note", {{"text", "SECRET-NOTE"}}, owner, std::nullopt});
        give(
            program,
            value.id,
            {"receive_message",
             {{"text", "SECRET-CALL"}, {"channel", "phone"}},
             owner,
             std::nullopt}
        );
        give(
            program,
            value.id,
            {"set_emotion",
             {{"feeling", "angry"}, {"anger", 3}, {"quote", "SECRET-QUOTE"}},
             owner,
             std::nullopt}
        );
        give(
            program,
            value.id,
            {"send_message", {{"text", "I call you at four."}}, owner, std::nullopt}
        );
        give(
            program,
            value.id,
            {"promise",
             {{"promise_text", "A call"},
              {"promise_due", to_rfc3339(program.clock().now() + std::chrono::hours{3})}},
             owner,
             std::nullopt}
        );
        CHECK(stranger.send(path, {{"act", "write"}, {"text", "Four is fine."}}).status == 303);
        const auto page = stranger.get(path);
        CHECK(has(page, "I call you at four."));
        CHECK(has(page, "Four is fine."));
        CHECK(has(page, "A promise, until today"));
        CHECK(has(page, owner.display_name));
        for (const auto* ours :
             {"SECRET", "zhang.min", "zhou.ping", "gu.zheng", "staff:", "registered", "angry"})
            CHECK_FALSE(has(page, ours));
        const auto notices = program->database.read([&](db::Tx& tx) {
            return ledger::list_after(tx, 0, 500).size();
        });
        CHECK(notices > 0);
    });
}

TEST_CASE("a question of ours is answered, a proposal accepted, and the way and the result rated")
{
    for_each_program([](TestProgram& program) {
        Stranger stranger{program};
        const auto path = stranger.file();
        propose(program, case_behind(program, path));
        auto page = stranger.get(path);
        CHECK(has(page, "明天上门换一台新的"));
        CHECK(has(page, say(Lang::zh, "portal.accept.yes")));
        CHECK(stranger.send(path, {{"act", "accept"}}).status == 303);
        CHECK(case_behind(program, path).state == cases::State::fulfilling);
        CHECK(has(stranger.get(path), say(Lang::zh, "portal.state.fulfilling")));
        CHECK(stranger.send(path, {{"act", "accept"}}).status == 422);
        CHECK(
            stranger.send(path, {{"act", "rate"}, {"process", "5"}, {"outcome", "4"}}).status == 422
        );

        const auto value = case_behind(program, path);
        const auto owner = staff::to_actor(*program->staff.directory.roster()->find(value.owner));
        give(
            program,
            value.id,
            {"keep_promise", {{"promise_no", 1}, {"promise_evidence", "已换"}}, owner, std::nullopt}
        );
        give(program, value.id, {"fulfil", {}, owner, std::nullopt});
        const auto half = stranger.send(
            path,
            {{"act", "rate"}, {"process", "6"}, {"outcome", "4"}, {"text", "谢谢"}}
        );
        CHECK(half.status == 422);
        CHECK(has(half, "谢谢"));
        CHECK(
            stranger
                .send(path, {{"act", "rate"}, {"process", "5"}, {"outcome", "4"}, {"text", "谢谢"}})
                .status == 303
        );
        const auto rated = case_behind(program, path);
        CHECK(int_at(rated.facts, "satisfaction_process") == 5);
        CHECK(int_at(rated.facts, "satisfaction_outcome") == 4);
        CHECK(has_happened(program, value.id, "survey_answered"));
        CHECK(
            stranger
                .send(
                    path,
                    {{"act", "rate"},
                     {"process", "2"},
                     {"outcome", "1"},
                     {"again", "1"},
                     {"text", "又坏了"}}
                )
                .status == 303
        );
        CHECK(case_behind(program, path).state == cases::State::deciding);
        CHECK(has(stranger.get(path), "又坏了"));
        check_whole(*program);
    });
}

TEST_CASE("what is rejected goes round twice, then up; what was closed can be looked at again")
{
    for_each_program([](TestProgram& program) {
        Stranger stranger{program};
        const auto path = stranger.file();
        propose(program, case_behind(program, path));
        CHECK(stranger.send(path, {{"act", "counter"}}).status == 422);
        CHECK(stranger.send(path, {{"act", "counter"}, {"text", "我要退款"}}).status == 303);
        auto value = case_behind(program, path);
        CHECK(value.state == cases::State::deciding);
        CHECK(value.rounds == 1);
        CHECK(has(stranger.get(path), "我要退款"));
    });
}

TEST_CASE("whoever is forgotten leaves no link behind")
{
    for_each_program([](TestProgram& program) {
        Stranger stranger{program};
        const auto path = stranger.file();
        const auto value = case_behind(program, path);
        give(
            program,
            value.id,
            {"withdraw",
             {{"withdrawal_evidence", "不用了"}},
             portal::complainant_of(value),
             std::nullopt}
        );
        give(
            program,
            value.id,
            {"forget_complainant", {{"reason", "本人要求"}}, program.compliance(), std::nullopt}
        );
        CHECK(stranger.get(path).status == 404);
        check_whole(*program);
    });
}
