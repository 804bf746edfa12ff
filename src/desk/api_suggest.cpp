#include "desk/api_suggest.hpp"

#include "desk/api_visible.hpp"
#include "desk/row_json.hpp"
#include "desk/similar.hpp"
#include "language/fold.hpp"

#include <ranges>

namespace redress::desk {

struct SuggestForm {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(SuggestForm, (), (text))

namespace {

using http::Call;
using http::Response;

constexpr std::size_t most_guesses = 3;
constexpr std::size_t most_words = 6;

void write_similar(
    JsonWriter& out,
    const SimilarCase& similar,
    const staff::Roster& roster,
    Lang lang
)
{
    out.open('{');
    write_row(out, similar.row, roster, lang);
    out.member("alike", similar.alike);
    out.member("is_same_customer", similar.is_same_customer);
    out.member("is_settled", similar.is_settled);
    if (!similar.outcome.empty())
        out.member("outcome", std::string_view{similar.outcome});
    if (similar.redress_minor > 0) {
        out.key("redress");
        out.open('{');
        out.member("minor", similar.redress_minor);
        out.member("currency", std::string_view{similar.currency});
        out.close('}');
    }
    out.close('}');
}

Result<Response> similar_cases(const Services& services, const Call& call)
{
    const auto value = visible_case(services, call);
    if (!value)
        return std::unexpected{value.error()};
    const auto experience = services.learner.current();
    const SimilarOrder order{*value, call.as<staff::Caller>().actor.staff, experience->rarity};
    const auto found = services.database.read([&](db::Tx& tx) { return list_similar(tx, order); });
    const auto roster = services.directory.roster();
    JsonWriter out;
    out.open('{');
    out.key("items");
    out.open('[');
    for (const auto& similar : found)
        write_similar(out, similar, *roster, call.lang);
    out.close(']');
    out.close('}');
    return Response{.body = out.take()};
}

void write_guesses(JsonWriter& out, const language::Classifier& categories, std::string_view text)
{
    const auto verdict = categories.classify(text);
    out.member("is_unsure", verdict.is_unsure);
    out.key("guesses");
    out.open('[');
    for (const auto& guess : verdict.guesses | std::views::take(most_guesses)) {
        out.open('{');
        out.member("category", guess.label);
        out.member("confidence", static_cast<double>(guess.confidence));
        out.close('}');
    }
    out.close(']');
    out.key("words");
    out.open('[');
    if (!verdict.guesses.empty())
        for (const auto& word :
             categories.explain(text, verdict.guesses.front().label, most_words)) {
            out.open('{');
            out.member("begin", std::int64_t{word.span.begin});
            out.member("end", std::int64_t{word.span.end});
            out.close('}');
        }
    out.close(']');
}

Result<Response> suggestions(const Services& services, const SuggestForm& form)
{
    const auto experience = services.learner.current();
    JsonWriter out;
    out.open('{');
    out.member("learnt_from", experience->categorised);
    if (experience->categories && !form.text.empty())
        write_guesses(out, *experience->categories, form.text);
    out.close('}');
    return Response{.body = out.take()};
}

}  // namespace

http::Route similar_route(const Services& services)
{
    return http::route<http::NoBody, Response>(
        {.name = "list_similar",
         .method = "GET",
         .path = "/api/v1/cases/{case_id}/similar",
         .summary = "Cases about the same matter or of the same customer, the most alike first, "
                    "with how they were settled.",
         .permission = "case_read"},
        [services](Call& call) { return similar_cases(services, call); }
    );
}

http::Route suggest_route(const Services& services)
{
    return http::route<SuggestForm, Response>(
        {.name = "suggest",
         .method = "POST",
         .path = "/api/v1/suggestions",
         .summary = "The categories that a text seems to belong to, learnt from closed cases, with "
                    "the words that say so. Nothing is stored.",
         .permission = "case_read",
         .needs_key = false},
        [services](Call&, const SuggestForm& form) { return suggestions(services, form); }
    );
}

}  // namespace redress::desk
