#include "http/wire_state.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace redress::http {
namespace {

constexpr std::size_t max_path_bytes = 500;

void refuse_type(ReadState& state, std::string_view expected)
{
    state.refuse("type_wrong", {{"expected", fmt::format("type.{}", expected)}});
}

std::string join(const std::vector<std::string_view>& names)
{
    std::string text;
    for (const auto name : names) {
        text += text.empty() ? "" : ", ";
        text += name;
    }
    return text;
}

}  // namespace

void ReadState::refuse(std::string code, std::vector<std::pair<std::string, std::string>> params)
{
    if (refusals_.size() < max_reported_refusals)
        refusals_.push_back({std::move(code), path_, std::move(params)});
}

ReadState::Step::Step(ReadState& state, std::string_view member, const Limit* limit)
    : state_{state}, path_size_{state.path_.size()}, outer_limit_{state.limit_}
{
    state.limit_ = limit;
    if (!state.path_.empty())
        state.path_ += '.';
    state.path_ += first_code_points(member, max_path_bytes / 4);
}

ReadState::Step::Step(ReadState& state, std::size_t index)
    : state_{state}, path_size_{state.path_.size()}, outer_limit_{state.limit_}
{
    state.limit_ = nullptr;
    fmt::format_to(std::back_inserter(state.path_), "[{}]", index);
}

ReadState::Step::~Step()
{
    state_.path_.resize(path_size_);
    state_.limit_ = outer_limit_;
}

bool ReadState::check_size(std::int64_t size, std::string_view what, std::int64_t default_max)
{
    const Limit allowed = limit_ == nullptr ? Limit{{}, 0, default_max} : *limit_;
    const bool is_short = size < allowed.min;
    if (!is_short && size <= allowed.max)
        return true;
    const auto bound = std::to_string(is_short ? allowed.min : allowed.max);
    refuse(
        fmt::format("{}_too_{}", what, is_short ? "short" : "long"),
        {{is_short ? "min" : "max", bound}}
    );
    return false;
}

void read_value(ReadState& state, const json::value& from, std::string& to)
{
    const auto* text = from.if_string();
    if (text == nullptr)
        return refuse_type(state, "text");
    const std::string_view bytes{*text};
    if (state.check_size(
            static_cast<std::int64_t>(count_code_points(bytes)),
            "text",
            max_text_code_points
        ))
        to = bytes;
}

void read_value(ReadState& state, const json::value& from, bool& to)
{
    if (!from.is_bool())
        return refuse_type(state, "flag");
    to = from.get_bool();
}

void read_bounded(
    ReadState& state,
    const json::value& from,
    std::int64_t& to,
    std::int64_t min,
    std::int64_t max
)
{
    if (from.is_uint64() && from.get_uint64() > static_cast<std::uint64_t>(max))
        return state.refuse("number_too_long", {{"max", std::to_string(max)}});
    if (!from.is_int64() && !from.is_uint64())
        return refuse_type(state, "integer");
    const auto number = from.to_number<std::int64_t>();
    if (number < min)
        return state.refuse("number_too_short", {{"min", std::to_string(min)}});
    if (number > max)
        return state.refuse("number_too_long", {{"max", std::to_string(max)}});
    if (state.has_limit() && !state.check_size(number, "number", max))
        return;
    to = number;
}

void read_value(ReadState& state, const json::value& from, std::int64_t& to)
{
    using Numbers = std::numeric_limits<std::int64_t>;
    read_bounded(state, from, to, Numbers::min(), Numbers::max());
}

void read_value(ReadState& state, const json::value& from, double& to)
{
    if (!from.is_number())
        return refuse_type(state, "number");
    to = from.to_number<double>();
}

void read_value(ReadState& state, const json::value& from, Instant& to)
{
    const auto* text = from.if_string();
    const auto at = text == nullptr ? std::nullopt : parse_rfc3339(*text);
    if (!at)
        return refuse_type(state, "instant");
    to = *at;
}

void read_value(ReadState& state, const json::value& from, Text& to)
{
    const auto* object = read_object(state, from);
    if (object == nullptr)
        return;
    for (const auto& [name, text] : {std::pair{"en", &to.en}, std::pair{"zh", &to.zh}}) {
        const ReadState::Step step{state, name, nullptr};
        if (const auto* found = object->if_contains(name))
            read_value(state, *found, *text);
        else
            state.refuse("field_missing");
    }
    for (const auto& member : *object) {
        if (member.key() == "en" || member.key() == "zh")
            continue;
        const ReadState::Step step{state, member.key(), nullptr};
        state.refuse("field_unknown");
    }
}

void read_value(ReadState& state, const json::value& from, json::object& to)
{
    if (const auto* object = read_object(state, from))
        to = *object;
}

void read_value(ReadState&, const json::value& from, json::value& to)
{
    to = from;
}

const json::object* read_object(ReadState& state, const json::value& from)
{
    if (!from.is_object())
        refuse_type(state, "object");
    return from.if_object();
}

const json::array* read_array(ReadState& state, const json::value& from)
{
    const auto* array = from.if_array();
    if (array == nullptr)
        refuse_type(state, "list");
    else if (!state.check_size(static_cast<std::int64_t>(array->size()), "list", max_list_items))
        return nullptr;
    return array;
}

void refuse_choice(
    ReadState& state,
    std::string_view name,
    const std::vector<std::string_view>& allowed
)
{
    state.refuse(
        "choice_unknown",
        {{"value", std::string{first_code_points(name, 100)}}, {"allowed", join(allowed)}}
    );
}

}  // namespace redress::http
