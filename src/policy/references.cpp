#include "policy/resolve.hpp"

#include <algorithm>
#include <array>

namespace redress::policy {
namespace {

using Names = std::set<std::string, std::less<>>;

/// Facts of a case that nobody types in; those that are typed in stand in fields.toml.
constexpr std::array<std::string_view, 8> derived_facts{
    "state",
    "ref_no",
    "owner",
    "team",
    "escalation_level",
    "open_promises",
    "round",
    "reopened"};

constexpr std::array<std::string_view, 12> channel_words{
    "same_as_received",
    "phone",
    "recorded_phone",
    "sms",
    "written",
    "durable",
    "email",
    "letter",
    "in_person",
    "chat",
    "wechat",
    "app"};

constexpr std::array<std::string_view, 6> emotion_steps{
    "listened",
    "restated",
    "affirmed",
    "apologised_for_experience",
    "calm",
    "upset_again"};

template <class Words>
bool contains(const Words& words, std::string_view word)
{
    return std::ranges::find(words, word) != words.end();
}

bool is_field(const Pack& pack, const Vocabulary& vocabulary, std::string_view name)
{
    return vocabulary.fields.contains(name) || contains(derived_facts, name) ||
           contains(pack.ask_on_register, name) ||
           std::ranges::any_of(pack.fields, [&](const FieldRule& field) {
               return field.id == name;
           });
}

bool is_measure(const Pack& pack, std::string_view name)
{
    return std::ranges::any_of(pack.reports, [&](const Report& report) {
        return contains(report.measures, name);
    });
}

/// "deadline.<id>.<property>"
bool is_deadline_fact(const Pack& pack, std::string_view rest)
{
    static constexpr std::array<std::string_view, 4> properties{"met", "late", "open", "due"};
    const auto dot = rest.rfind('.');
    return dot != std::string_view::npos && contains(properties, rest.substr(dot + 1)) &&
           pack.deadline(rest.substr(0, dot)) != nullptr;
}

class References {
public:
    References(const Pack& pack, const Surroundings& around)
        : pack_{pack}, vocabulary_{around.vocabulary}, mistakes_{around.mistakes}
    {}

    void check()
    {
        for (const DeadlineRule& rule : pack_.deadlines)
            check(rule);
        for (const Step& step : pack_.steps)
            check(step);
        for (const Letter& letter : pack_.letters)
            check(letter);
        for (const Element& element : pack_.elements)
            check(element);
        for (const FieldRule& field : pack_.fields)
            check(field);
        for (const DeclineGround& ground : pack_.ground_labels)
            need(
                contains(pack_.decline_grounds, ground.code),
                {ground.origin, "code"},
                "decline_ground",
                ground.code
            );
        for (const Category& category : pack_.categories)
            need(
                category.parent.empty() || has_category(category),
                {category.origin, "parent"},
                "category",
                category.parent
            );
        for (const ExternalBody& body : pack_.external_bodies)
            check(body);
        for (const Retention& retention : pack_.retentions)
            need(
                vocabulary_.events.contains(retention.from),
                {retention.origin, "from"},
                "event",
                retention.from
            );
    }

private:
    /// Where a name stands: the entry and the key in it.
    struct Place {
        const Origin& origin;
        std::string_view key;
    };

    void need(bool is_there, const Place& place, std::string_view what, std::string_view id)
    {
        if (!is_there)
            mistakes_.push_back(
                {place.origin.file,
                 place.origin.line_of(place.key),
                 "undefined",
                 {{"what", std::string{"policy.what."}.append(what)}, {"id", std::string{id}}},
                 false}
            );
    }

    void need_events(const std::vector<std::string>& events, const Place& place)
    {
        for (const std::string& event : events)
            need(vocabulary_.events.contains(event), place, "event", event);
    }

    void need_role(const std::string& role, const Place& place)
    {
        need(vocabulary_.roles.contains(role), place, "role", role);
    }

    void need_letter(std::string_view id, const Place& place)
    {
        need(id.empty() || pack_.letter(id) != nullptr, place, "letter", id);
    }

    void check(const DeadlineRule& rule)
    {
        const Origin& origin = rule.origin;
        need_events(rule.starts_on, {origin, "starts_on"});
        need_events(rule.stops_on, {origin, "stops_on"});
        need_events(rule.cancels_on, {origin, "cancels_on"});
        need_events(rule.recurs_on, {origin, "recurs_on"});
        need_events(rule.restart_on, {origin, "restart_on"});
        need_events(rule.pause_on, {origin, "pause_on"});
        need_events(rule.resume_on, {origin, "resume_on"});
        for (const Escalation& escalation : rule.escalates_to)
            need_role(escalation.role, {origin, "escalates_to"});
        need_letter(rule.pause_notice, {origin, "pause_notice"});
        for (const std::string& effect : rule.on_breach)
            check_effect(effect, {origin, "on_breach"});
        for (const ExtendRule& extension : rule.extensions)
            check(extension, rule);
    }

    void check(const ExtendRule& extension, const DeadlineRule& rule)
    {
        need_role(extension.approver, {extension.origin, "approver"});
        need_letter(extension.notice, {extension.origin, "notice"});
        const bool has_previous =
            extension.requires_previous.empty() ||
            std::ranges::any_of(rule.extensions, [&](const ExtendRule& other) {
                return other.id == extension.requires_previous && other.id != extension.id;
            });
        need(
            has_previous,
            {extension.origin, "requires_previous"},
            "extension",
            extension.requires_previous
        );
    }

