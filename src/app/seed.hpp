#pragma once

#include "app/program.hpp"
#include "base/clock.hpp"

#include <functional>
#include <string>
#include <vector>

namespace redress::app {

/// Somebody to sign in as.
struct SignInHint {
    std::string login;
    std::string password;
    std::string display_name;
    std::string jobs;
};

/// Whether nobody and nothing is in the store yet.
[[nodiscard]] bool is_empty(Program& program);

/// Fills an empty store with the demonstration (demo/): staff, teams, templates, forty Chinese
/// cases step by step at their own times, and a sample of the CFPB's complaints. Everything goes
/// through the same door as real work; `clock`, the program's, is moved from step to step and ends
/// at `now`. Throws std::runtime_error naming the step that the rules refuse.
void seed_demonstration(
    Program& program,
    VirtualClock& clock,
    Instant now,
    const std::function<void(std::string_view)>& progress
);

/// One account for each job, as demo/staff.toml has them.
[[nodiscard]] std::vector<SignInHint> demonstration_accounts();

/// What letters say about the demonstration's house.
[[nodiscard]] json::object demonstration_organisation();

}  // namespace redress::app
