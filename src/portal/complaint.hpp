#pragma once

#include "base/json.hpp"
#include "base/refusal.hpp"
#include "http/form.hpp"

#include <string>
#include <vector>

namespace redress::portal {

/// What may come along with one sending. More fits on the tracking page afterwards.
inline constexpr std::size_t max_files = 10;
inline constexpr std::size_t max_file_bytes = 10U << 20U;
/// Everything together. A longer body is read to its end and told about.
inline constexpr std::size_t max_body_bytes = 26U << 20U;

inline constexpr std::size_t max_text = 20'000;  ///< code points
inline constexpr std::size_t max_line = 200;     ///< code points

/// The form as it was filled in. A member's name is the name of its field.
struct Complaint {
    std::string what;
    std::string contact;
    std::string remedy;
    std::string name;
    std::string kind{"complaint"};
    std::string mood;
    bool is_anonymous{};
};

/// Texts far beyond the limits are cut; choices that do not exist are as if not made.
[[nodiscard]] Complaint complaint_in(const http::Form& form);

/// Everything that a human has to look at before it can be filed. Pure.
[[nodiscard]] std::vector<Refusal> check(const Complaint& complaint);
/// The same for what was attached; `is_cut`: there was more than max_body_bytes.
[[nodiscard]] std::vector<Refusal> check_files(const http::Form& form, bool is_cut);
/// Something a person wrote that is needed, or may be missing, and is not too long.
enum class Need { optional, required };
void check_text(
    std::string_view field,
    std::string_view text,
    Need need,
    std::vector<Refusal>& refusals
);

/// The inputs of `receive`, besides those every channel gives.
[[nodiscard]] json::object inputs_of(const Complaint& complaint);

}  // namespace redress::portal
