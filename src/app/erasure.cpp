#include "app/erasure.hpp"

#include "base/require.hpp"
#include "customers/store_search.hpp"
#include "intake/raw.hpp"
#include "messages/store_attachments.hpp"
#include "messages/store_outbox.hpp"
#include "notices/store.hpp"
#include "operations/rebuild.hpp"
#include "portal/store.hpp"
#include "search/store.hpp"

#include <algorithm>
#include <iterator>

namespace redress::app {
namespace {

using customers::CustomerCase;

constexpr std::int64_t page_size = 200;

struct EraseForm {
    static constexpr auto wire_limits = std::to_array<http::Limit>({{"reason", 1, 2'000}});
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(EraseForm, (), (reason))

bool is_forgotten_by(const cases::Change& change)
{
    return std::ranges::any_of(change.events, [](const cases::Event& event) {
        return event.kind == "complainant_forgotten" || event.kind == "erased";
    });
}

std::vector<CustomerCase> all_cases(db::Tx& tx, CustomerId customer)
{
    std::vector<CustomerCase> all;
    CaseId before{customers::newest};
    while (true) {
        const auto page = customers::list_cases(tx, customer, before, page_size, {});
        std::ranges::copy(page, std::back_inserter(all));
        if (std::ssize(page) < page_size)
            return all;
        before = page.back().id;
    }
}

Result<void> check_closed(const std::vector<CustomerCase>& all)
{
    std::string open;
    for (const auto& one : all)
        if (one.is_open)
            open += (open.empty() ? "" : ", ") + one.ref_no;
    if (open.empty())
        return {};
    return deny(Denial::conflict, "customer_has_open_cases", {}, {{"cases", open}});
}

Result<Erased> erase_in(
    db::Tx& tx,
    Door& door,
    CustomerId customer,
    const std::string& reason,
    const cases::Actor& actor
)
{
    const auto all = all_cases(tx, customer);
    if (auto closed = check_closed(all); !closed)
        return std::unexpected{closed.error()};
    for (const auto& one : all) {
        if (one.state == name_of(cases::State::erased))
            continue;
        const cases::Command forget{
            "forget_complainant",
            {{"reason", reason}},
            actor,
            std::nullopt};
        if (auto done = door.submit_in(tx, one.id, forget, std::nullopt); !done)
            return std::unexpected{done.error()};
    }
    const auto& parts = door.parts();
    auto gone = customers::erase(tx, parts.ledger, customer, {parts.clock.now(), actor.name});
    if (!gone)
        return std::unexpected{gone.error()};
    return Erased{customer, std::ssize(all)};
}

}  // namespace

void Erasure::follow(db::Tx& tx, Door& door, const cases::Change& change)
{
    if (!is_forgotten_by(change))
        return;
    const auto id = change.after.id;
    search::forget(tx, id, cases::lifecycle());
    ledger::erase_personal(tx, {"case", id.value});
    intake::forget_raw(tx, id);
    portal::forget_links(tx, id);
    notices::forget_case(tx, id, change.after.ref_no);
    messages::forget_sends(tx, id);
    auto blobs = messages::forget_attachments(tx, id);
    const auto forgotten = operations::refolded(tx, id);
    REQUIRE_THAT(forgotten.has_value());
    const auto timer = cases::next_timer(*forgotten, door.context(door.parts().clock.now()));
    cases::store(tx, door.parts().ledger, {change.after, *forgotten, {}, timer});
    const std::lock_guard lock{mutex_};
    std::ranges::move(blobs, std::back_inserter(unnamed_));
}

void Erasure::remove_files()
{
    std::vector<std::string> blobs;
    {
        const std::lock_guard lock{mutex_};
        blobs.swap(unnamed_);
    }
    for (const auto& blob : blobs) {
        const bool is_named =
            database_.read([&](db::Tx& tx) { return messages::is_blob_named(tx, blob); });
        if (!is_named)
            blobs_.remove(blob);
    }
}

Result<Erased> erase_customer(
    Door& door,
    CustomerId customer,
    const std::string& reason,
    const cases::Actor& actor
)
{
    const auto& parts = door.parts();
    auto erased = parts.database.write([&](db::Tx& tx) -> Result<Erased> {
        return erase_in(tx, door, customer, reason, actor);
    });
    if (erased && parts.on_commit)
        parts.on_commit();
    return erased;
}

http::RouteTable erasure_routes(Door& door)
{
    return {http::route<EraseForm, Erased>(
        {.name = "erase_customer",
         .method = "POST",
         .path = "/api/v1/customers/{customer_id}/erase",
         .summary = "Forgets a customer: names, contacts, words and files, under all their records "
                    "and in all their complaints, which must be closed. The chain verifies as "
                    "before.",
         .permission = "customer_erase",
         .needs_key = true},
        [&door](http::Call& call, const EraseForm& form) -> Result<Erased> {
            const auto id = call.id<CustomerId>("customer_id");
            if (!id)
                return std::unexpected{id.error()};
            return erase_customer(door, *id, form.reason, call.as<staff::Caller>().actor);
        }
    )};
}

}  // namespace redress::app
