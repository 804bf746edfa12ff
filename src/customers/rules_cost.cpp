#include "customers/rules_cost.hpp"

#include <algorithm>
#include <cmath>

namespace redress::customers {
namespace {

double share(std::int64_t hundredths_of_a_percent)
{
    return static_cast<double>(hundredths_of_a_percent) / static_cast<double>(whole_share);
}

std::int64_t amount(double minor)
{
    return std::llround(std::min(minor, static_cast<double>(max_estimate_minor)));
}

}  // namespace

CostFactors factors_of(CostScenario scenario)
{
    switch (scenario) {
        case CostScenario::source000:
            return {.complaining = 400, .silent_leaving = 9'600, .made_up_by = 12};
        case CostScenario::source001:
            return {
                .complaining = 5'000,
                .silent_leaving = 8'000,
                .settled_leaving = 1'800,
                .unsettled_leaving = 8'000,
                .told = 10,
                .made_up_by = 16};
        case CostScenario::source003:
            return {.complaining = 2'000};
        case CostScenario::source004:
            return {.complaining = 500, .told = 12};
        case CostScenario::own:
            break;
    }
    return {};
}

CostFactors with_own(CostFactors factors, const CostFactors& own)
{
    boost::mp11::mp_for_each<
        boost::describe::describe_members<CostFactors, boost::describe::mod_public>>([&](auto member
                                                                                     ) {
        if (own.*member.pointer)
            factors.*member.pointer = own.*member.pointer;
    });
    return factors;
}

CostEstimate estimate(const CostFactors& factors, const CostBasis& basis)
{
    CostEstimate result;
    const auto complaints = static_cast<double>(basis.complaints);
    const auto settled = static_cast<double>(basis.settled);
    const auto unsettled = complaints - settled;
    if (factors.complaining.value_or(0) > 0) {
        result.dissatisfied = complaints / share(*factors.complaining);
        result.silent = *result.dissatisfied - complaints;
    }
    if (result.dissatisfied && factors.told)
        result.told = *result.dissatisfied * static_cast<double>(*factors.told);
    if (result.silent && factors.silent_leaving && factors.settled_leaving &&
        factors.unsettled_leaving)
        result.leaving = *result.silent * share(*factors.silent_leaving) +
                         settled * share(*factors.settled_leaving) +
                         unsettled * share(*factors.unsettled_leaving);
    if (!factors.margin)
        return result;
    const auto margin = share(*factors.margin);
    if (result.leaving)
        result.at_risk_minor =
            amount(*result.leaving * static_cast<double>(basis.lifetime_minor) * margin);
    if (factors.made_up_by)
        result.made_up_minor = amount(
            unsettled * static_cast<double>(*factors.made_up_by) *
            static_cast<double>(basis.yearly_minor) * margin
        );
    return result;
}

}  // namespace redress::customers
