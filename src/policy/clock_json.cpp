#include "policy/clocks.hpp"

#include <array>
#include <stdexcept>

namespace redress::policy {
namespace {

constexpr std::array<std::string_view, 6>
    state_words{"running", "paused", "met", "late", "cancelled", "superseded"};
constexpr std::array<std::string_view, 5> kind_words{"hard", "soft", "window", "customer", "watch"};
constexpr std::array<std::string_view, 4> scope_words{"case", "promise", "org", "channel"};
constexpr std::array<std::string_view, 13> change_words{
    "started",
    "met",
    "stopped_late",
    "cancelled",
    "superseded",
    "paused",
    "resumed",
    "extended",
    "moved",
    "warned",
    "escalated",
    "breached",
    "lapsed"};

template <class Value, std::size_t size>
std::string_view word_of(const std::array<std::string_view, size>& words, Value value)
{
    return words.at(static_cast<std::size_t>(value));
}

template <class Value, std::size_t size>
Value value_of(const std::array<std::string_view, size>& words, std::string_view word)
{
    for (std::size_t i = 0; i < size; ++i)
        if (words[i] == word)
            return static_cast<Value>(i);
    throw std::runtime_error{"unknown word in a stored clock: " + std::string{word}};
}

/// Writes only what is not empty, so that events stay small.
class Writer {
public:
    void text(std::string_view key, std::string_view value)
    {
        if (!value.empty())
            object_[key] = json::string{value};
    }
    void time(std::string_view key, const std::optional<Instant>& value)
    {
        if (value)
            object_[key] = value->us;
    }
    void number(std::string_view key, std::int64_t value, std::int64_t usual)
    {
        if (value != usual)
            object_[key] = value;
    }
    void flag(std::string_view key, bool value)
    {
        if (value)
            object_[key] = true;
    }
    void key(const ClockKey& value)
    {
        text("pack", value.pack);
        text("id", value.id);
        text("subject", value.subject);
        number("instance", value.instance, 1);
    }
    void list(std::string_view key, json::array value)
    {
        if (!value.empty())
            object_[key] = std::move(value);
    }
    json::object finish() { return std::move(object_); }

private:
    json::object object_;
};

class Reader {
public:
    explicit Reader(const json::object& object) : object_{object} {}

