#pragma once

#include "cases/model.hpp"

#include <optional>
#include <string>

namespace redress::cases {

/// What a command did, as clients are told. Also what is remembered under an Idempotency-Key.
struct Receipt {
    CaseId id;
    std::string ref_no;
    std::int64_t version{};
    std::string state;
    StaffId owner;
    std::optional<Instant> next_due_at;
    std::int64_t
        event_seq{};  ///< of the last event; a stream that has seen it has seen this change
};

BOOST_DESCRIBE_STRUCT(Receipt, (), (id, ref_no, version, state, owner, next_due_at, event_seq))

}  // namespace redress::cases
