#include "language/coach_evaluate.hpp"

#include "base/json.hpp"
#include "language/promise_calendar.hpp"

#include <algorithm>

namespace redress::language {
namespace {

/// Labelled replies are read as if written on Tuesday 24 November 2026 at eight in the morning.
PromiseContext morning_of(Lang lang)
{
    static const auto china = business_days_of("Asia/Shanghai");
    static const auto england = business_days_of("Europe/London");
    const auto& calendar = lang == Lang::zh ? china : england;
    const policy::LocalTime morning{
        policy::Date{std::chrono::year{2026} / 11 / 24} + std::chrono::hours{8}};
    return {calendar->zone().to_instant(morning), calendar.get()};
}

ReplyFacts facts_of(const json::object& given, Lang lang)
{
    ReplyFacts facts;
    if (const auto* fault = given.if_contains("our_fault"); fault != nullptr && fault->is_bool())
        facts.our_fault = fault->as_bool();
    const auto flag = [&](const char* name) { return is_truthy(given.if_contains(name)); };
    facts.is_first_reply = flag("first_reply");
    facts.exceeds_offer = flag("exceeds_offer");
    facts.are_facts_known = facts.our_fault.has_value();
    facts.emotion = string_at(given, "emotion");
    facts.now = morning_of(lang);
    return facts;
}

/// "a+b" as its parts.
std::vector<std::string> split(std::string_view names)
{
    std::vector<std::string> parts;
    for (std::size_t plus = 0; plus != std::string_view::npos; names.remove_prefix(plus + 1)) {
        plus = names.find('+');
        parts.emplace_back(names.substr(0, plus));
        if (plus == std::string_view::npos)
            break;
    }
    return parts;
}

/// Takes the marks out of the text; false when one does not end.
bool read_marks(std::string_view marked, LabelledReply& reply)
{
    while (!marked.empty()) {
        const std::size_t open = marked.find("[[");
        reply.text.append(marked.substr(0, open));
        if (open == std::string_view::npos)
            return true;
        const std::size_t colon = marked.find(':', open);
        const std::size_t close = marked.find("]]", open);
        if (close == std::string_view::npos || colon > close)
            return false;
        const auto begin = static_cast<std::uint32_t>(count_code_points(reply.text));
        reply.text.append(marked.substr(colon + 1, close - colon - 1));
        const auto end = static_cast<std::uint32_t>(count_code_points(reply.text));
        reply.marks.push_back({split(marked.substr(open + 2, colon - open - 2)), {begin, end}});
        marked.remove_prefix(close + 2);
    }
    return true;
}

std::string words_of(const std::string& text, Span span)
{
    const auto before = first_code_points(text, span.begin);
    return std::string{
        first_code_points(std::string_view{text}.substr(before.size()), span.size())};
}

class Judge {
public:
    Judge(const LabelledReply& reply, Evaluation& sum) : reply_{reply}, sum_{sum} {}

    void judge(const Review& review)
    {
        for (const Hint& hint : review.hints)
            judge_hint(hint);
        for (const LabelledReply::Mark& mark : reply_.marks) {
            const bool is_found = std::ranges::any_of(review.hints, [&](const Hint& hint) {
                return hint.rule->id == mark.rule() && hint.span.overlaps(mark.span);
            });
            count_mark(mark.rule(), is_found, words_of(reply_.text, mark.span));
        }
        for (const std::string& rule : reply_.missing) {
            const bool is_found = std::ranges::any_of(review.hints, [&](const Hint& hint) {
                return hint.rule->id == rule;
            });
            count_mark(rule, is_found, reply_.text);
        }
    }

private:
    void judge_hint(const Hint& hint)
    {
        const std::string& rule = hint.rule->id;
        const bool is_missing = hint.rule->kind == RuleKind::wanted;
        const bool is_right = is_missing
                                  ? std::ranges::find(reply_.missing, rule) != reply_.missing.end()
                                  : std::ranges::any_of(reply_.marks, [&](const auto& mark) {
                                        return mark.allows(rule) && hint.span.overlaps(mark.span);
                                    });
        RuleFigures& figures = sum_.rules[rule];
        ++figures.hints;
        figures.right += is_right ? 1U : 0U;
        figures.on_good += reply_.is_good() ? 1U : 0U;
        if (!is_right)
            sum_.mistakes.push_back(
                reply_.id + " wrongly " + rule + ": " + words_of(reply_.text, hint.span)
            );
    }

    void count_mark(const std::string& rule, bool is_found, const std::string& words)
    {
        RuleFigures& figures = sum_.rules[rule];
        ++figures.marks;
        figures.found += is_found ? 1U : 0U;
        if (!is_found)
            sum_.mistakes.push_back(reply_.id + " missed " + rule + ": " + words);
    }

    const LabelledReply& reply_;
    Evaluation& sum_;
};

double share(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

bool LabelledReply::Mark::allows(std::string_view named) const
{
    return std::ranges::find(rules, named) != rules.end();
}

double RuleFigures::precision() const
{
    return share(right, hints);
}

double RuleFigures::recall() const
{
    return share(found, marks);
}

RuleFigures Evaluation::total() const
{
    RuleFigures sum;
    for (const auto& [rule, figures] : rules) {
        sum.marks += figures.marks;
        sum.found += figures.found;
        sum.hints += figures.hints;
        sum.right += figures.right;
        sum.on_good += figures.on_good;
    }
    return sum;
}

Result<LabelledReply> read_labelled(std::string_view line)
{
    json::error_code error;
    const auto parsed = json::parse(line, error);
    if (error || !parsed.is_object())
        return deny(Denial::invalid, "coach.not_json", "line");
    const auto& object = parsed.as_object();
    LabelledReply reply;
    reply.id = string_at(object, "id");
    reply.half = string_at(object, "half");
    reply.lang = reply.id.starts_with("zh") ? Lang::zh : Lang::en;
    const auto* facts = object.if_contains("facts");
    if (facts == nullptr || !facts->is_object() || reply.id.empty())
        return deny(Denial::invalid, "coach.not_labelled", "facts");
    reply.facts = facts_of(facts->as_object(), reply.lang);
    if (const auto* missing = object.if_contains("missing");
        missing != nullptr && missing->is_array())
        for (const auto& rule : missing->as_array())
            if (rule.is_string())
                reply.missing.emplace_back(rule.as_string());
    if (!read_marks(string_at(object, "reply"), reply))
        return deny(Denial::invalid, "coach.mark_open", "reply");
    return reply;
}

Evaluation evaluate(const CoachBook& book, std::span<const LabelledReply> replies)
{
    Evaluation sum;
    for (const CoachRule& rule : book.rules)
        sum.rules[rule.id];
    for (const LabelledReply& reply : replies) {
        Judge{reply, sum}.judge(review(reply.text, reply.facts, book));
        ++sum.replies;
    }
    return sum;
}

}  // namespace redress::language
