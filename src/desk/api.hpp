#pragma once

#include "base/clock.hpp"
#include "cases/rules.hpp"
#include "db/database.hpp"
#include "desk/experience.hpp"
#include "http/hub.hpp"
#include "http/route.hpp"
#include "language/emotion.hpp"
#include "ledger/ledger.hpp"
#include "staff/directory.hpp"

#include <functional>

namespace redress::desk {

/// References outlive the routes. The actor of a call is a staff::Caller.
struct Services {
    db::Database& database;
    const Clock& clock;
    const policy::Library& policies;
    staff::Directory& directory;
    http::Hub& hub;
    std::function<cases::Context(Instant)> context;
    Learner& learner;
    const language::EmotionReader& emotions;
};

/// Queue, case, story, deadlines, commands, lifecycle, policies, audit and the event stream:
/// everything that is only read.
[[nodiscard]] http::RouteTable routes(const Services& services);

/// An event of the ledger as streams tell it: what changed, never what it says.
[[nodiscard]] http::Published published(const ledger::Event& event);

}  // namespace redress::desk
