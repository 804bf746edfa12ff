#pragma once

#include "base/text.hpp"
#include "cases/model.hpp"
#include "messages/model.hpp"
#include "policy/zone.hpp"

#include <string>

namespace redress::messages {

/// What a case does not know of itself.
struct Surroundings {
    std::string customer_name;
    std::string owner_name;
    std::string owner_contact;
    std::string owner_manager;
    json::object organisation;  ///< name, status_url, review_contact, external_body
    const policy::Zone& zone;   ///< of the times that are told
};

/// The facts a template may name about this case, in the language; what is not known is absent.
/// deadline.<id>.due is the open clock of that id that is due first.
[[nodiscard]] Facts facts_of(const cases::Case& value, const Surroundings& around, Lang lang);

/// A time as one would say it aloud: "2026-11-21 18:30", "2026年11月21日18:30".
[[nodiscard]] std::string told(Instant at, const policy::Zone& zone, Lang lang);

}  // namespace redress::messages
