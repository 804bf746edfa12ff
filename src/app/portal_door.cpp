#include "app/portal_door.hpp"

#include "app/case_facts.hpp"
#include "app/customer_words.hpp"
#include "app/filing.hpp"
#include "app/named_files.hpp"
#include "base/catalogue.hpp"
#include "base/require.hpp"
#include "messages/api.hpp"
#include "messages/rules_default_templates.hpp"
#include "messages/store_templates.hpp"
#include "portal/store.hpp"
#include "portal/visitor.hpp"

#include <algorithm>

namespace redress::app {
namespace {

constexpr std::string_view acknowledgement = "acknowledgement";

AnswerKey key_of(const portal::Once& once)
{
    return {"portal", once.key, once.hash};
}

/// Nobody knows yet who it is.
cases::Actor somebody()
{
    cases::Actor actor;
    actor.name = "customer:0";
    actor.roles = {cases::Role::customer};
    return actor;
}

std::string template_body(db::Tx& tx, Lang lang)
{
    const auto language = portal::code_of(lang);
    if (const auto found = messages::find_template(tx, acknowledgement, language))
        return found->body;
    const auto& drafts = messages::default_templates();
    const auto built_in = std::ranges::find_if(drafts, [&](const auto& draft) {
        return draft.code == acknowledgement && draft.language == language;
    });
    return built_in == drafts.end() ? std::string{} : built_in->body;
}

/// Where a pack wants a letter of its own for this, a person writes it.
Result<void> acknowledge(Program& program, db::Tx& tx, CaseId id)
{
    const auto value = cases::find_case(tx, id);
    REQUIRE_THAT(value.has_value());
    json::object inputs{{"reply_channel", value->channel}};
    if (auto text = acknowledgement_for(program, tx, *value); !text.empty())
        inputs["text"] = std::move(text);
    const cases::Command command{"acknowledge", std::move(inputs), system_actor(), std::nullopt};
    const auto context = program.door.context(program.clock.now());
    if (!cases::missing_for(*value, command, context).empty())
        return {};
    if (auto done = program.door.submit_in(tx, id, command, std::nullopt); !done)
        return std::unexpected{done.error()};
    return {};
}

Result<Receipt> file(Program& program, const portal::Filing& filing)
{
    const cases::Command said{"receive", {{"description", filing.text}}, somebody(), std::nullopt};
    const auto read = with_reading(said, *program.emotions);
    return program.door.once(key_of(filing.once), [&](db::Tx& tx) -> Result<Receipt> {
        const auto now = program.clock.now();
        const intake::Inbound inbound{
            .channel = "web",
            .external_id = {},
            .sender = {},
            .subject = {},
            .text = filing.text,
            .files = {},
            .language = {},
            .received_at = now,
            .raw = filing.text,
            .fields = filing.inputs};
        Filing how;
        how.receive = read;
        how.files = filing.files;
        const auto receipt = take_in(tx, program.door, {inbound, somebody(), std::move(how)});
        if (!receipt)
            return receipt;
        if (auto told = acknowledge(program, tx, receipt->id); !told)
            return std::unexpected{told.error()};
        portal::insert_link(tx, filing.link_hash, receipt->id, now);
        return program.door.receipt_for(tx, receipt->id);
    });
}

Result<Receipt> carry_out(Program& program, const portal::Doing& doing)
{
    return program.door.once(key_of(doing.once), [&](db::Tx& tx) -> Result<Receipt> {
        const auto now = program.clock.now();
        auto commands = doing.commands;
        REQUIRE_THAT(!commands.empty());
        const Sender sender{doing.id, commands.front().actor.name, now};
        if (auto attached = attach(tx, doing.files, sender, commands.front()); !attached)
            return std::unexpected{attached.error()};
        for (const auto& command : commands)
            if (auto done = program.door.submit_in(tx, doing.id, command, std::nullopt); !done)
                return done;
        return program.door.receipt_for(tx, doing.id);
    });
}

Result<void>
hand_out(Program& program, CaseId id, const http::Call& call, const std::string& link_hash)
{
    const cases::Command note{
        "add_note",
        {{"text", say(call.lang, "portal.link_made")}},
        call.as<staff::Caller>().actor,
        std::nullopt};
    const auto done = program.door.once({}, [&](db::Tx& tx) -> Result<Receipt> {
        auto noted = program.door.submit_in(tx, id, note, std::nullopt);
        if (noted)
            portal::insert_link(tx, link_hash, id, program.clock.now());
        return noted;
    });
    if (!done)
        return std::unexpected{done.error()};
    return {};
}

}  // namespace

std::string acknowledgement_for(Program& program, db::Tx& tx, const cases::Case& value)
{
    const auto lang = lang_of(value.language);
    const auto facts = template_facts(program, value, lang);
    return messages::render(template_body(tx, lang), facts).value_or("");
}

portal::Services portal_services(Program& program)
{
    return {
        program.database,
        program.clock,
        *program.policies,
        program.staff.directory,
        *program.blobs,
        program.public_url,
        [&program](Instant now) { return program.door.context(now); },
        [&program](const portal::Filing& filing) { return file(program, filing); },
        [&program](const portal::Doing& doing) { return carry_out(program, doing); },
        messages::file_response,
        [&program](CaseId id, const http::Call& call) {
            return may_see_case(program, id, call.as<staff::Caller>());
        },
        [&program](CaseId id, const http::Call& call, const std::string& link_hash) {
            return hand_out(program, id, call, link_hash);
        }};
}

}  // namespace redress::app
