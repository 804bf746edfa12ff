#pragma once

#include "base/json.hpp"
#include "db/tx.hpp"
#include "ledger/ledger.hpp"
#include "staff/services.hpp"

#include <string>
#include <string_view>

namespace redress::staff {

/// A change as its event tells it: what everybody may read, and what is personal.
struct Entry {
    std::string kind;  ///< "" when nothing changed
    json::object payload;
    json::object personal;
};

/// Whose history, and by whom.
struct About {
    std::string_view stream;
    std::int64_t entity{};
    std::int64_t version{};
    std::string by;
};

/// What differs between two documents, new values by name (null where a value went back to its
/// default), names, login and e-mail of a person apart. `id` and `version` say nothing.
[[nodiscard]] Entry
difference(std::string kind, const json::object& before, const json::object& after);

/// Appends the entry to the chain at the time of the clock.
void record(Services& services, db::Tx& tx, const About& about, const Entry& entry);

}  // namespace redress::staff
