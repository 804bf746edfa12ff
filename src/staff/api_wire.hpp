#pragma once

#include "base/refusal.hpp"
#include "http/wire_state.hpp"
#include "staff/changes.hpp"

#include <boost/describe.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

/// What the routes of staff and teams take and give.
namespace redress::staff {

/// "HH:MM" on the wall clock; an end that is not after the beginning is on the next day.
struct ShiftForm {
    static constexpr auto wire_limits =
        std::to_array<http::Limit>({{"days", 1, 7}, {"from", 5, 5}, {"to", 5, 5}});
    std::vector<Weekday> days;
    std::string from;
    std::string to;
};

struct HoursForm {
    static constexpr auto wire_limits =
        std::to_array<http::Limit>({{"tz", 0, 64}, {"shifts", 0, 21}});
    std::string tz;
    std::vector<ShiftForm> shifts;
};

/// What is absent stays as it is.
struct StaffForm {
    static constexpr auto wire_limits = std::to_array<http::Limit>(
        {{"display_name", 1, 100},
         {"email", 0, 254},
         {"roles", 0, 20},
         {"currency", 0, 3},
         {"languages", 0, 2},
         {"categories", 0, 100},
         {"interface_language", 0, 2}}
    );
    std::optional<std::string> display_name;
    std::optional<std::string> email;
    std::optional<std::vector<cases::Role>> roles;
    std::optional<bool> is_admin;
    std::optional<TeamId> team;  ///< 0: none
    std::optional<std::int64_t> limit_minor;
    std::optional<std::string> currency;
    std::optional<std::vector<std::string>> languages;
    std::optional<std::vector<std::string>> categories;
    std::optional<std::string> interface_language;
    std::optional<HoursForm> hours;
};

struct NewStaffForm : StaffForm {
    std::string login;
    std::optional<std::string> password;  ///< one-time
};

struct StaffView {
    StaffId id;
    std::int64_t version{};
    std::optional<std::string> login;  ///< for administrators and oneself, as is the e-mail address
    std::string display_name;
    std::optional<std::string> email;
    std::vector<cases::Role> roles;
    bool is_admin{};
    std::optional<TeamId> team;
    std::int64_t limit_minor{};
    std::string currency;
    std::vector<std::string> languages;
    std::vector<std::string> categories;
    HoursForm hours;
    bool is_active{};
    bool is_away{};  ///< on leave now
    std::int64_t open_cases{};
};

struct StaffList {
    std::vector<StaffView> items;
    std::optional<std::string> next_cursor;
};

struct TeamForm {
    static constexpr auto wire_limits = std::to_array<http::Limit>({{"categories", 0, 100}});
    std::optional<Text> name;
    std::optional<TeamId> parent;  ///< 0: none
    std::optional<StaffId> lead;   ///< 0: nobody
    std::optional<std::vector<std::string>> categories;
    std::optional<bool> is_department;
    std::optional<bool> is_active;
};

struct TeamView {
    TeamId id;
    std::int64_t version{};
    Text name;
    std::optional<TeamId> parent;
    std::optional<StaffId> lead;
    std::vector<std::string> categories;
    bool is_department{};
    bool is_active{};
};

struct TeamList {
    std::vector<TeamView> items;
    std::optional<std::string> next_cursor;
};

[[nodiscard]] Result<StaffPatch> patch_of(const StaffForm& form);
[[nodiscard]] TeamPatch patch_of(const TeamForm& form);

/// Whether the reader is told login and e-mail address too.
enum class Detail { work, whole };
[[nodiscard]] StaffView view_of(const Staff& person, Detail detail);
[[nodiscard]] TeamView view_of(const Team& team);

BOOST_DESCRIBE_STRUCT(ShiftForm, (), (days, from, to))
BOOST_DESCRIBE_STRUCT(HoursForm, (), (tz, shifts))
BOOST_DESCRIBE_STRUCT(
    StaffForm,
    (),
    (display_name,
     email,
     roles,
     is_admin,
     team,
     limit_minor,
     currency,
     languages,
     categories,
     interface_language,
     hours)
)
BOOST_DESCRIBE_STRUCT(NewStaffForm, (StaffForm), (login, password))
BOOST_DESCRIBE_STRUCT(
    StaffView,
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
     hours,
     is_active,
     is_away,
     open_cases)
)
BOOST_DESCRIBE_STRUCT(StaffList, (), (items, next_cursor))
BOOST_DESCRIBE_STRUCT(TeamForm, (), (name, parent, lead, categories, is_department, is_active))
BOOST_DESCRIBE_STRUCT(
    TeamView,
    (),
    (id, version, name, parent, lead, categories, is_department, is_active)
)
BOOST_DESCRIBE_STRUCT(TeamList, (), (items, next_cursor))

}  // namespace redress::staff
