#include "intake/accept.hpp"

#include "intake/command.hpp"
#include "intake/raw.hpp"

namespace redress::intake {
namespace {

Result<Outcome>
kept(db::Tx& tx, const Services& services, const Inbound& inbound, const Result<Outcome>& outcome)
{
    if (outcome)
        keep_raw(tx, services, inbound, *outcome);
    return outcome;
}

Result<Outcome> file(db::Tx& tx, const Services& services, const Filing& filing, Fate fate)
{
    const auto case_id = services.submit(tx, filing);
    if (!case_id)
        return std::unexpected{case_id.error()};
    return Outcome{*case_id, fate};
}

}  // namespace

Result<Outcome>
accept(db::Tx& tx, const Services& services, const Inbound& inbound, const Terms& terms)
{
    const Known known = find_known(tx, inbound);
    if (known.same)
        return Outcome{known.same, Fate::duplicate};
    if (known.namesake && terms.unwanted == Unwanted::refuse)
        return deny(
            Denial::conflict,
            "intake_same_id_other_content",
            "external_id",
            {{"id", inbound.external_id}, {"case", std::to_string(known.namesake.value)}}
        );
    Filing filing{
        .command = to_command(inbound, terms.actor),
        .inbound = inbound,
        .now = services.clock.now(),
        .needs_human = false,
        .resembles = known.namesake,
    };
    const Fate wanted = known.namesake ? Fate::conflicting : Fate::filed;
    const auto filed = file(tx, services, filing, wanted);
    if (filed || terms.unwanted == Unwanted::refuse)
        return kept(tx, services, inbound, filed);
    filing.command = to_bare_command(inbound, terms.actor, services.lifecycle);
    filing.needs_human = true;
    return kept(tx, services, inbound, file(tx, services, filing, Fate::needs_human));
}

}  // namespace redress::intake
