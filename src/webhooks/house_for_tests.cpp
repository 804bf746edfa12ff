#include "webhooks/house_for_tests.hpp"

namespace redress::webhooks {
namespace {

using namespace std::chrono_literals;

constexpr db::Command<StaffId> insert_person{
    "test.insert_person",
    "INSERT INTO staff (id, version, login, is_active, is_admin, team_id, doc) "
    "VALUES ($1, 1, 'ada', 1, 1, 0, '{}')"};

db::Database& prepared(db::Database& database, ledger::Ledger& ledger)
{
    database.migrate(embedded::migrations(), noon);
    database.set_batch_hooks(ledger.hooks());
    database.write([](db::Tx& tx) { tx.run(insert_person, ada); });
    return database;
}

}  // namespace

House::House(db::Dialect dialect)
    : database{dialect},
      services{
          prepared(*database, ledger),
          ledger,
          clock,
          [this](db::Tx&, const Webhook& webhook) { stopped.push_back(webhook.name); }},
      sender{{*parse_range("127.0.0.0/8")}, {.connect = 300ms, .whole = 500ms}},
      courier{services, sender}
{}

std::int64_t House::happen(std::string_view kind, std::int64_t entity)
{
    return database->write([&](db::Tx& tx) {
        return ledger
            .append(
                tx,
                {.stream = "case",
                 .entity = entity,
                 .version = ++version,
                 .kind = kind,
                 .at = clock.now(),
                 .recorded_at = clock.now(),
                 .actor = "staff:1",
                 .payload = R"({"state":"closed"})",
                 .personal = R"({"name":"李雷"})"}
            )
            .value;
    });
}

MadeWebhook House::subscribe(
    const std::string& url,
    std::vector<std::string> events,
    std::optional<std::int64_t> after
)
{
    return create_webhook(services, {"Receiver", url, std::move(events)}, after, by_ada).value();
}

Webhook House::reread(WebhookId id)
{
    return database->read([&](db::Tx& tx) { return find_webhook(tx, id).value(); });
}

std::vector<Delivery> House::log(WebhookId id)
{
    return database->read([&](db::Tx& tx) { return list_deliveries(tx, id, newest, 1'000); });
}

void House::deliver_all()
{
    while (courier.deliver_next()) {
    }
}

void in_each_house(const std::function<void(House&)>& test)
{
    for (const auto dialect : db::test_dialects()) {
        House house{dialect};
        test(house);
    }
}

}  // namespace redress::webhooks
