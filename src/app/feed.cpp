#include "app/feed.hpp"

#include "app/app_sql.hpp"
#include "desk/api.hpp"

namespace redress::app {
namespace {

constexpr db::Query<std::int64_t> find_last_seq{"app.find_last_seq", sql::find_last_seq};
constexpr std::int64_t page = 500;

}  // namespace

Feed::Feed(db::Database& database, http::Hub& hub) : database_{database}, hub_{hub}
{
    last_ = database_.read([](db::Tx& tx) { return tx.one(find_last_seq).value_or(0); });
}

bool Feed::publish_next()
{
    const auto events =
        database_.read([this](db::Tx& tx) { return ledger::list_after(tx, last_, page); });
    for (const auto& event : events) {
        hub_.publish(desk::published(event));
        last_ = event.seq;
    }
    return std::ssize(events) == page;
}

}  // namespace redress::app
