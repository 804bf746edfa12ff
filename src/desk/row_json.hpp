#pragma once

#include "base/text.hpp"
#include "desk/json_writer.hpp"
#include "desk/queue.hpp"
#include "staff/rules_roster.hpp"

namespace redress::desk {

/// The members of a case in a list; the object is open and stays open.
void write_row(JsonWriter& out, const QueueRow& row, const staff::Roster& roster, Lang lang);

}  // namespace redress::desk
