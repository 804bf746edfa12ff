#pragma once

#include "app/door.hpp"
#include "cases/api.hpp"
#include "intake/model.hpp"

namespace redress::app {

/// A complaint that comes over the API: its raw bytes are kept beside the case, the same external
/// id is the same case.
struct Request {
    const cases::FileCase& body;
    std::string_view raw;
    const cases::Actor& actor;
};

[[nodiscard]] Result<Receipt>
file_over_api(Door& door, const Request& request, const AnswerKey& key);

/// A complaint over a channel on which somebody waits for the answer: raw words kept, filed as
/// `how` says. Its command is made here, with the reading that `how` brings along. In a write job.
struct Arrival {
    const intake::Inbound& inbound;
    const cases::Actor& actor;
    Filing how;
};
[[nodiscard]] Result<Receipt> take_in(db::Tx& tx, Door& door, const Arrival& arrival);

/// How intake and imports reach the door.
[[nodiscard]] intake::Services intake_services(Door& door);

}  // namespace redress::app
