#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "http/hub.hpp"
#include "staff/directory.hpp"

#include <map>
#include <vector>

/// Who looks at a case or writes in it now (B5). The table is what all nodes know; whoever does not
/// say again that they are there is gone from it.
namespace redress::desk {

/// Screens say every fifteen seconds that they are there.
inline constexpr Micros presence_lifetime = std::chrono::seconds{40};
/// Of one case, and of the whole house at a time; whoever comes after that is not seen.
inline constexpr std::int64_t most_present_at_case = 20;
inline constexpr std::int64_t most_present = 5'000;

struct Present {
    CaseId case_id;
    StaffId staff;
    bool is_typing{};
    friend bool operator==(const Present&, const Present&) = default;
};

void come(db::Tx& tx, const Present& who, Instant now);
void leave(db::Tx& tx, CaseId id, StaffId staff);
[[nodiscard]] std::vector<Present> list_present_at(db::Tx& tx, CaseId id, Instant now);

/// {"case_id":7,"people":[{"id":12,"name":"…","is_typing":true}]}
[[nodiscard]] std::string
write_presence(CaseId id, const std::vector<Present>& people, const staff::Roster& roster);

/// Tells the streams of this node who came, went, began or stopped to write, on whichever node.
/// Used by one task at a time.
class PresenceFeed {
public:
    PresenceFeed(
        db::Database& database,
        http::Hub& hub,
        staff::Directory& directory,
        const Clock& clock
    )
        : database_{database}, hub_{hub}, directory_{directory}, clock_{clock}
    {}

    /// Nothing is read while nobody listens.
    void publish_changes();
    /// Rows of those who are gone.
    void sweep();

private:
    using ByCase = std::map<CaseId, std::vector<Present>>;
    void tell(CaseId id, const std::vector<Present>& people);

    db::Database& database_;
    http::Hub& hub_;
    staff::Directory& directory_;
    const Clock& clock_;
    ByCase told_;
};

BOOST_DESCRIBE_STRUCT(Present, (), (case_id, staff, is_typing))

}  // namespace redress::desk
