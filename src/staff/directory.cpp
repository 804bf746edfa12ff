#include "staff/directory.hpp"

#include "staff/store.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace redress::staff {
namespace {

struct Loaded {
    Roster roster;
    std::vector<OpenCases> open_cases;
};

StaffId first_with(const Roster& roster, bool (*is_it)(const Staff&))
{
    const auto found = std::ranges::find_if(roster.people, [is_it](const Staff& person) {
        return person.is_active && is_it(person);
    });
    return found == roster.people.end() ? StaffId{} : found->id;
}

StaffId default_owner_of(const Roster& roster, StaffId chosen)
{
    if (const auto* person = roster.find(chosen); person != nullptr && person->is_active)
        return chosen;
    const auto manager = first_with(roster, [](const Staff& person) {
        return person.has_role(cases::Role::manager);
    });
    return manager ? manager
                   : first_with(roster, [](const Staff& person) { return person.is_admin; });
}

}  // namespace

Directory::Directory(db::Database& database, const Clock& clock, StaffId default_owner)
    : database_{database}, clock_{clock}, default_owner_{default_owner}
{
    reload();
}

std::shared_ptr<const Roster> Directory::roster() const
{
    const std::lock_guard lock{mutex_};
    return roster_;
}

void Directory::reload()
{
    const std::lock_guard turn{reload_mutex_};
    const auto now = clock_.now();
    auto loaded = database_.read([now](db::Tx& tx) {
        return Loaded{load_roster(tx, now), list_open_cases(tx)};
    });
    auto roster = std::make_shared<const Roster>(std::move(loaded.roster));
    const std::lock_guard lock{mutex_};
    roster_ = std::move(roster);
    open_cases_.clear();
    for (const auto& [owner, count] : loaded.open_cases)
        open_cases_.emplace(owner, count);
    loaded_at_ = now;
}

void Directory::keep_fresh()
{
    const bool is_shared = database_.dialect() == db::Dialect::postgres;
    const auto max_age = is_shared ? max_age_shared : max_age_alone;
    {
        const std::lock_guard lock{mutex_};
        if (clock_.now() - loaded_at_ < max_age)
            return;
        // Whoever comes next, while this one loads, is content with the old picture.
        loaded_at_ = clock_.now();
    }
    reload();
}

Routing Directory::choose_owner(const RoutingQuestion& question) const
{
    std::vector<Candidate> candidates;
    std::shared_ptr<const Roster> roster;
    {
        const std::lock_guard lock{mutex_};
        roster = roster_;
        candidates.reserve(roster->people.size());
        for (const auto& person : roster->people) {
            const auto found = open_cases_.find(person.id);
            candidates.push_back({&person, found == open_cases_.end() ? 0 : found->second});
        }
    }
    return staff::choose_owner(
        candidates,
        question,
        *roster,
        default_owner_of(*roster, default_owner_)
    );
}

void Directory::count_case(StaffId owner, std::int64_t change)
{
    const std::lock_guard lock{mutex_};
    auto& count = open_cases_[owner];
    count = std::max(count + change, std::int64_t{0});
}

std::int64_t Directory::open_cases_of(StaffId owner) const
{
    const std::lock_guard lock{mutex_};
    const auto found = open_cases_.find(owner);
    return found == open_cases_.end() ? 0 : found->second;
}

StaffId Directory::default_owner() const
{
    return default_owner_of(*roster(), default_owner_);
}

}  // namespace redress::staff
