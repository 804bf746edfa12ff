#include "cases/rules_replay.hpp"

#include "cases/rules_draft.hpp"

#include <span>

namespace redress::cases {
namespace {

void follow(std::vector<policy::Clock>& clocks, const std::vector<policy::ClockChange>& changes)
{
    for (const auto& change : changes)
        clocks = policy::applied(std::move(clocks), change);
}

}  // namespace

std::vector<policy::Clock> replayed(const Case& value, const policy::Pack& pack, Instant now)
{
    const auto facts = facts_for_when(value, {});
    const std::span history{value.history};
    std::vector<policy::Clock> clocks;
    for (std::size_t done = 1; done <= history.size(); ++done) {
        const auto at = history[done - 1].recorded_at;
        follow(clocks, policy::tick(clocks, pack, at));
        follow(clocks, policy::react(clocks, pack, {history.first(done), 1, facts, at}));
    }
    follow(clocks, policy::tick(clocks, pack, now));
    return clocks;
}

}  // namespace redress::cases
