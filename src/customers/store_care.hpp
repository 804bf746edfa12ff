#pragma once

#include "db/tx.hpp"

#include <boost/describe.hpp>

#include <string>
#include <vector>

/// How a customer fared with the house: feelings, promises, moments of truth (D7, E4).
namespace redress::customers {

/// Of the newest complaints only.
inline constexpr std::int64_t max_cared_for = 100;

struct CarePromises {
    std::int64_t open{};  ///< still to be kept, renegotiated ones among them
    std::int64_t kept{};
    std::int64_t made_good{};  ///< late
    std::int64_t broken{};
    std::int64_t waived{};  ///< the customer did without
};

/// How angry the customer was over one complaint, 0 to 3.
struct CareFeeling {
    CaseId case_id;
    std::string ref_no;
    Instant received_at;
    std::int64_t at_most{};
    std::int64_t now{};
    std::string satisfaction;  ///< as they said at the end, "" when not asked
};

/// A contact and how it went: "positive", "neutral" or "negative".
struct CareMoment {
    CaseId case_id;
    Instant at;
    std::string moment;
};

struct CustomerCare {
    CarePromises promises;
    std::vector<CareFeeling> feelings;  ///< oldest first
    std::vector<CareMoment> moments;    ///< oldest first
};

/// From the complaints under all records of the survivor, without those about the reader.
[[nodiscard]] CustomerCare care_for(db::Tx& tx, CustomerId survivor, StaffId reader);

BOOST_DESCRIBE_STRUCT(CarePromises, (), (open, kept, made_good, broken, waived))
BOOST_DESCRIBE_STRUCT(CareFeeling, (), (case_id, ref_no, received_at, at_most, now, satisfaction))
BOOST_DESCRIBE_STRUCT(CareMoment, (), (case_id, at, moment))
BOOST_DESCRIBE_STRUCT(CustomerCare, (), (promises, feelings, moments))

}  // namespace redress::customers
