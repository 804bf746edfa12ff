#pragma once

#include "staff/model.hpp"

#include <set>
#include <span>

namespace redress::staff {

/// The roles a member of staff or an API key can be given. The others are not jobs: `owner` is true
/// of one case, `customer` and `proxy` stand on the other side, `system` is the program.
[[nodiscard]] std::span<const cases::Role> assignable_roles();
[[nodiscard]] bool is_assignable(cases::Role role);

/// The one table.
[[nodiscard]] Permissions permissions_of(cases::Role role);
/// What administrators may do. It holds nothing about cases and customers: who runs the program
/// need not read complaints.
[[nodiscard]] Permissions permissions_of_admin();
/// Everything the roles give together, and what everybody with an account has; nothing for somebody
/// who is not active.
[[nodiscard]] Permissions permissions_of(const Staff& person);
/// For an API key: without an account of its own.
[[nodiscard]] Permissions permissions_of_key(std::span<const cases::Role> roles);

/// What decides who may see a case.
struct CaseFacts {
    StaffId owner;
    StaffId subject_staff;  ///< whom the complaint is about; 0: nobody
    bool is_referred{};     ///< with an outside body
};

/// Whether the case exists for the caller. Nobody sees a complaint about themselves (回避),
/// whatever their role; an outside body sees what was referred to it. No means "not found", never
/// "forbidden".
[[nodiscard]] bool may_see(const CaseFacts& facts, const Caller& caller);

/// Whether its sensitive fields do too: the owner, and roles with `sensitive_read`.
[[nodiscard]] bool may_see_sensitive(const CaseFacts& facts, const Caller& caller);

/// For Middleware::authorise. `permission` is Route::permission: "" lets everybody in; a word that
/// is no permission is a bug.
[[nodiscard]] Result<void> authorise(const Caller& caller, std::string_view permission);

}  // namespace redress::staff
