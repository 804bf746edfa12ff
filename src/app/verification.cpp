#include "app/verification.hpp"

#include "db/fault.hpp"

namespace redress::app {
namespace {

struct Ended {};

}  // namespace

Verification::Verification(db::Database& database, const Clock& clock)
    : database_{database}, clock_{clock}
{}

Verification::~Verification() = default;

void Verification::start()
{
    const std::lock_guard lock{mutex_};
    if (state_.is_running)
        return;
    state_ = {};
    state_.is_running = true;
    state_.started_at = clock_.now();
    thread_ = std::jthread{[this](const std::stop_token& ending) { run(ending); }};
}

VerificationState Verification::state() const
{
    const std::lock_guard lock{mutex_};
    return state_;
}

void Verification::run(const std::stop_token& ending)
{
    std::optional<ledger::Verdict> verdict;
    try {
        verdict = ledger::verify(database_, [&](std::int64_t done, std::int64_t of) {
            if (ending.stop_requested())
                throw Ended{};
            const std::lock_guard lock{mutex_};
            state_.done = done;
            state_.of = of;
        });
    } catch (const Ended&) {
        return;
    } catch (const db::Fault&) {
        verdict.reset();
    }
    const std::lock_guard lock{mutex_};
    state_.is_running = false;
    state_.is_broken_off = !verdict;
    state_.finished_at = clock_.now();
    state_.verdict = std::move(verdict);
}

}  // namespace redress::app
