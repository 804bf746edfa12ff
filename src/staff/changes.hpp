#pragma once

#include "staff/rules_staff.hpp"
#include "staff/services.hpp"

#include <optional>
#include <string>
#include <vector>

/// Every change of people, teams, leave and keys: checked, written with its event in one
/// transaction, then seen by the directory. Whether the caller may is asked before, by the route.
namespace redress::staff {

struct NewStaff {
    std::string login;
    /// One-time: must be changed at the first sign-in. Without it nobody can sign in yet.
    std::optional<std::string> password;
    StaffPatch patch;
};

[[nodiscard]] Result<Staff>
create_staff(Services& services, const Caller& by, const NewStaff& wish);

template <class IdType, class Patch>
struct Edit {
    IdType id;
    std::optional<std::int64_t> version;  ///< what the caller looked at; unset: whatever it is
    Patch patch;
};

/// The last active administrator stays one. Somebody who is disabled loses every session at once.
[[nodiscard]] Result<Staff>
change_staff(Services& services, const Caller& by, const Edit<StaffId, StaffPatch>& edit);

/// Sets a one-time password and ends every session of that person.
[[nodiscard]] Result<void>
reset_password(Services& services, const Caller& by, StaffId id, std::string_view password);

[[nodiscard]] Result<Team> create_team(Services& services, const Caller& by, const TeamPatch& wish);
[[nodiscard]] Result<Team>
change_team(Services& services, const Caller& by, const Edit<TeamId, TeamPatch>& edit);

/// `wish.id` is given by the ledger.
[[nodiscard]] Result<Leave> add_leave(Services& services, const Caller& by, Leave wish);
[[nodiscard]] Result<void>
remove_leave(Services& services, const Caller& by, StaffId staff, LeaveId id);

struct NewKey {
    std::string name;
    std::vector<cases::Role> roles;
    std::optional<Instant> expires_at;
};
struct MadeKey {
    ApiKey key;
    std::string token;  ///< told once and never again
};
/// Only a person can make a key.
[[nodiscard]] Result<MadeKey> create_key(Services& services, const Caller& by, const NewKey& wish);
/// Revoking a key again changes nothing.
[[nodiscard]] Result<void> revoke_key(Services& services, const Caller& by, KeyId id);

struct NewAdmin {
    std::string login;
    std::string display_name;
    std::string password;
};
/// An administrator who can handle and lead complaints too, so that an installation with one person
/// has an owner for every case. For the command line.
[[nodiscard]] Result<Staff> create_admin(Services& services, const NewAdmin& wish);

}  // namespace redress::staff
