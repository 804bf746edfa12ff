// Complaining on the portal, as strangers do it.
#include "app/portal_house_for_tests.hpp"
#include "base/catalogue.hpp"
#include "language/coach.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace redress;
using namespace redress::app;

TEST_CASE("A3: three fields make a case with an owner and a time, and lead to a page of one's own")
{
    for_each_program([](TestProgram& program) {
        Stranger stranger{program};
        const auto path = stranger.file({{"remedy", "换一台"}, {"mood", "furious"}});
        const auto value = case_behind(program, path);
        CHECK(value.state == cases::State::registered);
        CHECK(value.owner);
        CHECK(value.channel == "web");
        CHECK(value.anger == 3);
        CHECK(value.customer);
        CHECK(string_at(value.personal, "remedy_asked") == "换一台");
        CHECK(
            value.personal.at("complainant_contacts") == json::object{{"phone", "+8613800138000"}}
        );

        const auto page = stranger.get(path);
        CHECK(page.status == 200);
        CHECK(has(page, value.ref_no));
        const auto owner = program->staff.directory.roster()->find(value.owner)->display_name;
        CHECK(has(page, owner));
        CHECK(has(page, "今天 10:0"));
        CHECK(has(page, "http://complain.example" + path));
        CHECK(has(page, say(Lang::zh, "portal.news.filed")));
        CHECK(header(page, "Referrer-Policy") == "no-referrer");
        CHECK(header(page, "Cache-Control") == "no-store");
        CHECK(header(page, "X-Robots-Tag").starts_with("noindex"));
        CHECK_FALSE(has(stranger.get(path), say(Lang::zh, "portal.news.filed")));
        check_whole(*program);
    });
}

TEST_CASE("A4: the acknowledgement names owner and time, and the first human reply is still owed")
{
    for_each_program([](TestProgram& program) {
        for (const auto lang : {Lang::zh, Lang::en}) {
            Stranger stranger{program, lang};
            const auto path = stranger.file(
                {{"what", lang == Lang::zh ? "师傅迟到三次" : "The fitter was late three times"}}
            );
            const auto value = case_behind(program, path);
            const auto events = events_of(program, value.id);
            const auto told = std::ranges::find(events, "acknowledged", &ledger::Event::kind);
            REQUIRE(told != events.end());
            CHECK(told->actor == "system");
            CHECK_FALSE(has_happened(program, value.id, "first_responded"));
            const auto words =
                std::string{parse_json(*told->personal).at("with").at("text").as_string()};
            const auto owner = program->staff.directory.roster()->find(value.owner)->display_name;
            CHECK(words.find(owner) != std::string::npos);
            CHECK(words.find(value.ref_no) != std::string::npos);
            CHECK(
                words.find(lang == Lang::zh ? "2026年11月20日10:" : "2026-11-20 10:") !=
                std::string::npos
            );
            CHECK(has(stranger.get(path), lang == Lang::zh ? "记下来" : "word for word"));
            for (const auto* feeling : {"angry", "sad", "anxious", "calm", ""}) {
                language::ReplyFacts facts;
                facts.emotion = feeling;
                facts.anger = std::string_view{feeling} == "angry" ? 3 : 0;
                for (const auto& hint : language::review(words, facts).hints)
                    FAIL_CHECK(feeling, " ", hint.rule->id, " ", words);
            }
        }
    });
}

TEST_CASE("a form sent twice is one complaint with one link, and other words are asked about")
{
    for_each_program([](TestProgram& program) {
        Stranger stranger{program};
        const Stranger::Fields fields{
            {"what", "水管漏了"},
            {"contact", "li@example.com"},
            {"seal", stranger.seal_on("/")}};
        program.clock().advance(std::chrono::minutes{1});
        const auto first = header(stranger.post("/", fields, {}), "Location");
        const auto again = header(stranger.post("/", fields, {}), "Location");
        CHECK(first == again);
        auto other = fields;
        other["what"] = "水管漏了，地板也泡了";
        const auto asked = stranger.post("/", other, {});
        CHECK(asked.status == 422);
        CHECK(has(asked, say(Lang::zh, "refusal.portal_sent_already")));
        CHECK(has(asked, "地板也泡了"));
        const auto value = case_behind(program, first);
        CHECK(program->database.read([&](db::Tx& tx) {
            return cases::count_recent_of_customer(tx, value.customer, Instant{});
        }) == 1);
    });
}

