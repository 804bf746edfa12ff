#include "desk/api_coach.hpp"

#include "desk/api_visible.hpp"
#include "desk/json_writer.hpp"
#include "language/coach.hpp"
#include "language/emotion.hpp"
#include "language/promise_calendar.hpp"

namespace redress::desk {

struct ReviewForm {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(ReviewForm, (), (text))

namespace {

using http::Call;
using http::Response;
using language::Hint;

/// What the case tells the coach. Nobody is at fault before the findings say so.
language::ReplyFacts reply_facts_of(const cases::Case& value, const language::Emotion& emotion)
{
    language::ReplyFacts facts;
    if (const auto* fault = value.facts.if_contains("our_fault"))
        facts.our_fault = is_truthy(fault);
    facts.is_first_reply = value.letters.empty() &&
                           std::ranges::none_of(value.history, [](const policy::Happened& one) {
                               return one.event == "first_responded" || one.event == "message_sent";
                           });
    facts.emotion = language::to_word(emotion.leading);
    facts.anger = static_cast<int>(value.anger);
    facts.need = string_at(value.facts, "need");
    facts.customer_type = string_at(value.facts, "customer_type");
    facts.are_facts_known = value.facts.contains("our_fault");
    facts.customer_text = string_at(value.personal, "description");
    return facts;
}

void write_span(JsonWriter& out, language::Span span)
{
    out.member("begin", std::int64_t{span.begin});
    out.member("end", std::int64_t{span.end});
}

void write_hints(JsonWriter& out, std::string_view name, const std::vector<Hint>& hints, Lang lang)
{
    out.key(name);
    out.open('[');
    for (const auto& hint : hints) {
        out.open('{');
        write_span(out, hint.span);
        out.member("rule", std::string_view{hint.rule->id});
        out.member("title", std::string_view{hint.rule->title.in(lang)});
        out.member("why", std::string_view{hint.rule->why.in(lang)});
        out.member("better", std::string_view{hint.rule->better.in(lang)});
        out.close('}');
    }
    out.close(']');
}

std::string
write_review(const language::Review& review, const language::Emotion& emotion, Lang lang)
{
    JsonWriter out;
    out.open('{');
    out.member("score", std::int64_t{review.score});
    out.member("customer_feels", language::to_word(emotion.leading));
    write_hints(out, "hints", review.hints, lang);
    write_hints(out, "strengths", review.strengths, lang);
    out.key("promises");
    out.open('[');
    for (const auto& promise : review.promises) {
        out.open('{');
        write_span(out, promise.span);
        out.member("what", std::string_view{promise.what});
        out.member("due_at", promise.due);
        out.close('}');
    }
    out.close(']');
    out.close('}');
    return out.take();
}

Result<Response> review_draft(const Services& services, const Call& call, const ReviewForm& form)
{
    const auto found = visible_case(services, call);
    if (!found)
        return std::unexpected{found.error()};
    const auto emotion = services.emotions.read(string_at(found->personal, "description"));
    const auto calendar = language::business_days_of(services.policies.organisation().tz);
    auto facts = reply_facts_of(*found, emotion);
    if (calendar)
        facts.now = language::PromiseContext{services.clock.now(), calendar.get()};
    return Response{.body = write_review(language::review(form.text, facts), emotion, call.lang)};
}

}  // namespace

http::Route review_route(const Services& services)
{
    return http::route<ReviewForm, Response>(
        {.name = "review_draft",
         .method = "POST",
         .path = "/api/v1/cases/{case_id}/review",
         .summary = "What the coach says to a draft for this case: hints, strengths, promises with "
                    "their times. Nothing is stored.",
         .permission = "case_read",
         .needs_key = false},
        [services](Call& call, const ReviewForm& form) {
            return review_draft(services, call, form);
        }
    );
}

}  // namespace redress::desk
