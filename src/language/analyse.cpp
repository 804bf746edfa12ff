#include "language/analyse.hpp"

#include "base/catalogue.hpp"
#include "base/json.hpp"
#include "language/coach.hpp"
#include "language/promise_calendar.hpp"
#include "language/tokens.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace redress::language {
namespace {

constexpr std::size_t longest_line_bytes = std::size_t{8} << 20;
constexpr std::string_view default_zone = "Asia/Shanghai";

std::unexpected<Denied> wrong(std::string field)
{
    return deny(Denial::invalid, "coach.bad_field", field, {{"field", field}});
}

/// The fields of an object, each taken when it has the right kind; the first that has not is
/// remembered.
class Fields {
public:
    explicit Fields(const json::object& object) : object_{&object} {}

    std::string text(std::string_view name)
    {
        const json::value* value = find(name);
        if (value == nullptr)
            return {};
        if (value->is_string())
            return std::string{value->as_string()};
        note(name);
        return {};
    }

    std::optional<bool> flag(std::string_view name)
    {
        const json::value* value = find(name);
        if (value == nullptr)
            return std::nullopt;
        if (value->is_bool())
            return value->as_bool();
        note(name);
        return std::nullopt;
    }

    int number(std::string_view name, int most)
    {
        const json::value* value = find(name);
        if (value == nullptr)
            return 0;
        if (value->is_int64() && value->as_int64() >= 0 && value->as_int64() <= most)
            return static_cast<int>(value->as_int64());
        note(name);
        return 0;
    }

    std::string word(std::string_view name, std::initializer_list<std::string_view> words)
    {
        std::string given = text(name);
        if (!given.empty() && std::ranges::find(words, given) == words.end())
            note(name);
        return given;
    }

    /// Absent and null are the same.
    [[nodiscard]] const json::value* find(std::string_view name) const
    {
        const json::value* value = object_->if_contains(name);
        return value == nullptr || value->is_null() ? nullptr : value;
    }
    void note(std::string_view name)
    {
        if (wrong_.empty())
            wrong_ = name;
    }
    [[nodiscard]] const std::string& wrong_field() const { return wrong_; }

private:
    const json::object* object_;
    std::string wrong_;
};

json::object placed(Span span, double confidence)
{
    const double shown = std::round(confidence * 1000) / 1000;
    return {{"begin", span.begin}, {"end", span.end}, {"confidence", shown}};
}

json::array to_json(const std::vector<Promise>& promises)
{
    json::array all;
    for (const Promise& promise : promises) {
        json::object one = placed(promise.span, promise.confidence);
        one["who"] = to_word(promise.who);
        one["what"] = promise.what;
        one["due"] = to_rfc3339(promise.due);
        one["time"] = {{"begin", promise.time.begin}, {"end", promise.time.end}};
        all.push_back(std::move(one));
    }
    return all;
}

json::array to_json(const std::vector<Hint>& hints, Lang lang)
{
    json::array all;
    for (const Hint& hint : hints) {
        json::object one = placed(hint.span, hint.confidence);
        one["rule"] = hint.rule->id;
        one["title"] = hint.rule->title.in(lang);
        one["why"] = hint.rule->why.in(lang);
        one["source"] = hint.rule->source;
        one["better"] = hint.rule->better.in(lang);
        all.push_back(std::move(one));
    }
    return all;
}

json::object to_json(const Emotion& emotion)
{
    json::array feelings;
    for (const Felt& felt : emotion.feelings) {
        json::array spans;
        for (const Evidence& evidence : felt.evidence)
            spans.push_back(placed(evidence.span, evidence.weight));
        feelings.push_back(
            {{"feeling", to_word(felt.feeling)}, {"confidence", felt.confidence}, {"spans", spans}}
        );
    }
    return {
        {"anger", emotion.anger},
        {"anger_amount", emotion.anger_amount},
        {"leading", to_word(emotion.leading)},
        {"feelings", std::move(feelings)}};
}

json::array to_json(const std::vector<Risk>& risks)
{
    static constexpr double by_rule = 0.9;
    json::array all;
    for (const Risk& risk : risks) {
        json::object one = placed(risk.span, by_rule);
        one["flag"] = risk.flag;
        all.push_back(std::move(one));
    }
    return all;
}

bool has_han(const Folded& folded)
{
    return std::ranges::any_of(folded.text(), is_han);
}

ReplyFacts read_facts(Fields& fields)
{
    ReplyFacts facts;
    facts.our_fault = fields.flag("our_fault");
    facts.is_first_reply = fields.flag("first_reply").value_or(false);
    facts.emotion = fields.word("emotion", {"angry", "sad", "anxious", "calm", "pleased"});
    facts.anger = fields.number("anger", 3);
    facts.need = fields.text("need");
    facts.customer_type = fields.text("type");
    facts.exceeds_offer = fields.flag("exceeds_offer").value_or(false);
    facts.are_facts_known = fields.flag("facts_known").value_or(facts.our_fault.has_value());
    return facts;
}

}  // namespace

