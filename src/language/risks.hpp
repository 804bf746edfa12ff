#pragma once

#include "base/refusal.hpp"
#include "base/text.hpp"
#include "language/fold.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace redress::language {

/// Words that call for attention whatever the rest says.
struct Risk {
    std::string flag;  ///< "legal", "media", "regulator", "safety", "self_harm", "threat", "repeat"
    Span span;         ///< in the original
    int anger{};       ///< the level that such words stand for; 0 when they say nothing of anger

    friend bool operator==(const Risk&, const Risk&) = default;
};

/// The rules that find risks, read from TOML (src/language/risks.toml says how they are written).
/// Immutable; may be shared between threads.
class RiskRules {
public:
    /// Refuses (`risk_rules`, with the line and what is wrong) what does not hold together.
    [[nodiscard]] static Result<RiskRules> read(std::string_view toml);
    /// The rules built into the program.
    [[nodiscard]] static RiskRules built_in();

    /// In the order of the text; at most 20 of one flag. Time is linear in the text.
    [[nodiscard]] std::vector<Risk> find(const FoldedBytes& text) const;

    [[nodiscard]] std::vector<std::pair<std::string, Text>> flags() const;

    RiskRules(RiskRules&&) noexcept;
    RiskRules& operator=(RiskRules&&) noexcept;
    ~RiskRules();

private:
    struct Rule;
    RiskRules();
    std::vector<std::unique_ptr<Rule>> rules_;
};

}  // namespace redress::language
