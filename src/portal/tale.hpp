#pragma once

#include "base/described.hpp"
#include "base/instant.hpp"
#include "base/text.hpp"
#include "staff/rules_roster.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The conversation as the customer may see it.
namespace redress::portal {

/// An event that may be told. `payload` and `personal` are the stored JSON texts.
struct TaleRow {
    std::int64_t version{};
    std::string kind;
    Instant at;
    std::string actor;
    std::string payload;
    std::optional<std::string> personal;  ///< absent once it was erased
};
BOOST_DESCRIBE_STRUCT(TaleRow, (), (version, kind, at, actor, payload, personal))

enum class Voice { customer, house };

/// One thing that was said, by whom and when.
struct Entry {
    std::int64_t version{};
    Voice voice{};
    Instant at;
    std::string author;  ///< as customers are told; "" for the customer and for the program
    std::string kind;    ///< of the event
    std::string text;
    std::vector<std::string> questions;
    std::optional<Instant> until;  ///< a promise is due, an answer is wanted
    std::vector<std::string> attachments;
};

/// What the event says to the customer, and nothing else of it.
[[nodiscard]] Entry to_entry(const TaleRow& row, const staff::Roster& roster);

}  // namespace redress::portal
