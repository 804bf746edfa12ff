#pragma once

#include "base/instant.hpp"
#include "base/json.hpp"
#include "base/refusal.hpp"
#include "base/text.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace redress::http {

/// What one field may hold: code points of a text, items of a list or map, or the value of a
/// number. A wire type gives them as `static constexpr auto wire_limits =
/// std::to_array<http::Limit>({{"subject", 1, 200}});`
struct Limit {
    std::string_view field;
    std::int64_t min{};
    std::int64_t max{};
};

inline constexpr std::int64_t max_text_code_points = 100'000;
inline constexpr std::int64_t max_list_items = 1'000;
inline constexpr std::size_t max_reported_refusals = 100;

/// The limit a wire type declares for a member, or nullptr.
template <class T>
constexpr const Limit* limit_of([[maybe_unused]] std::string_view member)
{
    if constexpr (requires { T::wire_limits; }) {
        for (const auto& limit : T::wire_limits)
            if (limit.field == member)
                return &limit;
    }
    return nullptr;
}

/// Where reading stands: the path of the value in hand, its limit, and everything wrong so far.
class ReadState {
public:
    /// Refuses the value in hand; the first max_reported_refusals are kept.
    void refuse(std::string code, std::vector<std::pair<std::string, std::string>> params = {});
    [[nodiscard]] std::vector<Refusal> take_refusals() { return std::move(refusals_); }

    /// Goes into a member or an item until the step ends.
    class Step {
    public:
        Step(ReadState& state, std::string_view member, const Limit* limit);
        Step(ReadState& state, std::size_t index);
        ~Step();
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;

    private:
        ReadState& state_;
        std::size_t path_size_;
        const Limit* outer_limit_;
    };

    [[nodiscard]] bool has_limit() const { return limit_ != nullptr; }
    /// Whether `size` is inside the limit of the value in hand (0 to `default_max` when it has
    /// none); otherwise refuses with "<what>_too_short" or "<what>_too_long".
    bool check_size(std::int64_t size, std::string_view what, std::int64_t default_max);

private:
    std::string path_;
    const Limit* limit_{};
    std::vector<Refusal> refusals_;
};

void read_value(ReadState& state, const json::value& from, std::string& to);
void read_value(ReadState& state, const json::value& from, bool& to);
void read_value(ReadState& state, const json::value& from, std::int64_t& to);
void read_value(ReadState& state, const json::value& from, double& to);
void read_value(ReadState& state, const json::value& from, Instant& to);
void read_value(ReadState& state, const json::value& from, Text& to);
void read_value(ReadState& state, const json::value& from, json::object& to);
void read_value(ReadState& state, const json::value& from, json::value& to);
/// nullptr (and refused) unless `from` is an object, an array.
const json::object* read_object(ReadState& state, const json::value& from);
const json::array* read_array(ReadState& state, const json::value& from);
/// Refuses `name`, which is none of `allowed`.
void refuse_choice(
    ReadState& state,
    std::string_view name,
    const std::vector<std::string_view>& allowed
);
/// An integer from `min` to `max`, which are those of its C++ type.
void read_bounded(
    ReadState& state,
    const json::value& from,
    std::int64_t& to,
    std::int64_t min,
    std::int64_t max
);

}  // namespace redress::http
