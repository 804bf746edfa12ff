#pragma once

#include "base/clock.hpp"
#include "base/text.hpp"
#include "policy/library.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace redress::operations {

enum class Health { good, warning, bad };

/// What one check found. The text is the catalogue key "doctor.<check>.<good|warning|bad>", which
/// says what to do when it is not good.
struct Finding {
    std::string check;
    Health health{};
    std::vector<std::pair<std::string, std::string>> params;
    friend bool operator==(const Finding&, const Finding&) = default;
};

[[nodiscard]] std::string to_text(const Finding& finding, Lang lang);
/// 0 all is good, 1 something will go wrong, 2 something is wrong.
[[nodiscard]] int exit_code(const std::vector<Finding>& findings);

struct DoctorOrder {
    std::string url;               ///< of the database, as Options::url
    std::filesystem::path folder;  ///< that holds data and stored files
    const Clock& clock;
    const policy::Library::Loaded& policies;
    Lang lang{};  ///< of what is quoted from policies
};

/// Looks at everything a healthy program needs; changes nothing but a file it takes away again.
/// The database is left out when another process has it open. Throws nothing: what cannot be
/// looked at is a finding.
[[nodiscard]] std::vector<Finding> examine(const DoctorOrder& order);

// The checks one by one, in the order of `examine`.
[[nodiscard]] Finding check_disk(const std::filesystem::path& folder);
[[nodiscard]] Finding check_sync(const std::filesystem::path& folder);
[[nodiscard]] Finding check_permissions(const std::filesystem::path& folder);
[[nodiscard]] Finding check_clock(Instant now, Instant last_recorded);
[[nodiscard]] Finding check_time_zones(const std::string& zone);
[[nodiscard]] std::vector<Finding> check_policies(const DoctorOrder& order);
[[nodiscard]] std::vector<Finding> check_database(const DoctorOrder& order);

}  // namespace redress::operations
