#pragma once

#include "db/tx.hpp"
#include "intake/model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace redress::intake {

/// Whether something with the identity of an Inbound is here already.
struct Known {
    CaseId same;      ///< the case of the very same contents, 0 for none
    CaseId namesake;  ///< the first case of other contents under this id, 0 for none
};

/// What came in, as it came in.
struct Raw {
    IntakeId id;
    std::string channel;
    std::string external_id;
    std::optional<std::string> bytes;  ///< absent once forgotten
    Instant received_at;
    Fate fate{};
};

[[nodiscard]] std::string content_hash(const Inbound& inbound);

[[nodiscard]] Known find_known(db::Tx& tx, const Inbound& inbound);

/// Writes the raw bytes beside the case they became.
void keep_raw(db::Tx& tx, const Services& services, const Inbound& inbound, const Outcome& outcome);

/// Oldest first, at most 100 after `after`.
[[nodiscard]] std::vector<Raw> list_raw(db::Tx& tx, CaseId case_id, IntakeId after);

/// Drops the bytes of an erased case; its identities stay, so that it does not come in again.
std::int64_t forget_raw(db::Tx& tx, CaseId case_id);

}  // namespace redress::intake
