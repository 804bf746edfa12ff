#include "language/coach.hpp"
#include "language/promise_calendar.hpp"
#include "language/promise_times.hpp"

#include <array>
#include <chrono>
#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace redress::language {
namespace {

PromiseContext some_context()
{
    static const auto calendar = business_days_of("Asia/Shanghai");
    return {*parse_rfc3339("2026-11-24T00:00:00Z"), calendar.get()};
}

/// Pieces that rules and times are made of, so that random texts reach their inner parts.
std::string random_text()
{
    static const std::array<std::string, 34> pieces{
        "我",
        "明天",
        "下午五点",
        "前",
        "给您回电",
        "。",
        "您",
        "自己没看",
        "对不起",
        "，",
        "三个工作日内",
        "退款",
        "I'll ",
        "call you ",
        "by five tomorrow",
        ". ",
        "sorry ",
        "your fault",
        "\n> ",
        "\n",
        "within ",
        "2 business days",
        "the 3rd of ",
        "December ",
        "\xff",
        "\xe4\xbd",
        "😀",
        "９月３１日",
        "13:75",
        "99999999999",
        "[[",
        "…",
        "ⅷ",
        "ﷺ"};
    std::string text;
    for (const int index : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 34)))
        text += pieces.at(static_cast<std::size_t>(index));
    return text;
}

void check_spans(const std::string& text)
{
    const auto length = static_cast<std::uint32_t>(count_code_points(text));
    ReplyFacts facts;
    facts.is_first_reply = true;
    facts.now = some_context();
    const Review found = review(text, facts);
    RC_ASSERT(found.score >= 0 && found.score <= 100);
    for (const auto* hints : {&found.hints, &found.strengths})
        for (const Hint& hint : *hints)
            RC_ASSERT(
                hint.rule != nullptr && hint.span.begin < hint.span.end && hint.span.end <= length
            );
    for (const Promise& promise : found.promises) {
        RC_ASSERT(promise.span.end <= length && promise.span.holds(promise.time));
        RC_ASSERT(promise.due > facts.now->now);
        RC_ASSERT(promise.confidence > 0 && promise.confidence <= 1);
    }
}

/// Processor time of reading a text `times` over.
double seconds_for(std::string_view unit, std::size_t times)
{
    std::string text;
    for (std::size_t count = 0; count < times; ++count)
        text += unit;
    const std::clock_t begin = std::clock();
    static_cast<void>(find_promises(text, some_context()));
    static_cast<void>(review(text, {}));
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

}  // namespace

TEST_CASE("coach: spans lie within the text, whatever the text")
{
    CHECK(rc::check("made of the words of rules", [] { check_spans(random_text()); }));
    CHECK(rc::check("any bytes", [](const std::string& bytes) { check_spans(bytes); }));
}

TEST_CASE("promises: times do not overlap and lie in order")
{
    CHECK(rc::check([] {
        const std::string text = to_folded(random_text());
        std::size_t end = 0;
        for (const TimeNamed& time : find_times(text)) {
            RC_ASSERT(time.begin >= end && time.end > time.begin && time.end <= text.size());
            end = time.end;
        }
    }));
}

TEST_CASE("coach: nothing is found in nothing")
{
    for (const char* text : {"", " ", "\n\n", "。。。！？", "> 我明天五点前给您回电", "\xff\xfe"}) {
        const Review found = review(text, {.is_first_reply = false, .now = some_context()});
        CHECK(found.promises.empty());
        CHECK(found.hints.size() <= 1);
    }
    CHECK(review("", {.is_first_reply = true}).score == 100);
}

TEST_CASE("coach: ten times the text takes about ten times as long")
{
    for (const char* unit :
         {"我明天下午五点前给您回电，",
          "如果",
          "一",
          "I will call you by five tomorrow and ",
          "您自己没看清对不起",
          "by by in in 3 3 "}) {
        CAPTURE(unit);
        const double few = seconds_for(unit, 1'000);
        const double many = seconds_for(unit, 10'000);
        CHECK(many < 30 * few + 0.2);
    }
}

TEST_CASE("coach: a megabyte is read in bounded time")
{
    CHECK(seconds_for("您好，我们会尽快处理，三个工作日内退款。", 18'000) < 20);
}

TEST_CASE("coach: conditions of the case decide")
{
    const auto fires = [](std::string_view text, const ReplyFacts& facts, std::string_view rule) {
        const auto hints = review(text, facts).hints;
        return std::ranges::any_of(hints, [&](const Hint& hint) { return hint.rule->id == rule; });
    };
    const std::string admission = "这都是我们的错。";
    ReplyFacts unknown;
    ReplyFacts ours{.our_fault = true};
    CHECK(fires(admission, unknown, "fault_before_findings"));
    CHECK(!fires(admission, ours, "fault_before_findings"));
    CHECK(fires("退款明天到账。", ours, "fault_not_admitted"));
    CHECK(!fires("退款明天到账。", unknown, "fault_not_admitted"));
    CHECK(fires("We will look into it.", {.is_first_reply = true}, "we_not_i"));
    CHECK(!fires("I will look into it today.", {.is_first_reply = true}, "we_not_i"));
    CHECK(fires("明天给您换新。", {.emotion = "angry"}, "feeling_first"));
    CHECK(!fires("明天给您换新。", {.emotion = "calm"}, "feeling_first"));
    CHECK(fires("我会尽快处理。", {.now = some_context()}, "stalling"));
    CHECK(!fires("我会尽快处理，明天五点前给您回电。", {.now = some_context()}, "stalling"));
}

}  // namespace redress::language
