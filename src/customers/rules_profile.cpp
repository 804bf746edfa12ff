#include "customers/rules_profile.hpp"

#include "base/text.hpp"
#include "customers/rules.hpp"

#include <algorithm>
#include <set>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace redress::customers {
namespace {

constexpr std::size_t max_label_code_points = 50;

bool changes_direction(UChar32 c)
{
    return c == 0x200E || c == 0x200F || c == 0x061C || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

/// Takes out what is wrong and says so.
class Check {
public:
    explicit Check(Instant now) : now_{now} {}

    void text(std::string& value, std::string field, std::size_t limit)
    {
        if (count_code_points(value) > limit)
            refuse("text_too_long", std::move(field), {{"max", std::to_string(limit)}});
        value = single_line(value, limit);
    }

    void language(const std::string& value)
    {
        if (!value.empty() && value != "zh" && value != "en")
            refuse("customer_language", "language");
    }

    void contacts(std::vector<Contact>& contacts, const std::vector<Contact>& known)
    {
        if (contacts.size() > max_contacts)
            return refuse(
                "customer_contacts_too_many",
                "contacts",
                {{"max", std::to_string(max_contacts)}}
            );
        std::vector<Contact> kept;
        std::set<std::pair<ContactKind, std::string>> seen;
        for (std::size_t i = 0; i < contacts.size(); ++i) {
            auto& contact = contacts[i];
            if (std::ranges::find(known, contact) == known.end())
                contact_at(contact, "contacts[" + std::to_string(i) + "]");
            if (seen.emplace(contact.kind, match_key(contact)).second)
                kept.push_back(std::move(contact));
        }
        contacts = std::move(kept);
    }

    void consents(std::vector<Consent>& consents)
    {
        std::set<Purpose> seen;
        for (auto& consent : consents) {
            if (!seen.insert(consent.purpose).second)
                refuse(
                    "customer_consent_twice",
                    "consents",
                    {{"purpose", "consent." + std::string{name_of(consent.purpose)}}}
                );
            if (consent.at == Instant{})
                consent.at = now_;
            if (consent.at > now_)
                refuse("customer_consent_early", "consents");
        }
    }

    void worksheet(const Worksheet& sheet)
    {
        amount(sheet.purchase_minor, "worksheet.purchase_minor", max_money_minor);
        amount(sheet.times_a_year, "worksheet.times_a_year", max_times_a_year);
        amount(sheet.related_minor, "worksheet.related_minor", max_money_minor);
        amount(sheet.years, "worksheet.years", max_years);
        const bool is_code =
            sheet.currency.size() == 3 &&
            std::ranges::all_of(sheet.currency, [](char c) { return c >= 'A' && c <= 'Z'; });
        const bool has_money = sheet.purchase_minor != 0 || sheet.related_minor != 0;
        if (!is_code && (has_money || !sheet.currency.empty()))
            refuse("customer_currency", "worksheet.currency");
    }

    void cost(const CostFactors& factors)
    {
        amount(factors.complaining.value_or(0), "cost.factors.complaining", whole_share);
        amount(factors.silent_leaving.value_or(0), "cost.factors.silent_leaving", whole_share);
        amount(factors.settled_leaving.value_or(0), "cost.factors.settled_leaving", whole_share);
        amount(
            factors.unsettled_leaving.value_or(0),
            "cost.factors.unsettled_leaving",
            whole_share
        );
        amount(factors.told.value_or(0), "cost.factors.told", max_told);
        amount(factors.made_up_by.value_or(0), "cost.factors.made_up_by", max_told);
        amount(factors.margin.value_or(0), "cost.factors.margin", whole_share);
    }

    void notes(std::string& value)
    {
        if (count_code_points(value) > max_notes_code_points)
            refuse("text_too_long", "notes", {{"max", std::to_string(max_notes_code_points)}});
        value = to_valid_utf8(trim(value));
    }

    void refuse(
        std::string code,
        std::string field,
        std::vector<std::pair<std::string, std::string>> params = {}
    )
    {
        refusals_.push_back({std::move(code), std::move(field), std::move(params)});
    }

    [[nodiscard]] std::vector<Refusal> take() { return std::move(refusals_); }

private:
    void contact_at(Contact& contact, const std::string& place)
    {
        text(contact.label, place + ".label", max_label_code_points);
        if (auto normal = normal_contact(contact.kind, contact.value))
            contact.value = std::move(*normal);
        else
            refuse(
                "contact_invalid",
                place + ".value",
                {{"kind", "contact_kind." + std::string{name_of(contact.kind)}}}
            );
    }

    void amount(std::int64_t value, std::string field, std::int64_t max)
    {
        if (value < 0 || value > max)
            refuse("customer_amount", std::move(field), {{"max", std::to_string(max)}});
    }

    Instant now_;
    std::vector<Refusal> refusals_;
};

/// Calls f(member of Profile, same member of ProfileChange) for each member.
template <class SomeProfile, class SomeChange, class F>
void for_each_member(SomeProfile& profile, SomeChange& change, F f)
{
    f(profile.name, change.name);
    f(profile.tier, change.tier);
    f(profile.is_internal, change.is_internal);
    f(profile.department, change.department);
    f(profile.language, change.language);
    f(profile.contacts, change.contacts);
    f(profile.consents, change.consents);
    f(profile.worksheet, change.worksheet);
    f(profile.cost, change.cost);
    f(profile.notes, change.notes);
    f(profile.relation, change.relation);
}

}  // namespace

std::string single_line(std::string_view text, std::size_t limit)
{
    const auto wide = icu::UnicodeString::fromUTF8(to_valid_utf8(text));
    icu::UnicodeString line;
    for (std::int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
        const UChar32 c = wide.char32At(i);
        const bool is_gap = u_isUWhiteSpace(c) || u_charType(c) == U_CONTROL_CHAR;
        if (is_gap && !line.isEmpty() && line.charAt(line.length() - 1) != u' ')
            line.append(u' ');
        else if (!is_gap && !changes_direction(c))
            line.append(c);
    }
    std::string result;
    line.trim().toUTF8String(result);
    return std::string{trim(first_code_points(result, limit))};
}

Result<Profile> checked(Profile profile, const Profile& before, Instant now)
{
    Check check{now};
    check.text(profile.name, "name", max_name_code_points);
    check.text(profile.department, "department", max_name_code_points);
    check.language(profile.language);
    check.contacts(profile.contacts, before.contacts);
    check.consents(profile.consents);
    check.worksheet(profile.worksheet);
    check.cost(profile.cost.factors);
    check.notes(profile.notes);
    if (profile.name.empty() && profile.contacts.empty())
        check.refuse("customer_unnamed", "name");
    if (auto refusals = check.take(); !refusals.empty())
        return std::unexpected{Denied{Denial::invalid, std::move(refusals)}};
    return profile;
}

Profile with_change(Profile profile, const ProfileChange& change)
{
    for_each_member(profile, change, [](auto& member, const auto& changed) {
        if (changed)
            member = *changed;
    });
    return profile;
}

ProfileChange difference(const Profile& before, const Profile& after)
{
    ProfileChange change = {};
    for_each_member(after, change, [](const auto& member, auto& changed) { changed = member; });
    for_each_member(before, change, [](const auto& member, auto& changed) {
        if (member == *changed)
            changed.reset();
    });
    return change;
}

}  // namespace redress::customers
