#include "ledger/ledger.hpp"

#include "base/hash.hpp"
#include "base/require.hpp"
#include "ledger/ledger_sql.hpp"

#include <fmt/format.h>

#include <date/date.h>
#include <iterator>
#include <utility>

namespace redress::ledger {
namespace {

constexpr db::Query<Head> lock_head{"ledger.lock_head", sql::lock_head};
constexpr db::Query<Head> select_head{"ledger.find_head", sql::find_head};
constexpr db::Command<std::int64_t, std::int64_t, std::string_view, std::int64_t, std::int64_t>
    store_head{"ledger.store_head", sql::store_head};
constexpr db::Command<
    std::int64_t,
    std::string_view,
    std::int64_t,
    std::int64_t,
    std::string_view,
    Instant,
    Instant,
    std::string_view,
    std::string_view,
    std::optional<std::string>,
    std::optional<std::string>,
    std::string_view,
    std::string_view>
    append_event{"ledger.append_event", sql::append_event};
constexpr db::Query<Event, std::int64_t, std::int64_t> select_after{
    "ledger.list_events_after",
    sql::list_events_after};
constexpr db::Query<Event, std::int64_t, std::string_view, std::int64_t, std::int64_t>
    select_of_entity{"ledger.list_events_of_entity", sql::list_events_of_entity};
constexpr db::Command<std::int64_t, std::string_view> forget_personal{
    "ledger.erase_personal",
    sql::erase_personal};

constexpr std::size_t salt_bytes = 16;
constexpr std::size_t salts_in_pool = 256;

Head required(std::optional<Head> head)
{
    if (!head)
        throw db::Fault{db::FaultKind::corrupt, "the row of ledger_head is gone"};
    return std::move(*head);
}

void add_part(std::string& text, std::string_view part)
{
    fmt::format_to(std::back_inserter(text), "{}:{},", part.size(), part);
}

void add_part(std::string& text, std::int64_t number)
{
    add_part(text, fmt::format_int{number}.str());
}

std::int64_t local_day(Instant now, std::chrono::minutes offset)
{
    using namespace date;
    const auto since_epoch = Micros{now.us} + offset;
    const year_month_day day{sys_days{floor<days>(since_epoch)}};
    return std::int64_t{int{day.year()}} * 10'000 + unsigned{day.month()} * 100 +
           unsigned{day.day()};
}

}  // namespace

std::string chain_hash(std::string_view previous, const Event& event)
{
    std::string said;
    said.reserve(320 + event.payload.size());
    add_part(said, previous);
    add_part(said, event.seq);
    add_part(said, event.stream);
    add_part(said, event.entity);
    add_part(said, event.version);
    add_part(said, event.kind);
    add_part(said, event.at.us);
    add_part(said, event.recorded_at.us);
    add_part(said, event.actor);
    add_part(said, event.payload);
    add_part(said, event.commitment);
    return sha256_hex(said);
}

std::string commitment_of(std::string_view salt, std::string_view personal)
{
    return personal.empty() ? std::string{} : sha256_hex({salt, personal});
}

Ledger::Ledger(std::chrono::minutes reference_offset) : reference_offset_{reference_offset} {}

db::BatchHooks Ledger::hooks()
{
    return {
        .begin = [this](db::Tx& tx) { begin(tx); },
        .mark = [this] { mark_ = head_; },
        .restore = [this] { head_ = mark_; },
        .finish = [this](db::Tx& tx) { finish(tx); },
        .committed = [this] { learn(head_.seq); },
        .rolled_back = {},
    };
}

std::int64_t Ledger::next_id()
{
    return head_.next_id++;
}

std::string Ledger::next_reference(Instant now)
{
    const std::int64_t day = local_day(now, reference_offset_);
    if (day > head_.reference_day) {
        head_.reference_day = day;
        head_.reference_count = 0;
    }
    return fmt::format("{:08}-{:06}", head_.reference_day, ++head_.reference_count);
}

EventSeq Ledger::append(db::Tx& tx, NewEvent event)
{
    REQUIRE_THAT(event.version > 0 && !event.payload.empty());
    const bool is_personal = !event.personal.empty();
    Event stored{
        .seq = head_.seq + 1,
        .stream = std::string{event.stream},
        .entity = event.entity,
        .version = event.version,
        .kind = std::string{event.kind},
        .at = event.at,
        .recorded_at = event.recorded_at,
        .actor = std::move(event.actor),
        .payload = std::move(event.payload),
        .personal = is_personal ? std::optional{std::move(event.personal)} : std::nullopt,
        .salt = is_personal ? std::optional{next_salt()} : std::nullopt,
        .commitment = {},
        .hash = {},
    };
    if (is_personal)
        stored.commitment = commitment_of(*stored.salt, *stored.personal);
    stored.hash = chain_hash(head_.hash, stored);
    tx.run(
        append_event,
        stored.seq,
        stored.stream,
        stored.entity,
        stored.version,
        stored.kind,
        stored.at,
        stored.recorded_at,
        stored.actor,
        stored.payload,
        stored.personal,
        stored.salt,
        stored.commitment,
        stored.hash
    );
    head_.seq = stored.seq;
    head_.hash = std::move(stored.hash);
    return {head_.seq};
}

void Ledger::learn(std::int64_t seq)
{
    std::int64_t known = committed_seq_.load();
    while (known < seq && !committed_seq_.compare_exchange_weak(known, seq)) {
    }
}

void Ledger::begin(db::Tx& tx)
{
    head_ = required(tx.one(lock_head));
    begun_ = head_;
    mark_ = head_;
}

void Ledger::finish(db::Tx& tx)
{
    if (head_ == begun_)
        return;
    tx.run(
        store_head,
        head_.next_id,
        head_.seq,
        head_.hash,
        head_.reference_day,
        head_.reference_count
    );
}

std::string Ledger::next_salt()
{
    if (salt_pool_.empty())
        salt_pool_ = random_hex(salt_bytes * salts_in_pool);
    std::string salt = salt_pool_.substr(salt_pool_.size() - salt_bytes * 2);
    salt_pool_.resize(salt_pool_.size() - salt_bytes * 2);
    return salt;
}

Head find_head(db::Tx& tx)
{
    return required(tx.one(select_head));
}

std::vector<Event> list_after(db::Tx& tx, std::int64_t seq, std::int64_t limit)
{
    return tx.all(select_after, seq, limit);
}

std::vector<Event>
list_of_entity(db::Tx& tx, Subject subject, std::int64_t after_version, std::int64_t limit)
{
    return tx.all(select_of_entity, subject.entity, subject.stream, after_version, limit);
}

std::int64_t erase_personal(db::Tx& tx, Subject subject)
{
    return tx.run(forget_personal, subject.entity, subject.stream);
}

}  // namespace redress::ledger
