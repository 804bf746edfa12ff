#include "portal/acts.hpp"

#include "base/catalogue.hpp"
#include "portal/complaint.hpp"

#include <charconv>

namespace redress::portal {
namespace {

struct Wish {
    const http::Form& form;
    const cases::Case& value;
    Choices choices;
    Lang lang{};
    std::string text;

    [[nodiscard]] cases::Command command(std::string verb, json::object inputs) const
    {
        return {std::move(verb), std::move(inputs), complainant_of(value), std::nullopt};
    }
    [[nodiscard]] cases::Command message(const std::string& words) const
    {
        return command("receive_message", {{"text", words}, {"channel", "web"}});
    }
    [[nodiscard]] bool is_asked(std::string_view name) const { return form.field(name) == "1"; }
};

std::unexpected<Denied> denied(std::vector<Refusal> refusals)
{
    return std::unexpected{Denied{Denial::invalid, std::move(refusals)}};
}

/// The page was open while the case went on: look again before doing anything.
std::unexpected<Denied> overtaken()
{
    return deny(Denial::conflict, "portal_overtaken");
}

std::int64_t rating_in(std::string_view text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return text.size() == 1 && number >= 1 && number <= 5 ? number : 0;
}

Result<Act> write(const Wish& wish)
{
    std::vector<Refusal> refusals;
    const bool has_files = !wish.form.files.empty();
    check_text("text", wish.text, has_files ? Need::optional : Need::required, refusals);
    if (!refusals.empty())
        return denied(std::move(refusals));
    if (!wish.choices.may_write)
        return overtaken();
    const auto text =
        wish.text.empty() ? std::string{say(wish.lang, "portal.only_files")} : wish.text;
    Act act{{}, true, "sent"};
    if (wish.choices.may_answer)
        act.commands.push_back(wish.command("receive_information", {{"info_text", text}}));
    else
        act.commands.push_back(wish.message(text));
    return act;
}

Result<Act> accept(const Wish& wish)
{
    if (!wish.choices.may_accept)
        return overtaken();
    const auto how = say(wish.lang, "portal.evidence.accepted");
    return Act{{wish.command("accept_offer", {{"acceptance_evidence", how}})}, false, "accepted"};
}

/// Where no round is left, somebody more senior looks at it.
Result<Act> counter(const Wish& wish)
{
    std::vector<Refusal> refusals;
    check_text("text", wish.text, Need::required, refusals);
    if (!refusals.empty())
        return denied(std::move(refusals));
    if (wish.choices.may_counter)
        return Act{
            {wish.command("counter_offer", {{"counter_text", wish.text}})},
            false,
            "countered"};
    if (!wish.choices.may_escalate)
        return overtaken();
    const auto reason = say(wish.lang, "portal.reason.escalate");
    return Act{
        {wish.message(wish.text), wish.command("escalate", {{"reason", reason}})},
        false,
        "escalated"};
}

Result<Act> rate(const Wish& wish)
{
    std::vector<Refusal> refusals;
    const auto process = rating_in(wish.form.field("process"));
    const auto outcome = rating_in(wish.form.field("outcome"));
    const bool wants_more = wish.is_asked("again");
    for (const auto& [name, rating] : {std::pair{"process", process}, {"outcome", outcome}})
        if (rating == 0)
            refusals.push_back({"portal_rating_missing", name, {}});
    check_text("text", wish.text, wants_more ? Need::required : Need::optional, refusals);
    if (!refusals.empty())
        return denied(std::move(refusals));
    json::object ratings{{"satisfaction_process", process}, {"satisfaction_outcome", outcome}};
    if (wants_more && wish.choices.may_object) {
        ratings["dissatisfaction_text"] = wish.text;
        return Act{{wish.command("report_dissatisfaction", std::move(ratings))}, false, "reopened"};
    }
    if (!wish.choices.may_rate)
        return overtaken();
    if (!wants_more && !wish.text.empty())
        ratings["note"] = wish.text;
    Act act{{wish.command("rate", std::move(ratings))}, false, "rated"};
    if (!wants_more)
        return act;
    act.commands.push_back(wish.message(wish.text));
    if (wish.choices.may_reopen) {
        const auto reason = say(wish.lang, "portal.reason.reopen");
        act.commands.push_back(wish.command("reopen", {{"reopen_reason", reason}}));
        act.news = "reopened";
    }
    return act;
}

}  // namespace

Result<Act>
act_of(const http::Form& form, const cases::Case& value, const cases::Context& context, Lang lang)
{
    const staff::Roster nobody;
    const Wish wish{
        form,
        value,
        tracked(value, context, nobody).choices,
        lang,
        std::string{first_code_points(trim(form.field("text")), 2 * max_text)}};
    const auto what = form.field("act");
    if (what == "write")
        return write(wish);
    if (what == "accept")
        return accept(wish);
    if (what == "counter")
        return counter(wish);
    if (what == "rate")
        return rate(wish);
    return deny(Denial::invalid, "form_malformed");
}

}  // namespace redress::portal
