#pragma once

#include "http/assets.hpp"
#include "http/form.hpp"
#include "http/rate_limiter.hpp"
#include "portal/api.hpp"
#include "portal/page.hpp"
#include "portal/seal.hpp"

namespace redress::portal {

/// What the handlers of all pages share. Any thread.
class Desk {
public:
    explicit Desk(const Services& chosen);

    [[nodiscard]] Frame frame(const Visitor& visitor, std::string title, std::string here) const;
    [[nodiscard]] Visitor visitor(const http::Call& call) const;
    [[nodiscard]] Instant now() const { return services.clock.now(); }

    /// What is told about the house, "" when unknown.
    [[nodiscard]] std::string of_house(std::string_view fact) const;

    /// Whether one address may do one more of this; says when it may again otherwise.
    enum class Doing { look, guess, send };
    [[nodiscard]] std::vector<Refusal> check_rate(Doing doing, const Visitor& visitor);

    /// What stands against a form before anybody reads it: it comes from elsewhere, too fast, from
    /// a program, too late, or too often. Gives the opened seal.
    struct Opened {
        std::optional<SealedForm> form;
        std::vector<Refusal> refusals;
    };
    [[nodiscard]] Opened
    open(const http::Call& call, const http::Form& form, std::string_view purpose);

    /// The bytes of what was attached, stored; for check_files'ed forms.
    [[nodiscard]] std::vector<messages::NewAttachment> store(const http::Form& form);

    /// To another page of ours, or its address for our own script.
    [[nodiscard]] http::Response go_to(const Visitor& visitor, const std::string& path) const;
    /// A language that was chosen is kept; `news` is said once by the page at `path`.
    void remember_language(http::Response& response, const Visitor& visitor) const;
    void announce(
        http::Response& response,
        const Visitor& visitor,
        std::string_view path,
        std::string_view news
    ) const;

    const Services services;
    const Seal seal;
    const http::Assets assets;

private:
    http::RateLimiter limiter_;
};

/// "portal" and the nonce of a form under which it is carried out once.
[[nodiscard]] Once
once_of(const SealedForm& form, std::string_view purpose, const http::Form& sent);

[[nodiscard]] http::Response show_form(Desk& desk, http::Call& call);
[[nodiscard]] http::Response file(Desk& desk, http::Call& call);
[[nodiscard]] http::Response track(Desk& desk, http::Call& call);
[[nodiscard]] http::Response act(Desk& desk, http::Call& call);
[[nodiscard]] http::Response download(Desk& desk, http::Call& call);

}  // namespace redress::portal
