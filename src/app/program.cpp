#include "app/program.hpp"

#include "app/announce.hpp"
#include "app/audit_api.hpp"
#include "app/case_facts.hpp"
#include "app/customer_words.hpp"
#include "app/filing.hpp"
#include "app/portal_door.hpp"
#include "app/reading_api.hpp"
#include "app/sender.hpp"
#include "app/telling.hpp"
#include "base/hash.hpp"
#include "cases/api.hpp"
#include "causes/api.hpp"
#include "causes/store.hpp"
#include "customers/api.hpp"
#include "customers/store.hpp"
#include "db/migration.hpp"
#include "desk/api.hpp"
#include "desk/api_policies.hpp"
#include "intake/api.hpp"
#include "messages/api.hpp"
#include "messages/api_outbox.hpp"
#include "messages/store_outbox.hpp"
#include "messages/store_templates.hpp"
#include "notices/api.hpp"
#include "notices/store.hpp"
#include "search/rules_text.hpp"
#include "search/store.hpp"
#include "staff/api.hpp"
#include "webhooks/api.hpp"

#include <iterator>
#include <spdlog/spdlog.h>

namespace redress::app {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t tick_page = 200;
constexpr int couriers = 4;  ///< webhooks that are told at the same time
constexpr std::int64_t notices_page = 500;
constexpr std::int64_t sends_page = 50;
constexpr std::chrono::days keep_read_notices{90};

db::Options database_options(const Settings& settings)
{
    if (settings.may_create_folder)
        std::filesystem::create_directories(settings.data_folder);
    db::Options options;
    options.url = database_url(settings);
    return options;
}

/// The chain's hooks must be in place before anything writes, and the schema before anything reads.
db::Database& prepared(db::Database& database, ledger::Ledger& ledger, Instant now)
{
    database.migrate(embedded::migrations(), now);
    database.set_batch_hooks(ledger.hooks());
    return database;
}

/// Reference numbers count by the house's day; the offset of the zone when the program starts is
/// near enough for a label.
std::chrono::minutes offset_of(const policy::Library& policies, Instant now)
{
    const auto zone = policy::Zone::find(policies.organisation().tz);
    return std::chrono::floor<std::chrono::minutes>(zone->offset_at(now));
}

staff::Settings staff_settings(http::Hub& hub)
{
    staff::Settings settings;
    settings.on_rights_changed = [&hub](StaffId who) {
        hub.close_streams([who](const http::Subscription& one) {
            const auto* owner = std::any_cast<StaffId>(&one.owner);
            return owner != nullptr && *owner == who;
        });
    };
    return settings;
}

void announce(db::Tx& tx, Program& program, const cases::Change& change, EventSeq last)
{
    const auto roster = program.staff.directory.roster();
    for (const auto& notice : announcements(change, last, *roster, *program.policies))
        notices::insert(tx, program.ledger, notice, program.clock.now());
}

/// What a change says can be found as soon as it is committed. Its events have the last numbers.
void index(db::Tx& tx, const cases::Change& change, EventSeq last)
{
    auto seq = last.value - std::ssize(change.events);
    for (const auto& event : change.events)
        search::add(tx, {{++seq}, search::texts_of(event, cases::lifecycle())});
}

Door::Parts door_parts(Program& program, jobs::Runner& runner)
{
    return {
        program.database,
        program.ledger,
        program.clock,
        *program.policies,
        program.staff.directory,
        program.emotions,
        json::object{},
        [&program](db::Tx& tx, const cases::Change& change, EventSeq last) {
            announce(tx, program, change, last);
            index(tx, change, last);
            program.erasure.follow(tx, program.door, change);
        },
        [&program, &runner] {
            runner.wake("feed");
            program.erasure.remove_files();
        }};
}

void append(http::RouteTable& table, http::RouteTable more)
{
    std::ranges::move(more, std::back_inserter(table));
}

AnswerKey key_of(const http::Call& call, std::string_view path)
{
    const auto& caller = call.as<staff::Caller>();
    return {caller.actor.name, call.idempotency_key, sha256_hex({path, "\n", call.request.body})};
}

cases::Services case_services(Door& door)
{
    return {
        [&door](const http::Call& call, const cases::FileCase& body) {
            return file_over_api(
                door,
                {body, call.request.body, call.as<staff::Caller>().actor},
                key_of(call, call.request.path)
            );
        },
        [&door](
            const http::Call& call,
            CaseId id,
            std::string_view verb,
            const cases::GiveCommand& body
        ) {
            const cases::Command command{
                std::string{verb},
                body.inputs.value_or(json::object{}),
                call.as<staff::Caller>().actor,
                body.at};
            return door.submit(id, command, call.version, key_of(call, call.request.path));
        }};
}

messages::OutboxServices outbox_services(Program& program)
{
    return {
        program.database,
        program.ledger,
        program.clock,
        [&program](CaseId id, const staff::Caller& caller) {
            return may_see_case(program, id, caller);
        },
        [&program](
            CaseId id,
            const messages::Outgoing& what,
            const staff::Caller& caller,
            std::int64_t seen_version
        ) { return check_outgoing(program.door, id, what, caller.actor, seen_version); },
        [&program](StaffId id) -> std::string {
            const auto roster = program.staff.directory.roster();
            const auto* person = roster->find(id);
            return person == nullptr ? "" : person->display_name;
        }};
}

}  // namespace

