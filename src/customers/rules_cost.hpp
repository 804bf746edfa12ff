#pragma once

#include "customers/model_value.hpp"

#include <optional>

namespace redress::customers {

/// What an estimate is about: complaints, and what the customer is worth in minor units.
struct CostBasis {
    std::int64_t complaints{};
    std::int64_t settled{};  ///< of them
    std::int64_t yearly_minor{};
    std::int64_t lifetime_minor{};
};

/// Absent is what some missing factor would be needed for. Amounts end at max_estimate_minor.
struct CostEstimate {
    std::optional<double> dissatisfied{};  ///< C / complaining
    std::optional<double> silent{};        ///< of them, who say nothing
    std::optional<double> told{};          ///< dissatisfied × told
    std::optional<double> leaving{};       ///< silent, settled and unsettled, each with its share
    std::optional<std::int64_t> at_risk_minor{};  ///< leaving × lifetime × margin
    std::optional<std::int64_t> made_up_minor{};  ///< unsettled × made_up_by × yearly × margin
};

inline constexpr std::int64_t max_estimate_minor = 9'000'000'000'000'000;

/// The figures of a source document; all absent for `own`.
[[nodiscard]] CostFactors factors_of(CostScenario scenario);

/// Those of the scenario, with `own` in the place of what it has.
[[nodiscard]] CostFactors with_own(CostFactors factors, const CostFactors& own);

[[nodiscard]] CostEstimate estimate(const CostFactors& factors, const CostBasis& basis);

BOOST_DESCRIBE_STRUCT(
    CostEstimate,
    (),
    (dissatisfied, silent, told, leaving, at_risk_minor, made_up_minor)
)

}  // namespace redress::customers
