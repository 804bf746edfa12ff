#include "intake/raw.hpp"

#include "base/base64.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "db/fault.hpp"
#include "intake/intake_sql.hpp"
#include "ledger/ledger.hpp"

#include <fmt/format.h>

namespace redress::intake {
namespace {

constexpr std::int64_t page_size = 100;

struct KnownRow {
    std::string content_hash;
    CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(KnownRow, (), (content_hash, case_id))

struct RawRow {
    IntakeId id;
    std::string channel;
    std::string external_id;
    std::string raw;
    std::string raw_form;
    Instant received_at;
    std::string status;
};
BOOST_DESCRIBE_STRUCT(RawRow, (), (id, channel, external_id, raw, raw_form, received_at, status))

constexpr db::Query<KnownRow, std::string_view, std::string_view> find_by_identity{
    "intake.find_by_identity",
    sql::find_by_identity};
constexpr db::Command<
    IntakeId,
    std::string_view,
    std::string_view,
    std::string_view,
    std::string_view,
    std::string_view,
    Instant,
    Instant,
    std::string_view,
    CaseId>
    insert_raw{"intake.keep_raw", sql::keep_raw};
constexpr db::Query<RawRow, CaseId, IntakeId, std::int64_t> list_raw_of_case{
    "intake.list_raw_of_case",
    sql::list_raw_of_case};
constexpr db::Command<CaseId> forget_of_case{"intake.forget_raw", sql::forget_raw};

/// A column of text holds neither NUL nor what is not UTF-8.
bool is_text(std::string_view bytes)
{
    return bytes.find('\0') == std::string_view::npos && is_valid_utf8(bytes);
}

std::string unpacked(const RawRow& row)
{
    auto bytes = from_base64(row.raw);
    if (!bytes)
        throw db::Fault{
            db::FaultKind::corrupt,
            fmt::format("raw message {} is damaged", row.id.value)};
    return *std::move(bytes);
}

}  // namespace

std::string content_hash(const Inbound& inbound)
{
    return sha256_hex(inbound.raw);
}

Known find_known(db::Tx& tx, const Inbound& inbound)
{
    Known known;
    if (inbound.external_id.empty())
        return known;
    const std::string hash = content_hash(inbound);
    for (const auto& row : tx.all(find_by_identity, inbound.channel, inbound.external_id)) {
        if (row.content_hash == hash)
            known.same = row.case_id;
        else if (!known.namesake)
            known.namesake = row.case_id;
    }
    return known;
}

void keep_raw(db::Tx& tx, const Services& services, const Inbound& inbound, const Outcome& outcome)
{
    const IntakeId id{services.ledger.next_id()};
    const bool is_plain = is_text(inbound.raw);
    tx.run(
        insert_raw,
        id,
        inbound.channel,
        inbound.external_id.empty() ? fmt::format("own:{}", id.value) : inbound.external_id,
        content_hash(inbound),
        is_plain ? inbound.raw : to_base64(inbound.raw),
        is_plain ? "text" : "base64",
        inbound.received_at,
        services.clock.now(),
        name_of(outcome.fate),
        outcome.case_id
    );
}

std::vector<Raw> list_raw(db::Tx& tx, CaseId case_id, IntakeId after)
{
    std::vector<Raw> list;
    for (auto& row : tx.all(list_raw_of_case, case_id, after, page_size)) {
        Raw raw{
            .id = row.id,
            .channel = std::move(row.channel),
            .external_id = std::move(row.external_id),
            .bytes = {},
            .received_at = row.received_at,
            .fate = named<Fate>(row.status).value_or(Fate::filed),
        };
        if (row.raw_form != "forgotten")
            raw.bytes = row.raw_form == "text" ? std::move(row.raw) : unpacked(row);
        list.push_back(std::move(raw));
    }
    return list;
}

std::int64_t forget_raw(db::Tx& tx, CaseId case_id)
{
    return tx.run(forget_of_case, case_id);
}

}  // namespace redress::intake
