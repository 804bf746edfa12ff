#pragma once

#include "base/text.hpp"

#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace redress {

/// Why the rules say no, or what is wrong with the input. `code` is a key of the message catalogue
/// ("refusal.<code>"); `field` is the input it speaks of ("" when none); `params` fill `{name}` in
/// the text.
struct Refusal {
    std::string code;
    std::string field;
    std::vector<std::pair<std::string, std::string>> params;

    friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// A text that is a parameter in both languages; say() takes the reader's.
[[nodiscard]] std::string both(const Text& text);

/// What kind of no it is; the API maps it to a status once.
enum class Denial {
    invalid,       ///< the input is wrong: 422
    forbidden,     ///< this actor may not: 403
    not_found,     ///< no such thing, or not for this actor: 404
    conflict,      ///< the state does not allow it, or a version is stale: 409
    stale,         ///< If-Match does not hold: 412
    too_large,     ///< 413
    unauthorised,  ///< no or wrong credentials: 401
    too_many       ///< 429
};

/// One answer "no" with everything that is missing, so that one try tells all.
struct Denied {
    Denial kind{};
    std::vector<Refusal> refusals;

    friend bool operator==(const Denied&, const Denied&) = default;
};

template <class T>
using Result = std::expected<T, Denied>;

/// Shorthand for a denial with one reason.
[[nodiscard]] inline std::unexpected<Denied> deny(
    Denial kind,
    std::string code,
    std::string field = {},
    std::vector<std::pair<std::string, std::string>> params = {}
)
{
    return std::unexpected<Denied>{
        Denied{kind, {Refusal{std::move(code), std::move(field), std::move(params)}}}};
}

}  // namespace redress
