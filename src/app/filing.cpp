#include "app/filing.hpp"

#include "app/customer_words.hpp"
#include "intake/accept.hpp"

namespace redress::app {
namespace {

cases::Command with_marks(const intake::Filing& filing)
{
    auto command = filing.command;
    if (filing.needs_human)
        command.inputs["needs_human"] = true;
    if (filing.resembles)
        command.inputs["resembles"] = filing.resembles.value;
    return command;
}

}  // namespace

intake::Services intake_services(Door& door)
{
    const auto submit = [&door](db::Tx& tx, const intake::Filing& filing) -> Result<CaseId> {
        const auto receipt = door.file_in(tx, {with_marks(filing), true, false, {}});
        if (!receipt)
            return std::unexpected{receipt.error()};
        return receipt->id;
    };
    return {cases::lifecycle(), door.parts().clock, door.parts().ledger, submit};
}

Result<Receipt> take_in(db::Tx& tx, Door& door, const Arrival& arrival)
{
    std::optional<Receipt> filed;
    auto services = intake_services(door);
    services.submit = [&](db::Tx& inner, const intake::Filing& filing) -> Result<CaseId> {
        auto how = arrival.how;
        how.receive = with_marks(filing);
        how.receive.reading = arrival.how.receive.reading;
        auto receipt = door.file_in(inner, how);
        if (!receipt)
            return std::unexpected{receipt.error()};
        filed = *receipt;
        return receipt->id;
    };
    const auto outcome =
        intake::accept(tx, services, arrival.inbound, {arrival.actor, intake::Unwanted::refuse});
    if (!outcome)
        return std::unexpected{outcome.error()};
    return filed ? *filed : door.receipt_for(tx, outcome->case_id);
}

Result<Receipt> file_over_api(Door& door, const Request& request, const AnswerKey& key)
{
    const auto read = with_reading(
        {"receive", request.body.inputs, request.actor, std::nullopt},
        *door.parts().emotions
    );
    return door.once(key, [&](db::Tx& tx) -> Result<Receipt> {
        const auto& body = request.body;
        intake::Inbound inbound{
            .channel = std::string{string_at(body.inputs, "channel")},
            .external_id = body.external_id.value_or(""),
            .sender = {},
            .subject = {},
            .text = std::string{string_at(body.inputs, "description")},
            .files = {},
            .language = {},
            .received_at = door.parts().clock.now(),
            .raw = std::string{request.raw},
            .fields = body.inputs};
        if (inbound.channel.empty())
            inbound.channel = "api";
        const Filing how{
            .receive = read,
            .may_register = !body.wait.value_or(false),
            .stays_with_receiver = body.keep.value_or(false),
            .team = body.team.value_or(TeamId{})};
        return take_in(tx, door, {inbound, request.actor, how});
    });
}

}  // namespace redress::app
