#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <string>
#include <vector>

/// What a Case holds several of. Plain values; how they come to be is the rules' business.
namespace redress::cases {

BOOST_DEFINE_ENUM_CLASS(PromiseState, open, kept, renegotiated, broken, made_good, waived)
BOOST_DEFINE_ENUM_CLASS(RemedyState, proposed, approved, rejected, settled, cancelled)

struct Promise {
    std::int64_t number{};
    PromiseState state{};
    Instant made_at;
    Instant due_at;
    Instant ended_at;
    StaffId by;
    bool was_broken{};
    std::int64_t renegotiated{};
    std::string text;  ///< in the words it was given; personal, empty once erased
    friend bool operator==(const Promise&, const Promise&) = default;
};

struct Remedy {
    std::int64_t number{};
    RemedyState state{};
    std::string kind;
    std::int64_t amount_minor{};
    std::string currency;
    bool exceeds_expectation{};
    StaffId proposed_by;
    StaffId approved_by;
    Instant at;
    friend bool operator==(const Remedy&, const Remedy&) = default;
};

struct Letter {
    std::string id;
    std::string use;
    std::string pack;
    Instant sent_at;
    friend bool operator==(const Letter&, const Letter&) = default;
};

struct Handover {
    StaffId from;
    StaffId to;
    Instant at;
    friend bool operator==(const Handover&, const Handover&) = default;
};

struct Override {
    std::string step;
    StaffId by;
    Instant at;
    friend bool operator==(const Override&, const Override&) = default;
};

/// A recorded contact with its moment of truth (D7).
struct Contact {
    Instant at;
    bool reached{};
    std::string moment;
    friend bool operator==(const Contact&, const Contact&) = default;
};

/// A stretch of a text and what stands in it: a feeling or a risk flag. Code points.
struct ReadWords {
    std::string says;
    std::int64_t begin{};
    std::int64_t end{};
    friend bool operator==(const ReadWords&, const ReadWords&) = default;
};

/// What was read in a customer's words (D2).
struct Reading {
    std::string of;       ///< the input that holds the words
    std::string feeling;  ///< as the field `feeling`: the one that leads
    std::int64_t anger{};
    std::int64_t sure{};  ///< of the feeling, in percent
    std::vector<ReadWords> words;
    std::vector<ReadWords> risks;
    friend bool operator==(const Reading&, const Reading&) = default;
};

/// The reading that a case goes by.
struct LastReading {
    std::int64_t version{};  ///< of the case with the event that holds it
    std::string feeling;
    std::int64_t anger{};
    bool is_corrected{};  ///< somebody has said otherwise since
    friend bool operator==(const LastReading&, const LastReading&) = default;
};

struct Link {
    CaseId other;
    std::string kind;
    friend bool operator==(const Link&, const Link&) = default;
};

BOOST_DESCRIBE_STRUCT(
    Promise,
    (),
    (number, state, made_at, due_at, ended_at, by, was_broken, renegotiated, text)
)
BOOST_DESCRIBE_STRUCT(
    Remedy,
    (),
    (number, state, kind, amount_minor, currency, exceeds_expectation, proposed_by, approved_by, at)
)
BOOST_DESCRIBE_STRUCT(Letter, (), (id, use, pack, sent_at))
BOOST_DESCRIBE_STRUCT(Handover, (), (from, to, at))
BOOST_DESCRIBE_STRUCT(Override, (), (step, by, at))
BOOST_DESCRIBE_STRUCT(Contact, (), (at, reached, moment))
BOOST_DESCRIBE_STRUCT(Link, (), (other, kind))
BOOST_DESCRIBE_STRUCT(ReadWords, (), (says, begin, end))
BOOST_DESCRIBE_STRUCT(Reading, (), (of, feeling, anger, sure, words, risks))
BOOST_DESCRIBE_STRUCT(LastReading, (), (version, feeling, anger, is_corrected))

}  // namespace redress::cases
