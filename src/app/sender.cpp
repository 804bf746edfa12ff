#include "app/sender.hpp"

#include "base/catalogue.hpp"
#include "messages/store_outbox.hpp"
#include "notices/store.hpp"

#include <algorithm>
#include <iterator>

namespace redress::app {
namespace {

using messages::ScheduledSend;
using messages::SendState;

std::vector<cases::Command> commands_of(const messages::Outgoing& what, const cases::Actor& actor)
{
    std::vector<cases::Command> commands;
    for (const auto& [verb, inputs] : messages::commands_of(what))
        commands.push_back({verb, inputs, actor, std::nullopt});
    return commands;
}

/// False: another node was first, or it was taken back meanwhile.
Result<bool> send_in(db::Tx& tx, Door& door, const ScheduledSend& due)
{
    const auto now = door.parts().clock.now();
    const auto send = messages::find_send(tx, due.id);
    if (!send || send->state != SendState::waiting)
        return false;
    const auto* person = door.parts().directory.roster()->find(send->staff);
    if (person == nullptr || !person->is_active)
        return deny(Denial::forbidden, "sender_gone");
    const auto commands = commands_of(send->what, staff::to_actor(*person));
    const auto done = door.submit_all_in(tx, send->case_id, commands, std::nullopt);
    if (!done)
        return std::unexpected{done.error()};
    messages::mark_sent(tx, *send, now);
    return true;
}

json::object words_of(const Denied& denied)
{
    json::object words;
    for (const auto lang : {Lang::en, Lang::zh}) {
        std::string all;
        for (const auto& refusal : denied.refusals)
            all += (all.empty() || lang == Lang::zh ? "" : " ") + say(lang, refusal);
        words[lang == Lang::zh ? "zh" : "en"] = all;
    }
    return words;
}

void keep_failed(Door& door, const ScheduledSend& due, const Denied& denied)
{
    const auto& parts = door.parts();
    const auto now = parts.clock.now();
    const auto reason = words_of(denied);
    parts.database.write([&](db::Tx& tx) {
        const auto send = messages::find_send(tx, due.id);
        if (!send || send->state != SendState::waiting)
            return;
        messages::mark_failed(tx, *send, reason, now);
        const auto about = cases::find_case(tx, send->case_id);
        const json::object payload{{"ref_no", about ? about->ref_no : ""}, {"reason", reason}};
        const notices::Notice notice{
            send->staff,
            send->case_id,
            {},
            notices::Kind::send_failed,
            payload};
        notices::insert(tx, parts.ledger, notice, now);
    });
}

}  // namespace

std::size_t send_due(Door& door, std::int64_t limit)
{
    const auto& parts = door.parts();
    const auto due = parts.database.read([&](db::Tx& tx) {
        return messages::list_due(tx, parts.clock.now(), limit);
    });
    for (const auto& send : due) {
        const auto sent = parts.database.write([&](db::Tx& tx) { return send_in(tx, door, send); });
        if (!sent)
            keep_failed(door, send, sent.error());
    }
    if (!due.empty() && parts.on_commit)
        parts.on_commit();
    return due.size();
}

Result<void> check_outgoing(
    Door& door,
    CaseId id,
    const messages::Outgoing& what,
    const cases::Actor& actor,
    std::int64_t seen_version
)
{
    return door.check(id, commands_of(what, actor), seen_version);
}

}  // namespace redress::app