    void check_effect(std::string_view effect, const Place& place)
    {
        const auto colon = std::min(effect.find(':'), effect.size());
        const std::string_view kind = effect.substr(0, colon);
        const std::string_view id = effect.substr(std::min(colon + 1, effect.size()));
        if (kind == "letter" || kind == "require")
            need_letter(id, place);
        else
            need((kind == "flag" || kind == "deem") && !id.empty(), place, "effect", effect);
    }

    /// Only what is asked when a complaint is registered may be demanded nowhere.
    void check(const FieldRule& field)
    {
        const bool is_asked = contains(pack_.ask_on_register, field.id);
        if (field.required_at.empty() && !is_asked)
            mistakes_.push_back(
                {field.origin.file,
                 field.origin.line,
                 "missing_key",
                 {{"key", "required_at"}, {"where", "field"}},
                 false}
            );
        else if (!field.required_at.empty())
            need(
                vocabulary_.states.contains(field.required_at),
                {field.origin, "required_at"},
                "state",
                field.required_at
            );
    }

    void check(const Step& step)
    {
        for (const std::string& transition : step.gate)
            need(
                vocabulary_.transitions.contains(transition),
                {step.origin, "gate"},
                "transition",
                transition
            );
        need_role(step.role, {step.origin, "role"});
        for (const std::string& requirement : step.requirements)
            check_requirement(requirement, {step.origin, "requires"});
    }

    void check_requirement(std::string_view requirement, const Place& place)
    {
        const auto colon = std::min(requirement.find(':'), requirement.size());
        const std::string_view kind = requirement.substr(0, colon);
        const std::string_view id = requirement.substr(std::min(colon + 1, requirement.size()));
        if (kind == "field")
            need(is_field(pack_, vocabulary_, id), place, "field", id);
        else if (kind == "letter")
            need_letter(id.empty() ? requirement : id, place);
        else if (kind == "element")
            need(pack_.element(id) != nullptr, place, "element", id);
        else if (kind == "event")
            need(vocabulary_.events.contains(id), place, "event", id);
        else
            need(
                kind == "emotion" && contains(emotion_steps, id),
                place,
                "requirement",
                requirement
            );
    }

    void need_elements(
        const std::vector<std::string>& ids,
        const Place& place,
        std::optional<ElementKind> kind
    )
    {
        for (const std::string& id : ids) {
            const Element* element = pack_.element(id);
            need(element != nullptr && (!kind || element->kind == *kind), place, "element", id);
        }
    }

    void check(const Letter& letter)
    {
        const Origin& origin = letter.origin;
        need_elements(letter.must_contain, {origin, "must_contain"}, std::nullopt);
        need_elements(letter.must_attach, {origin, "must_attach"}, ElementKind::attachment);
        need_elements(letter.must_not_contain, {origin, "must_not_contain"}, ElementKind::lint);
        const bool has_deadline =
            letter.for_deadline.empty() || pack_.deadline(letter.for_deadline) != nullptr;
        need(has_deadline, {origin, "for_deadline"}, "deadline", letter.for_deadline);
        for (const std::string& channel : letter.channels)
            need(contains(channel_words, channel), {origin, "channels"}, "channel", channel);
        if (!letter.approve_by.empty())
            need_role(letter.approve_by, {origin, "approve_by"});
    }

    void check(const Element& element)
    {
        static constexpr std::string_view prefix = "deadline.";
        if (element.field.starts_with(prefix))
            need(
                is_deadline_fact(pack_, std::string_view{element.field}.substr(prefix.size())),
                {element.origin, "field"},
                "deadline",
                element.field
            );
    }

    void check(const ExternalBody& body)
    {
        for (const std::string& opening : body.opens_on) {
            static constexpr std::string_view prefix = "deadline:";
            static constexpr std::string_view suffix = ":breached";
            std::string_view id = opening;
            if (!id.starts_with(prefix) || !id.ends_with(suffix) ||
                id.size() <= prefix.size() + suffix.size()) {
                need(
                    vocabulary_.events.contains(opening),
                    {body.origin, "opens_on"},
                    "event",
                    opening
                );
                continue;
            }
            id.remove_prefix(prefix.size());
            id.remove_suffix(suffix.size());
            need(pack_.deadline(id) != nullptr, {body.origin, "opens_on"}, "deadline", id);
        }
    }

    [[nodiscard]] bool has_category(const Category& child) const
    {
        return std::ranges::any_of(pack_.categories, [&](const Category& category) {
            return category.scheme == child.scheme && category.code == child.parent;
        });
    }

    const Pack& pack_;
    const Vocabulary& vocabulary_;
    std::vector<Mistake>& mistakes_;
};

}  // namespace

void check_references(const Pack& pack, const Surroundings& around)
{
    References{pack, around}.check();
}

bool is_identifier_of(const Pack& pack, const Vocabulary& vocabulary, std::string_view name)
{
    const auto dot = std::min(name.find('.'), name.size());
    const std::string_view root = name.substr(0, dot);
    const std::string_view rest = name.substr(std::min(dot + 1, name.size()));
    if (root == "case")
        return is_field(pack, vocabulary, rest);
    if (root == "event")
        return vocabulary.events.contains(rest);
    if (root == "deadline")
        return is_deadline_fact(pack, rest);
    return root == "report" && is_measure(pack, rest);
}

}  // namespace redress::policy
