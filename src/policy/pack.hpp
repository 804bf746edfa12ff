#pragma once

#include "policy/deadline_rule.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace redress::policy {

enum class PackKind { law, standard, contract, internal };
enum class LetterUse {
    ack,
    first_reply,
    decision,
    holding,
    extension,
    summary,
    decline,
    pause,
    forward,
    settlement,
    promise_missed,
    progress
};
enum class ElementKind { field, statement, choice, verbatim, attachment, lint };
enum class Upheld { yes, partial, no };

struct Step {
    std::string id;
    Text title;
    std::vector<std::string> gate;  ///< transition ids
    std::string role;
    std::vector<std::string>
        requirements;  ///< "field:…", "letter:…", "element:…", "event:…", "emotion:…"
    Condition when;
    std::string ref;
    Origin origin;
};

struct Letter {
    std::string id;
    LetterUse use{};
    Text title;
    std::string for_deadline;
    std::vector<std::string> channels, must_contain, must_attach, must_not_contain;
    std::string approve_by;
    Origin origin;
};

struct Element {
    std::string id;
    ElementKind kind{};
    std::string field;
    Text text;
    std::string source;
    Condition when;
    Origin origin;
};

/// How a field of a pack's own is given; `any` takes one line, a truth or a number.
enum class FieldShape { any, text, prose, boolean, whole, number, money_minor, choice };

struct FieldRule {
    std::string id;
    std::string required_at;  ///< a state; empty: it may be given and is never demanded
    Text label;               ///< empty where fields.toml has it, or nobody
    FieldShape shape{};
    std::vector<std::pair<std::string, Text>> choices;
    Condition when;
    bool pii{};
    bool sensitive{};
    Origin origin;
};

struct Category {
    std::string scheme, code, parent;
    Text label;
    std::string need;
    std::map<std::string, std::string> maps;
    std::string retired_on;
    Origin origin;
};

struct Outcome {
    std::string code;
    Upheld upheld{};
    Text label;
    Origin origin;
};

/// What one of the pack's decline_grounds is called.
struct DeclineGround {
    std::string code;
    Text label;
    Origin origin;
};

struct ExternalBody {
    std::string id;
    Text title;
    std::optional<Amount> customer_time_limit;
    std::vector<std::string> opens_on;
    Origin origin;
};

struct Retention {
    std::string record;
    Condition when;
    Amount keep;
    std::string from;  ///< an event
    std::string then;  ///< review, anonymise, erase
    Origin origin;
};

struct Report {
    std::string id;
    Text title;
    std::string period, period_anchor;
    Measure due;
    std::vector<std::string> group_by, measures;
    std::map<std::string, double> weights;
    bool nil_return{};
    Condition publish_if;
    Origin origin;
};

struct Target {
    std::string measure;
    double value{};
    Origin origin;
};

struct LegalBasis {
    std::string ref;
    std::string note;
};

/// A policy pack with everything it inherits, ready to be used. Immutable once loaded; any thread.
struct Pack {
    std::string id;
    std::string version;
    Text title;
    PackKind kind{};
    std::string jurisdiction;
    std::vector<std::string> extends;
    std::optional<Date> effective_from;  ///< first day in force
    std::optional<Date> effective_to;    ///< last day in force
    Date verified_on{};
    std::vector<LegalBasis> legal_basis;
    std::optional<Measure> reopen_window;
    std::optional<std::int64_t> silence_days;
    std::optional<std::int64_t> max_rounds;
    std::vector<std::string> decline_grounds;
    std::vector<std::string> ask_on_register;

    std::map<std::string, std::shared_ptr<const Calendar>> calendars;
    /// Calendars with the roll the law would also allow; shown, never counted with.
    std::map<std::string, std::shared_ptr<const Calendar>> legal_calendars;
    std::vector<DeadlineRule> deadlines;
    std::vector<Step> steps;
    std::vector<Letter> letters;
    std::vector<Element> elements;
    std::vector<FieldRule> fields;
    std::vector<Category> categories;
    std::vector<Outcome> outcomes;
    std::vector<DeclineGround> ground_labels;
    std::vector<ExternalBody> external_bodies;
    std::vector<Retention> retentions;
    std::vector<Report> reports;
    std::vector<Target> targets;
    Origin origin;

    [[nodiscard]] const DeadlineRule* deadline(std::string_view id) const;
    [[nodiscard]] const Letter* letter(std::string_view id) const;
    [[nodiscard]] const Element* element(std::string_view id) const;
    [[nodiscard]] const Outcome* outcome(std::string_view code) const;
    /// What a ground of decline_grounds is called; in plain words from its code where nobody says.
    [[nodiscard]] Text ground_label(std::string_view code) const;
};

/// An identifier that nobody gave a label, as people would read it.
[[nodiscard]] Text in_plain_words(std::string_view id);

}  // namespace redress::policy
