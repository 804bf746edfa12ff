#pragma once

#include "base/instant.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace redress::portal {

/// How long a form waits for its reader. As long as answers are remembered (app/answers.hpp), so
/// that a form that is still good is never carried out twice.
inline constexpr Micros form_lifetime = std::chrono::hours{47};
/// Nobody reads and fills in a form faster than this; programs do.
inline constexpr Micros shortest_fill = std::chrono::seconds{3};

/// What a form says of itself once its seal holds.
struct SealedForm {
    Instant issued_at;
    std::string nonce;  ///< 128 random bits as hexadecimal digits: one form, one carrying out
};

/// Signs what the portal gives away and wants back: forms and links. Immutable; any thread.
class Seal {
public:
    /// `secret` is the same on every node.
    explicit Seal(std::string secret) : secret_{std::move(secret)} {}

    /// The hidden field of a new form for this purpose.
    [[nodiscard]] std::string form(std::string_view purpose, Instant now) const;
    /// nullopt unless this very program signed it for this purpose within form_lifetime.
    [[nodiscard]] std::optional<SealedForm>
    open_form(std::string_view token, std::string_view purpose, Instant now) const;

    /// The secret link that filing this form leads to, 256 bits as base64url. The same form leads
    /// to the same link, so that sending it twice finds the one case; nobody else can tell it from
    /// what the program stores.
    [[nodiscard]] std::string link_of(const SealedForm& form) const;

private:
    [[nodiscard]] std::string sign(std::string_view text) const;

    std::string secret_;
};

/// A link that no form led to.
[[nodiscard]] std::string random_link();
/// What is stored of a link.
[[nodiscard]] std::string hash_of_link(std::string_view token);

}  // namespace redress::portal
