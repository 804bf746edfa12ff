#include "portal/complaint.hpp"

#include "base/text.hpp"
#include "cases/lifecycle.hpp"
#include "customers/rules.hpp"
#include "messages/rules_file_name.hpp"

#include <algorithm>

namespace redress::portal {
namespace {

/// What is shown again at most; nobody types more, and a page must not grow with what is sent.
constexpr std::size_t most_kept = 2 * max_text;

std::string kept(const http::Form& form, std::string_view name)
{
    return std::string{first_code_points(trim(form.field(name)), most_kept)};
}

std::string choice(const http::Form& form, std::string_view name, std::string_view otherwise)
{
    const auto given = form.field(name);
    const auto& choices = cases::lifecycle().find_field(name)->choices;
    const bool is_known =
        std::ranges::any_of(choices, [&](const auto& one) { return one.first == given; });
    return std::string{is_known ? given : otherwise};
}

/// Somebody meant a phone number or an e-mail address and slipped: asking now saves the answer.
std::string slip_in(std::string_view contact)
{
    if (customers::guessed_contact(contact).kind != customers::ContactKind::other)
        return {};
    if (contact.find('@') != std::string_view::npos || contact.find("＠") != std::string_view::npos)
        return "portal_email_unclear";
    const auto digits = std::ranges::count_if(contact, [](char c) { return c >= '0' && c <= '9'; });
    const bool is_number = digits > 0 && std::ranges::all_of(contact, [](char c) {
                               constexpr std::string_view used = "0123456789+-()/. ";
                               return used.find(c) != std::string_view::npos;
                           });
    return is_number ? "portal_phone_unclear" : std::string{};
}

std::string missing_code(std::string_view field)
{
    if (field == "what")
        return "portal_what_missing";
    return field == "contact" ? "portal_contact_missing" : "portal_text_missing";
}

void put(json::object& inputs, std::string_view field, const std::string& text)
{
    if (!text.empty())
        inputs.emplace(field, text);
}

}  // namespace

Complaint complaint_in(const http::Form& form)
{
    Complaint complaint;
    complaint.what = kept(form, "what");
    complaint.contact = kept(form, "contact");
    complaint.remedy = kept(form, "remedy");
    complaint.name = kept(form, "name");
    complaint.kind = choice(form, "kind", "complaint");
    complaint.mood = choice(form, "mood", "");
    complaint.is_anonymous = form.field("anonymous") == "1";
    return complaint;
}

void check_text(
    std::string_view field,
    std::string_view text,
    Need need,
    std::vector<Refusal>& refusals
)
{
    const bool is_line = field == "contact" || field == "name";
    const auto most = is_line ? max_line : max_text;
    const auto length = count_code_points(text);
    if (need == Need::required && trim(text).empty())
        refusals.push_back({missing_code(field), std::string{field}, {}});
    else if (length > most)
        refusals.push_back(
            {"portal_too_long",
             std::string{field},
             {{"most", std::to_string(most)}, {"over", std::to_string(length - most)}}}
        );
}

std::vector<Refusal> check(const Complaint& complaint)
{
    std::vector<Refusal> refusals;
    check_text("what", complaint.what, Need::required, refusals);
    const auto contact_need = complaint.is_anonymous ? Need::optional : Need::required;
    check_text("contact", complaint.contact, contact_need, refusals);
    const bool is_fine =
        std::ranges::none_of(refusals, [](const auto& one) { return one.field == "contact"; });
    if (const auto slip = is_fine ? slip_in(complaint.contact) : std::string{}; !slip.empty())
        refusals.push_back({slip, "contact", {}});
    check_text("remedy", complaint.remedy, Need::optional, refusals);
    check_text("name", complaint.name, Need::optional, refusals);
    return refusals;
}

std::vector<Refusal> check_files(const http::Form& form, bool is_cut)
{
    const auto most_mb = std::to_string(max_file_bytes >> 20U);
    if (form.files.size() > max_files)
        return {
            {"portal_files_too_many",
             "files",
             {{"most", std::to_string(max_files)}, {"given", std::to_string(form.files.size())}}}};
    std::vector<Refusal> refusals;
    for (const auto& file : form.files)
        if (file.bytes.size() > max_file_bytes)
            refusals.push_back(
                {"portal_file_too_large",
                 "files",
                 {{"name", messages::safe_file_name(file.file_name)}, {"most", most_mb}}}
            );
        else if (file.bytes.empty())
            refusals.push_back(
                {"portal_file_empty", "files", {{"name", messages::safe_file_name(file.file_name)}}}
            );
    if (refusals.empty() && is_cut)
        return {
            {"portal_files_too_much",
             "files",
             {{"most", std::to_string((max_body_bytes >> 20U) - 1)}, {"each", most_mb}}}};
    if (refusals.empty() && !form.is_whole)
        return {{"portal_broken_off", "files", {}}};
    return refusals;
}

json::object inputs_of(const Complaint& complaint)
{
    json::object inputs;
    inputs.emplace("kind", complaint.kind);
    put(inputs, "mood", complaint.mood);
    put(inputs, "complainant_name", complaint.name);
    if (complaint.remedy.empty())
        inputs.emplace("remedy_unknown", true);
    put(inputs, "remedy_asked", complaint.remedy);
    if (!complaint.contact.empty()) {
        const auto contact = customers::guessed_contact(complaint.contact);
        inputs.emplace(
            "complainant_contacts",
            json::object{{std::string_view{redress::name_of(contact.kind)}, contact.value}}
        );
    } else
        inputs.emplace("anonymous", true);
    return inputs;
}

}  // namespace redress::portal
