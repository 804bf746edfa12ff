#pragma once

#include "base/described.hpp"

#include <cstdint>
#include <optional>
#include <string>

/// What a customer is worth (D6), and what dissatisfaction may cost (G4).
namespace redress::customers {

/// The value sheet of source document 001: (purchase × times a year + related sales a year) ×
/// years. Minor units.
struct Worksheet {
    std::int64_t purchase_minor{};
    std::int64_t times_a_year{};
    std::int64_t related_minor{};
    std::int64_t years{};
    std::string currency;
    friend bool operator==(const Worksheet&, const Worksheet&) = default;
};

/// Teaching figures of four source documents that disagree, and the house's own. Estimates, never
/// facts: every one is shown with its source and assumptions.
BOOST_DEFINE_ENUM_CLASS(CostScenario, source000, source001, source003, source004, own)

/// Assumptions; an absent one is not known, and nothing is estimated from it. Shares are in
/// hundredths of a percent, 0 to whole_share.
struct CostFactors {
    std::optional<std::int64_t> complaining{};      ///< of the dissatisfied, who say so
    std::optional<std::int64_t> silent_leaving{};   ///< of those who say nothing
    std::optional<std::int64_t> settled_leaving{};  ///< of those whose complaint was settled well
    std::optional<std::int64_t> unsettled_leaving{};
    std::optional<std::int64_t> told{};  ///< people whom one dissatisfied customer tells
    std::optional<std::int64_t>
        made_up_by{};                      ///< customers whose profit makes up for one unsettled
    std::optional<std::int64_t> margin{};  ///< profit in what is sold
    friend bool operator==(const CostFactors&, const CostFactors&) = default;
};

inline constexpr std::int64_t whole_share = 10'000;
inline constexpr std::int64_t max_told = 10'000;

/// The scenario that somebody chose for a customer, with the factors they put in its place.
struct CostSheet {
    CostScenario scenario{CostScenario::source001};
    CostFactors factors;
    friend bool operator==(const CostSheet&, const CostSheet&) = default;
};

BOOST_DESCRIBE_STRUCT(Worksheet, (), (purchase_minor, times_a_year, related_minor, years, currency))
BOOST_DESCRIBE_STRUCT(
    CostFactors,
    (),
    (complaining, silent_leaving, settled_leaving, unsettled_leaving, told, made_up_by, margin)
)
BOOST_DESCRIBE_STRUCT(CostSheet, (), (scenario, factors))

}  // namespace redress::customers
