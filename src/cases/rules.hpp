#pragma once

#include "cases/lifecycle.hpp"
#include "cases/model.hpp"
#include "policy/library.hpp"

#include <vector>

namespace redress::cases {

/// What the rules may know besides the case and the command. References live as long as the call.
struct Context {
    const Lifecycle& lifecycle;
    const policy::Library& policies;
    Instant now;
    json::object organisation;  ///< facts of the house that letters name: review_contact,
                                ///< status_url, external_body …
    CustomerId customer;        ///< who complains, as far as a new case is concerned
    std::int64_t repeats{};     ///< cases of this customer in the last ninety days
    /// Facts about another case or person that a command names; filled by the one who loads
    /// (nullptr: not loaded).
    const Case* other_case{};
    const Actor* other_staff{};
};

/// The events that the command makes, or everything that stands against it. Pure: same input, same
/// answer.
[[nodiscard]] Result<std::vector<Event>>
decide(const Case& current, const Command& command, const Context& context);

/// The case after one more event. Needs no policy, so that a case can be rebuilt from its events
/// alone.
[[nodiscard]] Case apply(Case before, const Event& event);

/// A new case before its first event.
[[nodiscard]] Case new_case(CaseId id, std::string ref_no, StaffId owner);

/// What `command` would still need: the refusals it would meet, or none. For buttons and
/// checklists.
[[nodiscard]] std::vector<Refusal>
missing_for(const Case& current, const Command& command, const Context& context);

/// Something a letter must say or enclose.
struct LetterPart {
    std::string element;  ///< its text is "letter_element.<element>"
    Text words;           ///< the house's own, where the pack has them
    bool is_enclosure{};
    bool is_there{};  ///< the case or the house brings it along; otherwise somebody writes it
};

/// What the letter of a bound pack must contain and enclose as the case stands; nothing for a
/// letter that no bound pack knows.
[[nodiscard]] std::vector<LetterPart>
letter_parts(const Case& current, std::string_view letter, const Context& context);

/// The rows that the state and the actor's roles allow, in the order of the file.
[[nodiscard]] std::vector<const Transition*>
possible(const Case& current, const Actor& actor, const Lifecycle& lifecycle);

/// The roles of the actor towards this case: those of the job, and `owner` where it is true.
[[nodiscard]] std::set<Role> roles_towards(const Case& current, const Actor& actor);

/// When the case next needs a tick, if ever.
[[nodiscard]] std::optional<Instant> next_timer(const Case& current, const Context& context);

}  // namespace redress::cases
