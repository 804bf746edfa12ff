#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "ledger/ledger.hpp"
#include "staff/directory.hpp"
#include "staff/keys.hpp"
#include "staff/passwords.hpp"
#include "staff/sessions.hpp"
#include "staff/throttle.hpp"

#include <functional>

namespace redress::staff {

struct Settings {
    StaffId default_owner{};  ///< 0: see Directory
    bool
        is_behind_tls{};  ///< a proxy speaks TLS for us: cookies are Secure though requests are not
    /// Called after somebody's sessions ended or rights changed, so that their streams end too. Any
    /// thread; must not block.
    std::function<void(StaffId)> on_rights_changed;
};

/// What the staff slice works with; one per program, made when the schema is there. Any thread.
struct Services {
    Services(db::Database& db, ledger::Ledger& chain, const Clock& time, Settings chosen = {})
        : database{db},
          ledger{chain},
          clock{time},
          settings{std::move(chosen)},
          directory{db, time, settings.default_owner},
          sessions{db, time},
          keys{db, time}
    {}

    db::Database& database;
    ledger::Ledger& ledger;
    const Clock& clock;
    Settings settings;
    Directory directory;
    Sessions sessions;
    Keys keys;
    Passwords passwords;
    Throttle throttle;
};

}  // namespace redress::staff
