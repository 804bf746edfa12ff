#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "staff/rules_routing.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace redress::staff {

/// Everybody and every team in memory, so that no request and no new complaint asks the database
/// who there is. Changes made by this node are seen at once, those of another within `max_age`. Any
/// thread.
class Directory {
public:
    /// How old the picture may be: of people with several nodes, of the counts of open cases with
    /// one.
    static constexpr Micros max_age_shared{5'000'000};
    static constexpr Micros max_age_alone{60'000'000};

    /// The schema must be there. `default_owner` 0 is the first active manager, else administrator.
    Directory(db::Database& database, const Clock& clock, StaffId default_owner = {});

    /// The picture as it is now; no I/O.
    [[nodiscard]] std::shared_ptr<const Roster> roster() const;
    /// Loads anew when the picture is too old and nobody else is at it. Throws db::Fault.
    void keep_fresh();
    /// Loads anew; after a change of staff, teams or leave was committed. Throws db::Fault.
    void reload();

    /// The owner for a new complaint; no I/O.
    [[nodiscard]] Routing choose_owner(const RoutingQuestion& question) const;
    /// After a commit by which `owner` got (+1) or lost (-1) an open case.
    void count_case(StaffId owner, std::int64_t change);
    [[nodiscard]] std::int64_t open_cases_of(StaffId owner) const;
    [[nodiscard]] StaffId default_owner() const;

private:
    db::Database& database_;
    const Clock& clock_;
    const StaffId default_owner_;
    std::mutex reload_mutex_;  ///< taken first; a later reload reads later
    mutable std::mutex mutex_;
    std::shared_ptr<const Roster> roster_;
    std::unordered_map<StaffId, std::int64_t> open_cases_;
    Instant loaded_at_;
};

}  // namespace redress::staff
