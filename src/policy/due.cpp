#include "policy/due.hpp"

#include "base/catalogue.hpp"
#include "base/json.hpp"
#include "policy/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace redress::policy {
namespace {

using Params = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t longest_question = 4 << 20;
constexpr std::size_t most_entries = 1000;

/// What is wrong with the question; thrown within this file only.
struct Wrong {
    Refusal refusal;
};

[[noreturn]] void fail(std::string code, std::string field, Params params = {})
{
    throw Wrong{{"policy." + std::move(code), std::move(field), std::move(params)}};
}

std::string shown(const json::value& value)
{
    static constexpr std::size_t longest = 60;
    return std::string{first_code_points(json::serialize(value), longest)};
}

/// A JSON object of which every key must be one we know.
class Fields {
public:
    Fields(
        const json::value& value,
        std::string path,
        std::initializer_list<std::string_view> known
    )
        : path_{std::move(path)}
    {
        if (!value.is_object())
            fail("not_object", path_.empty() ? "question" : path_);
        object_ = &value.get_object();
        for (const auto& [key, unused] : *object_)
            if (std::ranges::find(known, std::string_view{key}) == known.end())
                fail("unknown_field", name(key));
    }

    [[nodiscard]] std::string name(std::string_view key) const
    {
        return path_.empty() ? std::string{key} : fmt::format("{}.{}", path_, key);
    }

    [[nodiscard]] const json::value* find(std::string_view key) const
    {
        return object_->if_contains(key);
    }

    [[nodiscard]] const json::value& need(std::string_view key) const
    {
        const json::value* value = find(key);
        if (value == nullptr)
            fail("missing_field", name(key));
        return *value;
    }

    [[nodiscard]] std::string_view text(std::string_view key) const
    {
        const json::value& value = need(key);
        if (!value.is_string())
            fail("not_text", name(key), {{"value", shown(value)}});
        return value.get_string();
    }

    /// The word at a key as `read` understands it.
    template <class Read>
    [[nodiscard]] auto word(std::string_view key, Read read) const
    {
        const auto value = read(text(key));
        if (!value)
            fail("not_understood", name(key), {{"value", shown(need(key))}});
        return *value;
    }

