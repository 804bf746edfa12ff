#include "customers/rules_cost.hpp"

#include <doctest/doctest.h>

using namespace redress::customers;

// The figures are those of the source documents, worked out by hand.
TEST_CASE("a hundred complaints, seventy settled, by the figures of each source")
{
    const CostBasis basis{.complaints = 100, .settled = 70, .yearly_minor = 3'000};
    const auto by = [&](CostScenario scenario, CostFactors own = {}) {
        return estimate(with_own(factors_of(scenario), own), basis);
    };
    CHECK(by(CostScenario::source000).dissatisfied == doctest::Approx(2'500));
    CHECK(by(CostScenario::source000).silent == doctest::Approx(2'400));
    CHECK(by(CostScenario::source004).silent == doctest::Approx(1'900));
    CHECK(by(CostScenario::source004).told == doctest::Approx(24'000));
    CHECK(by(CostScenario::source003).silent == doctest::Approx(400));
    const auto source001 = by(CostScenario::source001);
    CHECK(source001.silent == doctest::Approx(100));
    CHECK(source001.leaving == doctest::Approx(116.6));
    CHECK(source001.told == doctest::Approx(2'000));

    const auto made_up = by(CostScenario::source000, {.margin = whole_share});
    CHECK(made_up.made_up_minor == 1'080'000);
}

TEST_CASE("what a factor is missing for is not estimated")
{
    const CostBasis basis{.complaints = 3, .settled = 1, .yearly_minor = 1, .lifetime_minor = 5};
    const auto none = estimate(factors_of(CostScenario::own), basis);
    CHECK_FALSE(none.dissatisfied.has_value());
    CHECK_FALSE(none.leaving.has_value());
    CHECK_FALSE(none.at_risk_minor.has_value());
    CHECK_FALSE(none.made_up_minor.has_value());
    CHECK_FALSE(estimate({.complaining = 0}, basis).dissatisfied.has_value());
    const auto source000 = estimate(factors_of(CostScenario::source000), basis);
    CHECK_FALSE(source000.leaving.has_value());
    CHECK_FALSE(source000.made_up_minor.has_value());
}

TEST_CASE(
    "value at risk is who leaves times what they are worth times the margin, and ends somewhere"
)
{
    const auto factors = with_own(factors_of(CostScenario::source001), {.margin = 2'000});
    const CostBasis basis{.complaints = 1, .settled = 0, .lifetime_minor = 230'000};
    // 1 silent × 80 % + 1 unsettled × 80 % = 1.6 customers, × 230,000 × 20 %
    CHECK(estimate(factors, basis).at_risk_minor == 73'600);
    const CostBasis huge{.complaints = 1'000, .lifetime_minor = 1'000'100'000'000'000'000};
    CHECK(estimate(factors, huge).at_risk_minor == max_estimate_minor);
}

TEST_CASE("an own factor stands in the place of the source's, the others stay")
{
    const auto factors = with_own(factors_of(CostScenario::source001), {.told = 3});
    CHECK(factors.told == 3);
    CHECK(factors.complaining == 5'000);
}
