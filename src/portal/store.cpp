#include "portal/store.hpp"

#include "base/hash.hpp"
#include "base/require.hpp"
#include "portal/portal_sql.hpp"

namespace redress::portal {
namespace {

constexpr std::size_t secret_bytes = 32;

using Text = std::string_view;

constexpr db::Command<Text, CaseId, Instant> insert_link_row{
    "portal.insert_link",
    sql::insert_link};
constexpr db::Query<CaseId, Text> find_link_row{"portal.find_link", sql::find_link};
constexpr db::Command<CaseId> delete_links{
    "portal.delete_links_of_case",
    sql::delete_links_of_case};
constexpr db::Command<Text> insert_key{"portal.insert_key", sql::insert_key};
constexpr db::Query<std::string> find_key{"portal.find_key", sql::find_key};
constexpr db::Query<TaleRow, CaseId, std::int64_t, std::int64_t> list_told_rows{
    "portal.list_told",
    sql::list_told};

}  // namespace

std::string find_or_create_secret(db::Tx& tx)
{
    tx.run(insert_key, random_hex(secret_bytes));
    auto secret = tx.one(find_key);
    REQUIRE_THAT(secret.has_value());
    return *std::move(secret);
}

void insert_link(db::Tx& tx, std::string_view token_hash, CaseId id, Instant now)
{
    tx.run(insert_link_row, token_hash, id, now);
}

std::optional<CaseId> find_link(db::Tx& tx, std::string_view token_hash)
{
    return tx.one(find_link_row, token_hash);
}

void forget_links(db::Tx& tx, CaseId id)
{
    tx.run(delete_links, id);
}

std::vector<TaleRow> list_told(db::Tx& tx, CaseId id, std::int64_t before, std::int64_t limit)
{
    return tx.all(list_told_rows, id, before, limit);
}

}  // namespace redress::portal