struct Analyser::Question {
    std::string text;
    bool is_of_agent{};
    std::optional<Lang> lang;
    std::string customer_text;
    ReplyFacts facts;
};

Analyser::Analyser() : emotions_{EmotionReader::built_in()} {}

const policy::Calendar* Analyser::calendar_of(const std::string& zone)
{
    static constexpr std::size_t most_zones = 64;
    if (const auto known = calendars_.find(zone); known != calendars_.end())
        return known->second.get();
    if (calendars_.size() >= most_zones)
        calendars_.clear();
    return calendars_.emplace(zone, business_days_of(zone)).first->second.get();
}

Result<Analyser::Question> Analyser::read(std::string_view line)
{
    if (line.size() > longest_line_bytes)
        return deny(Denial::too_large, "coach.line_too_long");
    json::error_code error;
    const auto parsed = json::parse(line, error);
    if (error || !parsed.is_object())
        return deny(Denial::invalid, "coach.not_json");
    Fields fields{parsed.as_object()};
    Question question;
    if (const json::value* text = fields.find("text"); text == nullptr || !text->is_string())
        return wrong("text");
    question.text = fields.text("text");
    question.is_of_agent = fields.word("role", {"customer", "agent"}) == "agent";
    if (fields.find("role") == nullptr)
        return wrong("role");
    if (const auto lang = fields.word("lang", {"zh", "en"}); !lang.empty())
        question.lang = lang_of(lang);
    if (const json::value* facts = fields.find("facts"); facts != nullptr && facts->is_object()) {
        Fields inner{facts->as_object()};
        question.facts = read_facts(inner);
        question.customer_text = inner.text("customer_text");
        if (!inner.wrong_field().empty())
            return wrong("facts." + inner.wrong_field());
    } else if (facts != nullptr) {
        return wrong("facts");
    }
    const std::string zone = fields.text("tz");
    const auto* calendar = calendar_of(zone.empty() ? std::string{default_zone} : zone);
    if (calendar == nullptr)
        return wrong("tz");
    const std::string now = fields.text("now");
    const auto at = parse_rfc3339(now);
    if (!now.empty() && !at)
        return wrong("now");
    if (at)
        question.facts.now = PromiseContext{*at, calendar};
    if (!fields.wrong_field().empty())
        return wrong(fields.wrong_field());
    return question;
}

json::object Analyser::analyse(const Question& question) const
{
    const Folded folded{question.text};
    const Lang lang = question.lang.value_or(has_han(folded) ? Lang::zh : Lang::en);
    json::object made{{"tokens", count_tokens(folded)}};
    if (!question.is_of_agent) {
        const Emotion emotion = emotions_->read(question.text);
        made["emotion"] = to_json(emotion);
        made["risk"] = to_json(emotion.risks);
        made["promises"] = json::array{};
        made["hints"] = json::array{};
        return made;
    }
    ReplyFacts facts = question.facts;
    facts.customer_text = question.customer_text;
    const Review found = review(question.text, facts);
    made["emotion"] = nullptr;
    made["risk"] = json::array{};
    made["promises"] = to_json(found.promises);
    made["hints"] = to_json(found.hints, lang);
    made["strengths"] = to_json(found.strengths, lang);
    made["score"] = found.score;
    return made;
}

std::string Analyser::answer(std::string_view line)
{
    const auto question = read(line);
    if (question)
        return json::serialize(analyse(*question));
    const Refusal& refusal = question.error().refusals.front();
    return json::serialize(json::object{{"error", say(Lang::en, refusal)}, {"code", refusal.code}});
}

}  // namespace redress::language