std::string database_url(const Settings& settings)
{
    return settings.database_url.empty()
               ? "sqlite:" + (settings.data_folder / "redress.db").string()
               : settings.database_url;
}

std::vector<policy::SourceFile> policy_files(const Settings& settings)
{
    return settings.policies_folder.empty() ? policy::built_in_files()
                                            : policy::read_folder(settings.policies_folder);
}

std::shared_ptr<const policy::Library> load_policies(const Settings& settings)
{
    policy::Organisation house;
    house.tz = settings.zone;
    house.holidays = settings.holidays;
    if (settings.policies_folder.empty())
        return policy::Library::built_in(house);
    const auto loaded = policy::Library::load(policy_files(settings), house);
    std::string mistakes;
    for (const auto& mistake : loaded.mistakes)
        if (!mistake.is_warning)
            mistakes += policy::to_text(mistake, Lang::en) + "\n";
    if (!mistakes.empty())
        throw std::runtime_error{
            "the policies do not hold together; `redress policy check` tells more:\n" + mistakes};
    return loaded.library;
}

Program::Program(const Settings& settings, const Clock& time)
    : database{database_options(settings)},
      clock{time},
      public_url{settings.public_url},
      policies{load_policies(settings)},
      emotions{emotion_reader(settings.emotion_model)},
      ledger{offset_of(*policies, time.now())},
      staff{prepared(database, ledger, time.now()), ledger, time, staff_settings(hub)},
      blobs{messages::open_blobs(database, settings.data_folder)},
      erasure{database, *blobs},
      door{door_parts(*this, runner_)},
      learner{database},
      webhooks{
          database,
          ledger,
          time,
          [this](db::Tx& tx, const webhooks::Webhook& webhook) {
              tell_of_stopped(tx, staff, webhook);
          }},
      sender{allowed_ranges(settings.webhook_allow)},
      courier{webhooks, sender},
      files_{policy_files(settings)},
      verification_{database, time},
      feed_{database, hub},
      presence_{database, hub, staff.directory, time},
      runner_{
          [](std::string_view task, std::string_view what) { spdlog::error("{}: {}", task, what); }}
{
    complete_search_index();
}

void Program::complete_search_index()
{
    constexpr std::int64_t batch = 2'000;
    constexpr std::int64_t told_every = 100'000;
    auto done = database.read([](db::Tx& tx) { return search::last_entry(tx); });
    const auto begun = done;
    for (bool is_more = true; is_more;) {
        const auto next = database.write([&](db::Tx& tx) {
            const auto from = std::max(done, search::last_entry(tx));
            return search::catch_up(tx, from, batch, cases::lifecycle());
        });
        is_more = next >= done + batch;
        if (next / told_every > done / told_every)
            spdlog::info("search index: {} events", next);
        done = next;
    }
    // Clocks may have made many events without words since the last entry.
    if (done >= begun + batch)
        database.write([&](db::Tx& tx) { search::mark_complete(tx, {done}); });
}

