#pragma once

#include "base/text.hpp"
#include "cases/model.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace redress::cases {

/// Limits of what one input holds.
inline constexpr std::size_t max_text_input = 500;
inline constexpr std::size_t max_prose_input = 20'000;
inline constexpr std::size_t max_list_input = 50;

/// A field of policies/fields.toml: what may be recorded, in which shape.
struct Field {
    enum class Type {
        text,
        prose,
        boolean,
        whole,
        money_minor,
        number,
        instant,
        staff,
        case_ref,
        choice,
        choices,
        list,
        map
    };

    std::string id;
    Type type{};
    bool is_once{};  ///< belongs to its event; not kept as a fact of the case
    bool is_personal{};
    bool is_sensitive{};
    Text label;
    std::int64_t min{};
    std::int64_t max{};
    std::vector<std::pair<std::string, Text>> choices;
};

struct Input {
    std::string field;
    bool is_required{};
};

/// A row of policies/lifecycle.toml.
struct Transition {
    std::string id;
    std::string verb;
    Text title;
    std::set<State> from;
    bool from_new{};
    std::optional<State> to;  ///< nullopt: the state stays
    std::set<Role> who;
    std::vector<std::string> needs;
    std::vector<Input> inputs;
    bool takes_pack_fields{};
    bool skips_required_fields{};
    std::vector<std::string> emits;
};

/// States, transitions, fields and facts, as the two data files give them. Immutable; any thread.
class Lifecycle {
public:
    /// Throws std::runtime_error naming file, line and reason when a file does not hold together.
    Lifecycle(std::string_view lifecycle_toml, std::string_view fields_toml);

    [[nodiscard]] const Transition* find(std::string_view verb) const;
    [[nodiscard]] const Field* find_field(std::string_view id) const;
    [[nodiscard]] const std::vector<Transition>& transitions() const { return transitions_; }
    [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }
    [[nodiscard]] const Text& title(State state) const { return titles_.at(state); }
    [[nodiscard]] bool knows_fact(std::string_view fact) const { return facts_.contains(fact); }
    [[nodiscard]] const std::set<std::string, std::less<>>& facts() const { return facts_; }

private:
    struct Reader;

    std::vector<Transition> transitions_;
    std::vector<Field> fields_;
    std::map<std::string, std::size_t, std::less<>> by_verb_;
    std::map<std::string, std::size_t, std::less<>> by_field_;
    std::map<State, Text> titles_;
    std::set<std::string, std::less<>> facts_;
};

/// Whether the command brings a case into the state, or past it on its way further.
[[nodiscard]] bool leads_through(const Transition& row, State state);

/// Whether the rules see by themselves what a pack asks for under this name.
[[nodiscard]] bool is_derived(std::string_view field);

/// A field that a pack brings along, as a field of the case. One without a label is called by its
/// id in plain words.
[[nodiscard]] Field field_of(const policy::FieldRule& rule);

/// The one that is built in.
[[nodiscard]] const Lifecycle& lifecycle();

}  // namespace redress::cases
