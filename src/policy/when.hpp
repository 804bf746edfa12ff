#pragma once

#include "base/json.hpp"

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace redress::policy {

/// A condition of the `when` language: literals, identifiers, `== != < <= > >= in && || !`,
/// parentheses, lists in brackets; no calls, no loops. Immutable, cheap to copy, any thread. A
/// default one always holds.
class Condition {
public:
    struct Node;
    Condition() = default;
    explicit Condition(std::string text, std::shared_ptr<const Node> root)
        : text_{std::move(text)}, root_{std::move(root)}
    {}

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const Node* root() const { return root_.get(); }
    [[nodiscard]] bool always_holds() const { return root_ == nullptr; }

private:
    std::string text_;
    std::shared_ptr<const Node> root_;
};

struct WhenError {
    std::string
        code;  ///< catalogue key without "policy.": when_syntax, when_unknown, when_too_long
    std::string detail;  ///< the identifier or the text where reading stopped
    std::size_t offset{};
};

/// Whether an identifier (dotted, lower case) is known; unknown ones are errors at load.
using KnownIdentifier = std::function<bool(std::string_view)>;

/// At most 2,000 bytes and 64 levels.
[[nodiscard]] std::expected<Condition, WhenError>
parse_when(std::string_view text, const KnownIdentifier& is_known);

/// The value of an identifier; nullopt when it is missing, which is the same as `false`.
using Lookup = std::function<std::optional<json::value>(std::string_view)>;

/// Numbers compare with numbers, texts with texts; values of different kinds are only ever unequal.
[[nodiscard]] bool holds(const Condition& condition, const Lookup& lookup);
/// Identifiers are paths into `facts`: case.source is facts["case"]["source"].
[[nodiscard]] bool holds(const Condition& condition, const json::object& facts);

/// The value at a dotted path; nullptr when there is none.
[[nodiscard]] const json::value* find_path(const json::object& facts, std::string_view path);

}  // namespace redress::policy
