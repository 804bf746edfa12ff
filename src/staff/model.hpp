#pragma once

#include "base/described.hpp"
#include "base/ids.hpp"
#include "base/instant.hpp"
#include "base/text.hpp"
#include "cases/model.hpp"

#include <cstdint>
#include <initializer_list>
#include <set>
#include <string>
#include <vector>

/// People, teams and what they may do: the page to read first.
namespace redress::staff {

using KeyId = Id<struct KeyTag>;
using LeaveId = Id<struct LeaveTag>;

/// What a route may ask for; rules_permissions.cpp holds the one table of roles against these.
/// `own_account` is all that is left to somebody who has to choose a new password first.
BOOST_DEFINE_ENUM_CLASS(
    Permission,
    own_account,
    case_read,
    case_write,
    case_export,
    sensitive_read,
    customer_read,
    customer_write,
    customer_erase,
    staff_read,
    staff_admin,
    leave_admin,
    policy_read,
    policy_admin,
    import_run,
    audit_read,
    key_admin,
    template_read,
    template_write,
    notification_read,
    metrics_read
)

/// A set of permissions; a plain value.
class Permissions {
public:
    constexpr Permissions() = default;
    constexpr Permissions(std::initializer_list<Permission> list)
    {
        for (const auto each : list)
            bits_ |= bit(each);
    }
    [[nodiscard]] constexpr bool has(Permission each) const { return (bits_ & bit(each)) != 0; }
    [[nodiscard]] constexpr bool is_empty() const { return bits_ == 0; }
    constexpr Permissions& operator|=(Permissions other)
    {
        bits_ |= other.bits_;
        return *this;
    }
    friend constexpr bool operator==(Permissions, Permissions) = default;

private:
    static constexpr std::uint32_t bit(Permission each)
    {
        return std::uint32_t{1} << static_cast<unsigned>(each);
    }
    std::uint32_t bits_{};
};

BOOST_DEFINE_ENUM_CLASS(Weekday, mon, tue, wed, thu, fri, sat, sun)

/// Minutes since local midnight. `to_minute` up to 1440; not after `from_minute` means the shift
/// ends on the next day.
struct Shift {
    std::vector<Weekday> days;
    std::int64_t from_minute{};
    std::int64_t to_minute{};
    friend bool operator==(const Shift&, const Shift&) = default;
};

/// When somebody works, on the wall clock of an IANA zone; without shifts: always.
struct Hours {
    std::string tz;
    std::vector<Shift> shifts;
    friend bool operator==(const Hours&, const Hours&) = default;
};

/// A member of staff. Never deleted, because the ledger speaks of them; `is_active` ends their
/// work.
struct Staff {
    StaffId id;
    std::int64_t version{};  ///< number of events so far
    std::string login;       ///< lower case, unique for ever
    std::string display_name;
    std::string email;
    std::vector<cases::Role> roles;  ///< of the job, ascending, without repetition
    bool is_admin{};
    TeamId team;
    std::int64_t limit_minor{};  ///< redress they may grant, minor units of `currency`
    std::string currency;
    std::vector<std::string> languages;   ///< they can answer in: "zh", "en"
    std::vector<std::string> categories;  ///< they know; empty: a generalist
    std::string interface_language;       ///< "zh", "en" or "" for what the browser asks
    Hours hours;
    bool is_active{};
    bool must_change_password{};

    [[nodiscard]] bool has_role(cases::Role role) const;
    friend bool operator==(const Staff&, const Staff&) = default;
};

/// A team or department; teams form a forest.
struct Team {
    TeamId id;
    std::int64_t version{};
    std::string name_en;
    std::string name_zh;
    TeamId parent;
    StaffId lead;
    std::vector<std::string> categories;  ///< complaints that go to this team
    bool is_department{};                 ///< may be complained about, and complain, as a whole
    bool is_active{};

    [[nodiscard]] Text name() const { return {name_en, name_zh}; }
    friend bool operator==(const Team&, const Team&) = default;
};

/// Away from `from` until just before `to`.
struct Leave {
    LeaveId id;
    StaffId staff;
    Instant from;
    Instant to;
    std::string reason;
    friend bool operator==(const Leave&, const Leave&) = default;
};

/// Who sent a request: what Middleware::authenticate puts into Call::actor. Without credentials
/// everything is empty.
struct Caller {
    cases::Actor actor;
    Permissions permissions;
    bool is_admin{};
    bool must_change_password{};
    KeyId key;
    std::string session;  ///< SHA-256 of the session's token; "" without a session
    std::string interface_language;

    [[nodiscard]] bool is_known() const { return !actor.name.empty(); }
};

/// The name under which the ledger and Actor::name know somebody.
[[nodiscard]] std::string actor_name(StaffId id);
[[nodiscard]] std::string actor_name(KeyId id);

/// A person as the case rules see them.
[[nodiscard]] cases::Actor to_actor(const Staff& person);

BOOST_DESCRIBE_STRUCT(Shift, (), (days, from_minute, to_minute))
BOOST_DESCRIBE_STRUCT(Hours, (), (tz, shifts))
BOOST_DESCRIBE_STRUCT(
    Staff,
    (),
    (id,
     version,
     login,
     display_name,
     email,
     roles,
     is_admin,
     team,
     limit_minor,
     currency,
     languages,
     categories,
     interface_language,
     hours,
     is_active,
     must_change_password)
)
BOOST_DESCRIBE_STRUCT(
    Team,
    (),
    (id, version, name_en, name_zh, parent, lead, categories, is_department, is_active)
)
BOOST_DESCRIBE_STRUCT(Leave, (), (id, staff, from, to, reason))

}  // namespace redress::staff
