#include "app/telling.hpp"

#include "notices/store.hpp"
#include "webhooks/network.hpp"

#include <stdexcept>

namespace redress::app {

void tell_of_stopped(db::Tx& tx, staff::Services& staff, const webhooks::Webhook& webhook)
{
    for (const auto& person : staff.directory.roster()->people)
        if (person.is_admin && person.is_active)
            notices::insert(
                tx,
                staff.ledger,
                {.staff = person.id,
                 .about = {},
                 .event = {},
                 .kind = notices::Kind::webhook_stopped,
                 .payload = {{"name", webhook.name}}},
                staff.clock.now()
            );
}

std::vector<webhooks::Range> allowed_ranges(const std::vector<std::string>& texts)
{
    std::vector<webhooks::Range> ranges;
    for (const auto& text : texts) {
        const auto range = webhooks::parse_range(text);
        if (!range)
            throw std::runtime_error{"not a range of addresses: " + text};
        ranges.push_back(*range);
    }
    return ranges;
}

}  // namespace redress::app