    [[nodiscard]] std::string text(std::string_view key) const
    {
        return std::string{string_at(object_, key)};
    }
    [[nodiscard]] std::optional<Instant> time(std::string_view key) const
    {
        const json::value* value = object_.if_contains(key);
        if (value == nullptr)
            return std::nullopt;
        if (!value->is_int64())
            throw std::runtime_error{"no time in a stored clock at " + std::string{key}};
        return Instant{value->get_int64()};
    }
    [[nodiscard]] Instant need_time(std::string_view key) const
    {
        const auto at = time(key);
        if (!at)
            throw std::runtime_error{"a stored clock lacks " + std::string{key}};
        return *at;
    }
    [[nodiscard]] std::int64_t number(std::string_view key, std::int64_t usual) const
    {
        return int_at(object_, key, usual);
    }
    [[nodiscard]] bool flag(std::string_view key) const
    {
        return is_truthy(object_.if_contains(key));
    }
    [[nodiscard]] ClockKey key() const
    {
        return {text("pack"), text("id"), text("subject"), static_cast<int>(number("instance", 1))};
    }
    template <class Each>
    void each(std::string_view key, Each one) const
    {
        if (const json::value* list = object_.if_contains(key); list != nullptr && list->is_array())
            for (const json::value& item : list->get_array())
                one(item);
    }

private:
    const json::object& object_;
};

json::array to_json(const std::vector<Pause>& pauses)
{
    json::array list;
    for (const Pause& pause : pauses)
        list.push_back({pause.from.us, pause.to.us});
    return list;
}

json::array to_json(const std::vector<UsedExtension>& extensions)
{
    json::array list;
    for (const UsedExtension& one : extensions)
        list.push_back(json::object{
            {"id", one.id},
            {"at", one.at.us},
            {"reason", one.reason},
            {"approver", one.approver},
            {"due_at", one.due_at.us}});
    return list;
}

}  // namespace

json::object to_json(const Clock& clock)
{
    Writer writer;
    writer.key(clock.key);
    writer.text("version", clock.version);
    writer.text("kind", word_of(kind_words, clock.kind));
    writer.text("scope", clock.scope == Scope::kase ? "" : word_of(scope_words, clock.scope));
    writer.text("state", word_of(state_words, clock.state));
    writer.text("started_by", clock.started_by);
    writer.time("started_at", clock.started_at);
    writer.time("original_due_at", clock.original_due_at);
    writer.time("due_at", clock.due_at);
    writer.flag("due_inclusive", clock.is_due_inclusive);
    writer.time("stopped_at", clock.stopped_at);
    writer.text("ended_by", clock.ended_by);
    writer.flag("recorded_late", clock.is_recorded_late);
    writer.time("paused_at", clock.paused_at);
    writer.text("paused_by", clock.paused_by);
    writer.list("pauses", to_json(clock.pauses));
    writer.list("extensions", to_json(clock.extensions));
    writer.number("fired", static_cast<std::int64_t>(clock.fired), 0);
    writer.time("next_fire_at", clock.next_fire_at);
    writer.number("year_without_table", clock.year_without_table, 0);
    return writer.finish();
}

Clock clock_from_json(const json::object& object)
{
    const Reader reader{object};
    Clock clock;
    clock.key = reader.key();
    clock.version = reader.text("version");
    clock.kind = value_of<DeadlineKind>(kind_words, reader.text("kind"));
    clock.scope =
        object.contains("scope") ? value_of<Scope>(scope_words, reader.text("scope")) : Scope::kase;
    clock.state = value_of<ClockState>(state_words, reader.text("state"));
    clock.started_by = reader.text("started_by");
    clock.started_at = reader.need_time("started_at");
    clock.original_due_at = reader.need_time("original_due_at");
    clock.due_at = reader.need_time("due_at");
    clock.is_due_inclusive = reader.flag("due_inclusive");
    clock.stopped_at = reader.time("stopped_at");
    clock.ended_by = reader.text("ended_by");
    clock.is_recorded_late = reader.flag("recorded_late");
    clock.paused_at = reader.time("paused_at");
    clock.paused_by = reader.text("paused_by");
    reader.each("pauses", [&](const json::value& one) {
        clock.pauses.push_back(
            {{one.as_array().at(0).as_int64()}, {one.as_array().at(1).as_int64()}}
        );
    });
    reader.each("extensions", [&](const json::value& one) {
        const Reader used{one.as_object()};
        clock.extensions.push_back(
            {used.text("id"),
             used.need_time("at"),
             used.text("reason"),
             used.text("approver"),
             used.need_time("due_at")}
        );
    });
    clock.fired = static_cast<std::uint64_t>(reader.number("fired", 0));
    clock.next_fire_at = reader.time("next_fire_at");
    clock.year_without_table = static_cast<int>(reader.number("year_without_table", 0));
    return clock;
}

json::object to_json(const ClockChange& change)
{
    Writer writer;
    writer.text("change", word_of(change_words, change.kind));
    writer.key(change.key);
    writer.time("at", change.at);
    writer.text("cause", change.cause);
    writer.text("role", change.role);
    writer.text("reason", change.reason);
    writer.time("due_at", change.due_at);
    writer.time("next_fire_at", change.next_fire_at);
    writer.number("fired", static_cast<std::int64_t>(change.fired), 0);
    writer.time("started_at", change.started_at);
    writer.text("version", change.version);
    writer.text("kind", word_of(kind_words, change.clock_kind));
    writer.text("scope", change.scope == Scope::kase ? "" : word_of(scope_words, change.scope));
    writer.flag("due_inclusive", change.is_due_inclusive);
    writer.flag("recorded_late", change.is_recorded_late);
    writer.number("year_without_table", change.year_without_table, 0);
    writer.list("effects", json::array(change.effects.begin(), change.effects.end()));
    return writer.finish();
}

ClockChange clock_change_from_json(const json::object& object)
{
    const Reader reader{object};
    ClockChange change;
    change.kind = value_of<ClockChange::Kind>(change_words, reader.text("change"));
    change.key = reader.key();
    change.at = reader.need_time("at");
    change.cause = reader.text("cause");
    change.role = reader.text("role");
    change.reason = reader.text("reason");
    change.due_at = reader.time("due_at");
    change.next_fire_at = reader.time("next_fire_at");
    change.fired = static_cast<std::uint64_t>(reader.number("fired", 0));
    change.started_at = reader.time("started_at");
    change.version = reader.text("version");
    change.clock_kind = value_of<DeadlineKind>(kind_words, reader.text("kind"));
    change.scope =
        object.contains("scope") ? value_of<Scope>(scope_words, reader.text("scope")) : Scope::kase;
    change.is_due_inclusive = reader.flag("due_inclusive");
    change.is_recorded_late = reader.flag("recorded_late");
    change.year_without_table = static_cast<int>(reader.number("year_without_table", 0));
    reader.each("effects", [&](const json::value& one) {
        change.effects.emplace_back(one.as_string());
    });
    return change;
}

}  // namespace redress::policy