TEST_CASE(
    "whatever is wrong is said at once, in the reader's language, and everything typed is kept"
)
{
    for_each_program([](TestProgram& program) {
        for (const auto lang : {Lang::zh, Lang::en}) {
            Stranger stranger{program, lang};
            const auto page = stranger.send(
                "/",
                {{"what", ""},
                 {"contact", "jo@example"},
                 {"remedy", "say sorry <b>"},
                 {"mood", "upset"},
                 {"name", "Jo"}}
            );
            CHECK(page.status == 422);
            CHECK(has(page, say(lang, "refusal.portal_what_missing")));
            CHECK(has(page, say(lang, "refusal.portal_email_unclear")));
            CHECK(has(page, "href=\"#what\""));
            CHECK(has(page, "aria-describedby=\"contact-wrong contact-hint\""));
            CHECK(has(page, "value=\"jo@example\""));
            CHECK(has(page, "say sorry &lt;b&gt;"));
            CHECK(has(page, "value=\"upset\" checked"));
            CHECK(has(page, "value=\"Jo\""));
        }
        Stranger stranger{program};
        CHECK(
            has(stranger.send("/", {{"what", "x"}, {"contact", "12-34"}}),
                say(Lang::zh, "refusal.portal_phone_unclear"))
        );
        CHECK(
            has(stranger.send("/", {{"what", "x"}}),
                say(Lang::zh, "refusal.portal_contact_missing"))
        );
        const auto long_text =
            stranger.send("/", {{"what", std::string(20'001, 'x')}, {"contact", "wx_li"}});
        CHECK(has(long_text, std::string(20'001, 'x')));
    });
}

TEST_CASE("nobody has to say who they are")
{
    for_each_program([](TestProgram& program) {
        Stranger stranger{program};
        const auto path = stranger.file({{"contact", ""}, {"anonymous", "1"}});
        const auto value = case_behind(program, path);
        CHECK(value.anonymous);
        CHECK(value.state == cases::State::registered);
        CHECK_FALSE(value.customer);
        CHECK(stranger.send(path, {{"act", "write"}, {"text", "补充一句"}}).status == 303);
        CHECK(has(stranger.get(path), "补充一句"));
    });
}

TEST_CASE("programs are told apart without a riddle, and no person loses a word")
{
    for_each_program([](TestProgram& program) {
        Stranger stranger{program};
        Stranger::Fields fields{
            {"what", "漏水"},
            {"contact", "13800138000"},
            {"seal", stranger.seal_on("/")}};
        const auto hasty = stranger.post("/", fields, {});
        CHECK(hasty.status == 422);
        CHECK(has(hasty, say(Lang::zh, "refusal.portal_too_fast")));
        CHECK(has(hasty, fields["seal"]));
        program.clock().advance(std::chrono::seconds{5});
        fields["website"] = "http://spam.example";
        CHECK(has(stranger.post("/", fields, {}), say(Lang::zh, "refusal.portal_trap_filled")));
        fields.erase("website");
        auto forged = fields;
        forged["seal"].back() = forged["seal"].back() == 'A' ? 'B' : 'A';
        CHECK(has(stranger.post("/", forged, {}), say(Lang::zh, "refusal.portal_form_old")));
        stranger.next.headers.emplace_back("sec-fetch-site", "cross-site");
        CHECK(has(stranger.post("/", fields, {}), say(Lang::zh, "refusal.portal_form_old")));
        stranger.next.headers.back() = {"origin", "https://evil.example"};
        CHECK(has(stranger.post("/", fields, {}), say(Lang::zh, "refusal.portal_form_old")));
        stranger.next.headers.back() = {"origin", "http://complain.example"};
        CHECK(stranger.post("/", fields, {}).status == 303);
        program.clock().advance(std::chrono::days{3});
        CHECK(has(stranger.post("/", fields, {}), say(Lang::zh, "refusal.portal_form_old")));
    });
}

TEST_CASE("one address may send so much, and is told when it may again")
{
    for_each_program([](TestProgram& program) {
        Stranger stranger{program};
        const auto seal = stranger.seal_on("/");
        program.clock().advance(std::chrono::minutes{1});
        http::Response answer;
        for (int i = 0; i < 61; ++i)
            answer = stranger.post("/", {{"what", ""}, {"remedy", "kept"}, {"seal", seal}}, {});
        CHECK(answer.status == 429);
        CHECK(has(answer, "kept"));
        stranger.next.remote_address = "192.0.2.8";
        CHECK(stranger.post("/", {{"what", ""}, {"seal", seal}}, {}).status == 422);
    });
}

TEST_CASE("too many files and too large ones are refused kindly, and the text is kept")
{
    for_each_program([](TestProgram& program) {
        Stranger stranger{program};
        const Stranger::Fields fields{{"what", "墙裂了"}, {"contact", "13800138000"}};
        const auto large = stranger.send("/", fields, {{"墙.jpg", std::string(30'000'000, 'x')}});
        CHECK(large.status == 422);
        CHECK(has(large, "墙.jpg"));
        CHECK(has(large, "墙裂了"));
        const std::vector<Stranger::Chosen> fifty(50, {"a.txt", "a"});
        const auto many = stranger.send("/", fields, fifty);
        CHECK(many.status == 422);
        CHECK(has(many, "50"));
        CHECK(has(many, "墙裂了"));
        CHECK(has(stranger.send("/", fields, {{"leer.txt", ""}}), "leer.txt"));
        stranger.next.is_cut = true;
        CHECK(has(stranger.send("/", fields, {{"a.jpg", "x"}}), say(Lang::zh, "portal.wrong")));
    });
}

TEST_CASE("the language follows the browser, and a choice is kept")
{
    for_each_program([](TestProgram& program) {
        Stranger stranger{program, Lang::zh};
        CHECK(has(stranger.get("/"), "lang=\"zh-CN\""));
        CHECK(has(stranger.get("/?lang=en&utm_source=poster"), "lang=\"en\""));
        CHECK(has(stranger.get("/"), "What happened?"));
        CHECK(has(stranger.get("/lost"), "lost your link"));
        CHECK(has(stranger.get("/?lang=zh"), "发生了什么事"));
    });
}
