#pragma once

#include "base/clock.hpp"
#include "base/described.hpp"
#include "base/ids.hpp"
#include "base/instant.hpp"
#include "base/json.hpp"
#include "base/refusal.hpp"
#include "cases/lifecycle.hpp"
#include "cases/model.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace redress::db {
class Tx;
}  // namespace redress::db
namespace redress::ledger {
class Ledger;
}  // namespace redress::ledger

/// Complaints on their way in. Every channel makes an Inbound of what it got; the same steps make a
/// case of it, whatever the channel.
namespace redress::intake {

using IntakeId = Id<struct IntakeTag>;

/// Who wrote, as far as the channel knows.
struct Sender {
    std::string name;
    std::map<std::string, std::string> contacts;  ///< kind to value, "phone", "email", …
    friend bool operator==(const Sender&, const Sender&) = default;
};

/// One message or form or row as a channel delivers it. All text is UTF-8 but `raw`.
struct Inbound {
    std::string channel{};  ///< the door it came through: "web", "email", "import", …
    /// What the channel knows it by (Message-ID, system and number …); "" when there is no such
    /// thing, and then no two are the same.
    std::string external_id{};
    Sender sender{};
    std::string subject{};
    std::string text{};  ///< the complaint in the complainant's own words
    /// Of stored attachments, as the field `attachments` takes them.
    std::vector<std::string> files{};
    std::string language{};  ///< "zh", "en", or "" to be told by the text
    Instant received_at{};
    std::string raw{};      ///< the bytes as they came
    json::object fields{};  ///< further inputs of the command `receive`; they go before all above
};

/// What to do with an Inbound that the rules refuse, or that comes again with other contents.
enum class Unwanted {
    refuse,  ///< somebody is there to be told: form, API, import
    keep     ///< nobody is: it becomes a case for a human to look at
};

BOOST_DEFINE_ENUM_CLASS(
    Fate,
    filed,        ///< a new case
    duplicate,    ///< it was here before; the case is the one it became then
    conflicting,  ///< the same external id with other contents: a case of its own, flagged
    needs_human   ///< the rules did not take it as it is: a case of its own, flagged
)

struct Outcome {
    CaseId case_id;
    Fate fate{};
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// What the application is given to make the case of.
struct Filing {
    cases::Command command;  ///< "receive", with all that the channel knows as inputs
    const Inbound& inbound;  ///< for finding the customer and linking files
    Instant now;
    bool needs_human{};
    CaseId resembles;  ///< the case that has the same external id, 0 for none
};

/// Decides, stores and appends within the transaction. A refusal must have written nothing.
using Submit = std::function<Result<CaseId>(db::Tx&, const Filing&)>;

/// What the steps need of the application. References outlive it; used on the writer thread.
struct Services {
    const cases::Lifecycle& lifecycle;
    const Clock& clock;
    ledger::Ledger& ledger;
    Submit submit;
};

}  // namespace redress::intake
