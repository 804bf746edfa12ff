#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Finding what was written: an index over the texts of all events of cases, and the questions that
/// people type.
namespace redress::search {

/// Tokens that stand side by side.
struct Phrase {
    std::vector<std::string> tokens;  ///< folded; letters, digits, marks, Han and `_` only
    bool is_prefix{};                 ///< the last token may go on
    friend bool operator==(const Phrase&, const Phrase&) = default;
};

/// What somebody looks for: every wanted phrase in one entry of a story, no unwanted one, in a case
/// that passes the filters. Without wanted phrases only the filters count.
struct Question {
    std::vector<Phrase> wanted;
    std::vector<Phrase> unwanted;
    std::vector<std::u32string> marks;  ///< folded; what an excerpt shows as found

    bool is_mine{};
    std::string owner;  ///< login, "" for anybody
    std::optional<bool> is_open;
    std::string state;
    std::string channel;
    std::string kind;
    std::optional<Micros> due_within;  ///< zero: overdue
    std::int64_t least_anger{};
};

/// The texts of one event, ready for the index.
struct Entry {
    EventSeq seq;
    std::vector<std::string> texts;
};

struct Hit {
    std::int64_t seq{};
    CaseId entity;
};
BOOST_DESCRIBE_STRUCT(Hit, (), (seq, entity))

}  // namespace redress::search
