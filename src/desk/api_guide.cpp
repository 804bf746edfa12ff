#include "desk/api_guide.hpp"

#include "base/catalogue.hpp"
#include "desk/api_visible.hpp"
#include "desk/json_writer.hpp"
#include "language/guide.hpp"

#include <algorithm>
#include <array>

namespace redress::desk {
namespace {

using http::Call;
using http::Response;
using language::GuideEntry;
using language::GuideOf;

bool has_happened(const cases::Case& value, std::string_view event)
{
    return std::ranges::any_of(value.history, [&](const policy::Happened& one) {
        return one.event == event;
    });
}

bool has_step(const cases::Case& value, const char* step)
{
    return value.emotion_steps.contains(step);
}

/// A step of the conversation and whether the case shows that it was taken.
struct Step {
    std::string_view id;
    bool (*is_done)(const cases::Case& value);
};

/// Source documents 000 and 002: accept, affirm, listen and restate, offer, exceed.
constexpr std::array<Step, 5> steps{{
    {"accept",
     [](const cases::Case& value) {
         return has_happened(value, "first_responded") || has_happened(value, "acknowledged");
     }},
    {"affirm",
     [](const cases::Case& value) {
         return has_step(value, "affirmed") || has_step(value, "apologised_for_experience");
     }},
    {"restate",
     [](const cases::Case& value) {
         return has_step(value, "listened") && has_step(value, "restated");
     }},
    {"offer",
     [](const cases::Case& value) {
         return has_happened(value, "decision_communicated") ||
                has_happened(value, "resolved_on_the_spot");
     }},
    {"exceed",
     [](const cases::Case& value) {
         return value.facts.contains("exceeded_expectation") ||
                std::ranges::any_of(value.remedies, &cases::Remedy::exceeds_expectation);
     }},
}};

void write_steps(JsonWriter& out, const cases::Case& value, Lang lang)
{
    out.key("steps");
    out.open('[');
    for (const auto& step : steps) {
        const auto key = "guide.step." + std::string{step.id};
        out.open('{');
        out.member("id", step.id);
        out.member("title", std::string_view{say(lang, key)});
        out.member("advice", std::string_view{say(lang, "guide.advice." + std::string{step.id})});
        out.member("is_done", step.is_done(value));
        out.close('}');
    }
    out.close(']');
    const auto next =
        std::ranges::find_if_not(steps, [&](const Step& step) { return step.is_done(value); });
    if (next != steps.end() && cases::is_open(value.state))
        out.member("next", next->id);
}

void write_texts(JsonWriter& out, std::string_view name, const std::vector<Text>& texts, Lang lang)
{
    out.key(name);
    out.open('[');
    for (const auto& text : texts)
        out.value(std::string_view{text.in(lang)});
    out.close(']');
}

/// Advice is in the reader's language, what is said to the customer in the customer's.
void write_entry(JsonWriter& out, const GuideEntry& entry, Lang reader, Lang customer)
{
    out.key(language::to_word(entry.of));
    out.open('{');
    out.member("id", std::string_view{entry.id});
    write_texts(out, "approach", entry.approach, reader);
    write_texts(out, "starters", entry.starters, customer);
    out.key("objections");
    out.open('[');
    for (const auto& objection : entry.objections) {
        out.open('{');
        out.member("says", std::string_view{objection.says.in(customer)});
        out.member("answer", std::string_view{objection.answer.in(customer)});
        out.close('}');
    }
    out.close(']');
    out.close('}');
}

Result<Response> guide_of(const Services& services, const Call& call)
{
    const auto value = visible_case(services, call);
    if (!value)
        return std::unexpected{value.error()};
    const auto customer = value->language.empty() ? call.lang : lang_of(value->language);
    JsonWriter out;
    out.open('{');
    write_steps(out, *value, call.lang);
    for (const auto of : {GuideOf::need, GuideOf::customer_type})
        if (const auto* entry =
                language::built_in_guide().find(of, string_at(value->facts, language::to_word(of))))
            write_entry(out, *entry, call.lang, customer);
    out.close('}');
    return Response{.body = out.take()};
}

}  // namespace

http::Route guide_route(const Services& services)
{
    return http::route<http::NoBody, Response>(
        {.name = "guide",
         .method = "GET",
         .path = "/api/v1/cases/{case_id}/guide",
         .summary = "The steps of the conversation and which are done; approach, beginnings of "
                    "sentences and answers to objections for the need and type of this customer.",
         .permission = "case_read"},
        [services](Call& call) { return guide_of(services, call); }
    );
}

}  // namespace redress::desk
