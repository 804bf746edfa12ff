#include "search/store.hpp"

#include "base/require.hpp"
#include "search/rules_question.hpp"
#include "search/rules_text.hpp"
#include "search/search_sql.hpp"

namespace redress::search {
namespace {

using Write = db::Command<std::int64_t, std::string_view>;
using HitQuery = db::Query<Hit, std::string_view, std::int64_t, std::int64_t>;

constexpr Write insert_sqlite{"search.insert_entry_sqlite", sql::insert_entry_sqlite};
constexpr Write insert_postgres{"search.insert_entry_postgres", sql::insert_entry_postgres};
constexpr Write delete_sqlite{"search.delete_entry_sqlite", sql::delete_entry_sqlite};
constexpr db::Command<std::int64_t> delete_postgres{
    "search.delete_entry_postgres",
    sql::delete_entry_postgres};
constexpr HitQuery hits_sqlite{"search.list_hits_sqlite", sql::list_hits_sqlite};
constexpr HitQuery hits_postgres{"search.list_hits_postgres", sql::list_hits_postgres};
constexpr db::Query<std::int64_t> last_sqlite{
    "search.find_last_entry_sqlite",
    sql::find_last_entry_sqlite};
constexpr db::Query<std::int64_t> last_postgres{
    "search.find_last_entry_postgres",
    sql::find_last_entry_postgres};

bool is_sqlite(const db::Tx& tx)
{
    return tx.dialect() == db::Dialect::sqlite;
}

/// `ledger::Event` keeps both halves as text.
Entry entry_of(const ledger::Event& stored, const cases::Lifecycle& lifecycle)
{
    cases::Event event;
    event.kind = stored.kind;
    event.payload = parse_json(stored.payload).as_object();
    if (stored.personal && !stored.personal->empty())
        event.personal = parse_json(*stored.personal).as_object();
    return {EventSeq{stored.seq}, texts_of(event, lifecycle)};
}

}  // namespace

void add(db::Tx& tx, const Entry& entry)
{
    const auto tokens = is_sqlite(tx) ? to_token_list(entry.texts) : to_tsvector(entry.texts);
    if (tokens.empty())
        return;
    tx.run(is_sqlite(tx) ? insert_sqlite : insert_postgres, entry.seq.value, tokens);
}

void remove(db::Tx& tx, const Entry& entry)
{
    if (!is_sqlite(tx)) {
        tx.run(delete_postgres, entry.seq.value);
        return;
    }
    if (const auto tokens = to_token_list(entry.texts); !tokens.empty())
        tx.run(delete_sqlite, entry.seq.value, tokens);
}

std::vector<Hit>
list_hits(db::Tx& tx, const Question& question, std::int64_t before, std::int64_t limit)
{
    REQUIRE_THAT(!question.wanted.empty());
    return is_sqlite(tx) ? tx.all(hits_sqlite, to_fts5(question), before, limit)
                         : tx.all(hits_postgres, to_tsquery(question), before, limit);
}

void forget(db::Tx& tx, CaseId id, const cases::Lifecycle& lifecycle)
{
    constexpr std::int64_t page = 200;
    for (std::int64_t version = 0;;) {
        const auto events = ledger::list_of_entity(tx, {"case", id.value}, version, page);
        for (const auto& event : events) {
            remove(tx, entry_of(event, lifecycle));
            version = event.version;
        }
        if (std::ssize(events) < page)
            return;
    }
}

void mark_complete(db::Tx& tx, EventSeq seq)
{
    if (seq.value > last_entry(tx))
        tx.run(
            is_sqlite(tx) ? insert_sqlite : insert_postgres,
            seq.value,
            is_sqlite(tx) ? token_list_of_nothing : tsvector_of_nothing
        );
}

std::int64_t last_entry(db::Tx& tx)
{
    return tx.one(is_sqlite(tx) ? last_sqlite : last_postgres).value_or(0);
}

std::int64_t
catch_up(db::Tx& tx, std::int64_t after, std::int64_t limit, const cases::Lifecycle& lifecycle)
{
    for (const auto& event : ledger::list_after(tx, after, limit)) {
        if (event.stream == "case")
            add(tx, entry_of(event, lifecycle));
        after = event.seq;
    }
    return after;
}

}  // namespace redress::search