    [[nodiscard]] const json::array& list(std::string_view key, std::size_t most) const
    {
        static const json::array none;
        const json::value* value = find(key);
        if (value == nullptr)
            return none;
        if (!value->is_array())
            fail("not_list", name(key));
        if (value->get_array().size() > most)
            fail("too_many_entries", name(key));
        return value->get_array();
    }

private:
    const json::object* object_{};
    std::string path_;
};

std::string indexed(const std::string& name, std::size_t index)
{
    return fmt::format("{}[{}]", name, index);
}

template <class Read>
auto read_all(const Fields& fields, std::string_view key, Read read)
{
    static constexpr std::size_t most_dates = 20'000;
    std::vector<std::remove_cvref_t<decltype(*read(std::string_view{}))>> values;
    for (const json::value& value : fields.list(key, most_dates)) {
        const auto one = value.is_string() ? read(value.get_string()) : std::nullopt;
        if (!one)
            fail(
                "not_understood",
                indexed(fields.name(key), values.size()),
                {{"value", shown(value)}}
            );
        values.push_back(*one);
    }
    return values;
}

std::uint8_t read_weekdays(const Fields& fields, std::string_view key)
{
    std::uint8_t days = 0;
    for (const std::uint8_t day : read_all(fields, key, read_weekday))
        days = static_cast<std::uint8_t>(days | day);
    return days;
}

Shift read_shift(const json::value& value, std::string path)
{
    const Fields fields{value, std::move(path), {"days", "from", "to"}};
    static_cast<void>(fields.need("days"));
    const Shift shift{
        read_weekdays(fields, "days"),
        fields.word("from", read_time_of_day),
        fields.word("to", read_time_of_day)};
    if (shift.weekdays == 0)
        fail("empty_list", fields.name("days"));
    if (shift.to <= shift.from)
        fail("shift", fields.name("to"));
    return shift;
}

std::optional<std::chrono::minutes> read_end_of_day(std::string_view word)
{
    const auto time = read_time_of_day(word);
    return time && *time > std::chrono::minutes{0} ? time : std::nullopt;
}

bool is_cutoff_on(const Fields& fields)
{
    const json::value* cutoff = fields.find("cutoff");
    if (cutoff == nullptr || cutoff->is_null())
        return false;
    return fields.find("cutoff_applies_to") == nullptr ||
           !fields.list("cutoff_applies_to", most_entries).empty();
}

std::shared_ptr<const Calendar> read_calendar(const json::value& value)
{
    const Fields fields{
        value,
        "calendar",
        {"kind",
         "tz",
         "off",
         "work",
         "hours",
         "weekend",
         "end_of_day",
         "roll",
         "first_day",
         "cutoff",
         "cutoff_applies_to"}};
    CalendarSpec spec;
    spec.kind = fields.word("kind", read_calendar_kind);
    spec.tz = fields.text("tz");
    spec.off = read_all(fields, "off", read_date);
    spec.work = read_all(fields, "work", read_date);
    for (const json::value& shift : fields.list("hours", most_entries))
        spec.hours.push_back(read_shift(shift, indexed("calendar.hours", spec.hours.size())));
    if (fields.find("weekend") != nullptr)
        spec.weekend = read_weekdays(fields, "weekend");
    if (fields.find("end_of_day") != nullptr && fields.text("end_of_day") == close_of_business)
        spec.end_of_day.reset();
    else if (fields.find("end_of_day") != nullptr)
        spec.end_of_day = fields.word("end_of_day", read_end_of_day);
    if (fields.find("roll") != nullptr)
        spec.roll = fields.word("roll", read_roll);
    if (fields.find("first_day") != nullptr)
        spec.first_day = fields.word("first_day", read_first_day);
    static_cast<void>(read_all(fields, "cutoff_applies_to", [](std::string_view id) {
        return std::optional{id};
    }));
    const json::value* cutoff = fields.find("cutoff");
    if (cutoff != nullptr && !cutoff->is_null()) {
        const auto time = fields.word("cutoff", read_time_of_day);
        if (is_cutoff_on(fields))
            spec.cutoff = time;
    }
    auto calendar = Calendar::make(std::move(spec));
    if (!calendar)
        throw Wrong{calendar.error().refusals.front()};
    return *calendar;
}

Amount read_amount(const Fields& fields)
{
    const json::value& n = fields.need("n");
    if (n.is_uint64())
        fail("beyond_9999", fields.name("n"));
    if (!n.is_int64())
        fail("not_whole", fields.name("n"), {{"value", shown(n)}});
    if (n.get_int64() < 0)
        fail("negative", fields.name("n"));
    return {n.get_int64(), fields.word("unit", read_unit)};
}

std::vector<Pause> read_pauses(const Fields& question, Instant start)
{
    std::vector<Pause> pauses;
    for (const json::value& value : question.list("pauses", most_entries)) {
        const Fields fields{value, indexed("pauses", pauses.size()), {"from", "to"}};
        const Pause pause{fields.word("from", parse_rfc3339), fields.word("to", parse_rfc3339)};
        if (pause.to < pause.from)
            fail("ends_before_it_begins", fields.name("to"));
        if (pause.from < (pauses.empty() ? start : pauses.back().to))
            fail("out_of_order", fields.name("from"));
        pauses.push_back(pause);
    }
    return pauses;
}

std::vector<Stretch> read_stretches(const Fields& question)
{
    std::vector<Stretch> stretches;
    for (const json::value& value : question.list("extend", most_entries)) {
        const std::string path = indexed("extend", stretches.size());
        const Fields fields{value, path, {"to", "add"}};
        const bool adds = fields.find("add") != nullptr;
        if (adds == (fields.find("to") != nullptr))
            fail("to_or_add", path);
        const std::string_view key = adds ? "add" : "to";
        const Fields amount{fields.need(key), fields.name(key), {"n", "unit"}};
        stretches.push_back(
            {adds ? Stretch::Kind::add : Stretch::Kind::to, read_amount(amount), nullptr}
        );
    }
    return stretches;
}

std::string answer(const json::value& value)
{
    const Fields fields{value, "", {"calendar", "start", "n", "unit", "pauses", "extend"}};
    const auto calendar = read_calendar(fields.need("calendar"));
    const Instant start = fields.word("start", parse_rfc3339);
    const Amount amount = read_amount(fields);
    const auto stretches = read_stretches(fields);
    const auto pauses = read_pauses(fields, start);
    const auto due = due_at(*calendar, start, Course{amount, stretches, pauses});
    if (!due)
        throw Wrong{due.error().refusals.front()};
    return json::serialize(json::object{{"due", calendar->zone().to_text(*due)}});
}

std::string error(const Refusal& refusal)
{
    return json::serialize(json::object{
        {"error", fmt::format("{}: {}", refusal.field, say(Lang::en, refusal))}});
}

}  // namespace

std::string answer_due(std::string_view question)
{
    if (question.size() > longest_question)
        return error({"policy.question_too_long", "question", {}});
    try {
        return answer(parse_json(question));
    } catch (const Wrong& wrong) {
        return error(wrong.refusal);
    } catch (const boost::system::system_error&) {
        return error({"policy.not_json", "question", {}});
    }
}

}  // namespace redress::policy