Program::~Program()
{
    stop_jobs();
}

void Program::start_jobs()
{
    database.write([this](db::Tx& tx) { messages::seed_templates(tx, ledger, clock.now()); });
    database.write([this](db::Tx& tx) { causes::seed_causes(tx, ledger, clock.now()); });
    const auto find_actor = [this](StaffId id) -> Result<cases::Actor> {
        const auto* person = staff.directory.roster()->find(id);
        if (person == nullptr || !person->is_active)
            return deny(Denial::forbidden, "case_unknown");
        auto actor = staff::to_actor(*person);
        // The right to import is a right to receive what is imported.
        actor.roles.insert(cases::Role::intake);
        return actor;
    };
    imports_ = std::make_unique<intake::ImportQueue>(database, intake_services(door), find_actor);
    runner_.start({"clocks", 500ms, [this] { return door.tick_due(tick_page) == tick_page; }});
    runner_.start({"feed", 200ms, [this] { return feed_.publish_next(); }});
    runner_.start({"outbox", 500ms, [this] { return send_due(door, sends_page) == sends_page; }});
    runner_.start({"presence", 400ms, [this] {
                       presence_.publish_changes();
                       return false;
                   }});
    runner_.start({"absence", 60s, [this] {
                       presence_.sweep();
                       return database.write([this](db::Tx& tx) {
                           return messages::forget_ended(tx, clock.now(), sends_page);
                       }) == sends_page;
                   }});
    runner_.start({"directory", 1s, [this] {
                       staff.directory.keep_fresh();
                       return false;
                   }});
    runner_.start({"sessions", 60s, [this] {
                       staff.sessions.flush();
                       staff.keys.flush();
                       staff.sessions.sweep();
                       return false;
                   }});
    for (int i = 0; i < couriers; ++i)
        runner_.start({"webhooks", 500ms, [this] { return courier.deliver_next(); }});
    runner_.start({"notices", 1h, [this] {
                       const auto old = clock.now() - keep_read_notices;
                       return database.write([&](db::Tx& tx) {
                           return notices::delete_read_before(tx, old, notices_page);
                       }) == notices_page;
                   }});
    runner_.start({"experience", 60s, [this] {
                       learner.keep_up(clock.now());
                       return false;
                   }});
    runner_.start({"answers", 1h, [this] {
                       database.write([this](db::Tx& tx) { forget_old_answers(tx, clock.now()); });
                       return false;
                   }});
}

void Program::stop_jobs()
{
    imports_.reset();
    sender.cancel();
    runner_.stop();
}

http::RouteTable Program::routes()
{
    http::RouteTable table;
    append(table, staff::routes(staff));
    append(table, cases::routes(case_services(door), cases::lifecycle()));
    append(
        table,
        desk::routes(
            {database,
             clock,
             *policies,
             staff.directory,
             hub,
             [this](Instant now) { return door.context(now); },
             learner,
             *emotions}
        )
    );
    append(table, customers::routes({database, ledger, clock}));
    append(table, portal::routes(portal_services(*this)));
    append(table, erasure_routes(door));
    append(table, notices::routes({database, clock}));
    append(
        table,
        messages::routes(
            {database,
             ledger,
             clock,
             *blobs,
             [this](CaseId id, const staff::Caller& caller) {
                 return may_see_case(*this, id, caller);
             },
             [this](CaseId id, Lang lang) { return template_facts(*this, id, lang); }}
        )
    );
    append(table, messages::outbox_routes(outbox_services(*this)));
    if (imports_)
        append(
            table,
            intake::routes(
                {database,
                 *imports_,
                 [](const http::Call& call) { return call.as<staff::Caller>().actor; },
                 clock}
            )
        );
    append(table, webhooks::routes(webhooks, courier));
    append(table, policy_routes(*policies, clock));
    append(table, catalogue_routes());
    append(table, coach_routes());
    append(table, audit_routes(database, verification_));
    append(table, desk::policy_trial_routes({database, clock, *policies, [this] {
                                                 return files_;
                                             }}));
    append(table, causes::routes({database, ledger, clock}));
    return table;
}

}  // namespace redress::app
