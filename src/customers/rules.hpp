#pragma once

#include "base/refusal.hpp"
#include "customers/model.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace redress::customers {

inline constexpr std::size_t max_contacts = 50;
inline constexpr std::size_t max_name_code_points = 200;
inline constexpr std::size_t max_contact_code_points = 500;
inline constexpr std::size_t max_notes_code_points = 20'000;
inline constexpr std::int64_t max_money_minor = 1'000'000'000'000;
inline constexpr std::int64_t max_times_a_year = 10'000;
inline constexpr std::int64_t max_years = 100;

/// What a command needs to know besides the customer: the other one, where it speaks of two.
struct Context {
    Instant now;
    const Customer* other{};
};

/// The events that the command makes, or everything that stands against it. No events: nothing new.
/// Pure.
[[nodiscard]] Result<std::vector<Event>>
decide(const Customer& current, const Command& command, const Context& context);

/// The customer after one more event. Pure.
[[nodiscard]] Customer apply(Customer before, const Event& event);

/// The form in which a contact is kept; nullopt when it is none of its kind. Idempotent. Full-width
/// characters become ASCII. phone: E.164 with '+' where the country is known (a Chinese mobile
/// number always is), otherwise the digits as dialled;
///   an extension as RFC 3966 writes it, ";ext=801". 5 to 15 digits.
/// email: one '@', domain in lower case with a dot, local part as written.
/// wechat, account: without spaces, at most 64 code points. address, other: white space collapsed.
[[nodiscard]] std::optional<std::string> normal_contact(ContactKind kind, std::string_view text);

/// A way to reach somebody given without its kind, as a form with one field does: e-mail, phone or
/// other.
[[nodiscard]] Contact guessed_contact(std::string_view text);

/// The contacts of a complainant as intake has them: kind → text. What is none of its kind is kept
/// as `other` with the kind as its label: filing never fails for it. "contact" as the kind means:
/// guess.
[[nodiscard]] std::vector<Contact> contacts_of(
    const std::map<std::string, std::string, std::less<>>& given
);

/// Whether the same contact means the same customer.
[[nodiscard]] bool is_identity(ContactKind kind);

/// What two spellings of one contact have in common; compare within one kind only.
[[nodiscard]] std::string match_key(const Contact& contact);

/// The name as the search compares it: full-width to half-width, case folded, white space
/// collapsed.
[[nodiscard]] std::string search_key(std::string_view name);

/// A contact for readers who may not see it whole: +86138****5678, z***@example.com.
[[nodiscard]] std::string masked(const Contact& contact);

/// D6. Minor units; exact for every worksheet that the rules accept.
[[nodiscard]] std::int64_t yearly_value_minor(const Worksheet& worksheet);
[[nodiscard]] std::int64_t lifetime_value_minor(const Worksheet& worksheet);

}  // namespace redress::customers
