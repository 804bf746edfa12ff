#pragma once

#include "base/described.hpp"
#include "base/ids.hpp"
#include "base/instant.hpp"
#include "base/json.hpp"
#include "customers/model_value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Who complains: contacts, value, consents, and which records are one and the same person. A
/// Customer is nothing but its Events applied in order; names, contacts and notes travel in their
/// `personal` part only.
namespace redress::customers {

/// phone, email, wechat and account say who somebody is; an address or other hint may be shared and
/// never does.
BOOST_DEFINE_ENUM_CLASS(ContactKind, phone, email, wechat, account, address, other)

BOOST_DEFINE_ENUM_CLASS(Tier, standard, important, major)

/// How the customer stands to the house after the last complaint (source document 000).
BOOST_DEFINE_ENUM_CLASS(Relation, unknown, more_loyal, routine, watching, lost)

/// What somebody may agree to or forbid.
BOOST_DEFINE_ENUM_CLASS(Purpose, contact, survey, recording, sharing, marketing)

struct Contact {
    ContactKind kind{};
    std::string value;  ///< as normal_contact (rules.hpp) makes it
    std::string label;
    friend bool operator==(const Contact&, const Contact&) = default;
};

struct Consent {
    Purpose purpose{};
    bool is_given{};
    Instant at;
    friend bool operator==(const Consent&, const Consent&) = default;
};

struct Profile {
    std::string name;
    Tier tier{};
    bool is_internal{};      ///< a department of the own house (customer chain)
    std::string department;  ///< of an internal customer
    std::string language;    ///< "zh", "en" or "" when unknown
    std::vector<Contact> contacts;
    std::vector<Consent> consents;
    Worksheet worksheet;
    CostSheet cost;
    std::string notes;
    Relation relation{};
    friend bool operator==(const Profile&, const Profile&) = default;
};

/// The members that are to change; lists are replaced as a whole.
struct ProfileChange {
    std::optional<std::string> name;
    std::optional<Tier> tier;
    std::optional<bool> is_internal;
    std::optional<std::string> department;
    std::optional<std::string> language;
    std::optional<std::vector<Contact>> contacts;
    std::optional<std::vector<Consent>> consents;
    std::optional<Worksheet> worksheet;
    std::optional<CostSheet> cost;
    std::optional<std::string> notes;
    std::optional<Relation> relation;
    friend bool operator==(const ProfileChange&, const ProfileChange&) = default;
};

/// Another record that turned out to be the same person, with the contacts that came along.
struct Absorbed {
    CustomerId customer;
    std::vector<Contact> contacts;
    friend bool operator==(const Absorbed&, const Absorbed&) = default;
};

struct Customer {
    CustomerId id;
    std::int64_t version{};  ///< number of events so far; 0: there is none yet
    Profile profile;
    CustomerId merged_into;  ///< 0 unless this record was found to be that customer
    std::vector<Absorbed> absorbed;
    bool is_erased{};  ///< nothing personal is left, and nothing is recorded any more
    Instant created_at;
    Instant updated_at;
    friend bool operator==(const Customer&, const Customer&) = default;
};

struct Create {
    Profile profile;
};
struct Update {
    ProfileChange change;
};
/// What a new complaint tells about somebody known: contacts that were missing, a name where there
/// was none.
struct Learn {
    std::string name;
    std::vector<Contact> contacts;
};
/// This record is the other customer; the other one gets Absorb.
struct MergeInto {};
struct Absorb {};
/// Undoes MergeInto; the other customer gets Release.
struct SplitOff {};
struct Release {};
/// The other customer may be the same person, or is certainly not.
struct NotePossibleDuplicate {};
struct TellApart {};
/// Forgets everything about the person, merged record or not.
struct Erase {};

using Command = std::variant<
    Create,
    Update,
    Learn,
    MergeInto,
    Absorb,
    SplitOff,
    Release,
    NotePossibleDuplicate,
    TellApart,
    Erase>;

BOOST_DEFINE_ENUM_CLASS(
    EventKind,
    customer_created,
    customer_updated,
    customer_learned,
    customer_merged,
    customer_absorbed,
    customer_split_off,
    customer_released,
    possible_duplicate_noted,
    customers_told_apart,
    customer_erased
)

struct Event {
    EventKind kind{};
    Instant at;
    json::object payload;
    json::object personal;
};

BOOST_DESCRIBE_STRUCT(Contact, (), (kind, value, label))
BOOST_DESCRIBE_STRUCT(Consent, (), (purpose, is_given, at))
BOOST_DESCRIBE_STRUCT(
    Profile,
    (),
    (name,
     tier,
     is_internal,
     department,
     language,
     contacts,
     consents,
     worksheet,
     cost,
     notes,
     relation)
)
BOOST_DESCRIBE_STRUCT(
    ProfileChange,
    (),
    (name,
     tier,
     is_internal,
     department,
     language,
     contacts,
     consents,
     worksheet,
     cost,
     notes,
     relation)
)
BOOST_DESCRIBE_STRUCT(Absorbed, (), (customer, contacts))
BOOST_DESCRIBE_STRUCT(
    Customer,
    (),
    (id, version, profile, merged_into, absorbed, is_erased, created_at, updated_at)
)

}  // namespace redress::customers
