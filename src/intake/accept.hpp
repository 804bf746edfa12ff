#pragma once

#include "db/tx.hpp"
#include "intake/model.hpp"

namespace redress::intake {

/// Who brings it in, and what becomes of what is not wanted.
struct Terms {
    const cases::Actor& actor;
    Unwanted unwanted{};
};

/// The steps every complaint takes on its way in, within one write: known already? → command →
/// submit → raw bytes kept beside the case. Refused with Unwanted::refuse: what the rules say, and
/// "intake_same_id_other_content" (conflict). A refusal has written nothing.
[[nodiscard]] Result<Outcome>
accept(db::Tx& tx, const Services& services, const Inbound& inbound, const Terms& terms);

}  // namespace redress::intake
