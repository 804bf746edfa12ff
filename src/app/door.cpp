#include "app/door.hpp"

#include "app/customer_words.hpp"
#include "app/named_files.hpp"
#include "base/require.hpp"
#include "http/wire.hpp"

#include <algorithm>

namespace redress::app {
namespace {

constexpr Micros repeat_window = std::chrono::days{90};
constexpr std::int64_t status_created = 201;

Receipt receipt_of(const cases::Case& after, EventSeq seq)
{
    const auto due = cases::next_due(after);
    return {
        after.id,
        after.ref_no,
        after.version,
        std::string{name_of(after.state)},
        after.owner,
        due == cases::no_time ? std::nullopt : std::optional{due},
        seq.value};
}

customers::Complainant complainant_of(const json::object& inputs)
{
    customers::Complainant who;
    who.name = string_at(inputs, "complainant_name");
    who.is_anonymous = is_truthy(inputs.if_contains("anonymous"));
    who.is_internal = is_truthy(inputs.if_contains("internal"));
    who.department = string_at(inputs, "complaining_team");
    who.language = string_at(inputs, "language");
    const auto* contacts = inputs.if_contains("complainant_contacts");
    if (contacts != nullptr && contacts->is_object())
        for (const auto& [kind, value] : contacts->get_object())
            if (value.is_string())
                who.contacts.emplace(kind, value.get_string());
    return who;
}

bool is_by_clocks(const ledger::Event& event)
{
    return event.kind == "clocks_moved" || event.kind == "promise_broken" ||
           (event.kind == "escalated" && event.actor == "system");
}

}  // namespace

/// Commands decided one after the other, not stored yet.
struct Door::Plan {
    cases::Case before;
    cases::Case after;
    std::vector<cases::Event> events;

    Result<void> add(const cases::Command& command, const cases::Context& context)
    {
        auto decided = cases::decide(after, command, context);
        if (!decided)
            return std::unexpected{decided.error()};
        for (auto& event : *decided) {
            after = cases::apply(std::move(after), event);
            events.push_back(std::move(event));
        }
        return {};
    }
};

cases::Actor system_actor()
{
    cases::Actor actor;
    actor.name = "system";
    actor.roles = {cases::Role::system};
    return actor;
}

Door::Door(Parts parts) : parts_{std::move(parts)} {}

cases::Context Door::context(Instant now) const
{
    return {
        .lifecycle = cases::lifecycle(),
        .policies = parts_.policies,
        .now = now,
        .organisation = parts_.organisation};
}

Result<Receipt> Door::submit(
    CaseId id,
    const cases::Command& command,
    std::optional<std::int64_t> seen_version,
    const AnswerKey& key
)
{
    const auto read = with_reading(command, *parts_.emotions);
    return once(key, [&](db::Tx& tx) { return submit_in(tx, id, read, seen_version); });
}

Result<Receipt> Door::file(const Filing& filing, const AnswerKey& key)
{
    auto read = filing;
    read.receive = with_reading(std::move(read.receive), *parts_.emotions);
    return once(key, [&](db::Tx& tx) { return file_in(tx, read); });
}

/// The answer is remembered in the transaction of the change. When the key is taken the change is
/// undone and the earlier answer given: at most one of two racing requests is carried out.
Result<Receipt>
Door::once(const AnswerKey& key, const std::function<Result<Receipt>(db::Tx&)>& work)
{
    bool is_taken = false;
    auto outcome = parts_.database.write([&](db::Tx& tx) -> Result<Receipt> {
        is_taken = false;
        auto done = work(tx);
        if (!done || !key.is_given())
            return done;
        const Answer answer{key.request_hash, status_created, http::write_json(*done)};
        is_taken = !remember_answer(tx, key, answer, parts_.clock.now());
        if (is_taken)
            return deny(Denial::conflict, "key_reused", "Idempotency-Key");
        return done;
    });
    if (outcome && parts_.on_commit)
        parts_.on_commit();
    // A request sent again may also meet a version or state that its first run has changed.
    const bool may_be_repeated = key.is_given() && !outcome;
    if (!is_taken && !may_be_repeated)
        return outcome;
    const auto earlier = parts_.database.read([&](db::Tx& tx) { return find_answer(tx, key); });
    if (!earlier)
        return std::unexpected{earlier.error()};
    return *earlier ? http::read_json<Receipt>((*earlier)->body) : outcome;
}

Result<void> Door::check_version(
    db::Tx& tx,
    const cases::Case& current,
    std::optional<std::int64_t> seen_version
)
{
    constexpr std::int64_t most_ticks = 50;
    if (!seen_version || *seen_version == current.version)
        return {};
    const auto since =
        ledger::list_of_entity(tx, {"case", current.id.value}, *seen_version, most_ticks);
    if (*seen_version < current.version && std::ranges::all_of(since, is_by_clocks) &&
        std::ssize(since) < most_ticks)
        return {};
    return deny(
        Denial::stale,
        "version_stale",
        "If-Match",
        {{"seen", std::to_string(*seen_version)}, {"current", std::to_string(current.version)}}
    );
}

void Door::load_others(
    db::Tx& tx,
    const cases::Command& command,
    cases::Context& context,
    std::optional<cases::Case>& other_case,
    std::optional<cases::Actor>& other_staff
)
{
    for (const auto* name : {"parent_case", "other_case"})
        if (const auto id = int_at(command.inputs, name); id != 0)
            other_case = cases::find_case(tx, {id});
    for (const auto* name : {"to", "approver", "reviewer"})
        if (const auto id = int_at(command.inputs, name); id != 0)
            if (const auto* person = parts_.directory.roster()->find(StaffId{id});
                person != nullptr && person->is_active)
                other_staff = staff::to_actor(*person);
    context.other_case = other_case ? &*other_case : nullptr;
    context.other_staff = other_staff ? &*other_staff : nullptr;
}

Result<Door::Plan> Door::plan_in(
    db::Tx& tx,
    CaseId id,
    std::span<const cases::Command> commands,
    std::optional<std::int64_t> seen_version
)
{
    const auto current = cases::find_case(tx, id);
    const bool is_by_subject =
        current && std::ranges::any_of(commands, [&](const cases::Command& one) {
            return one.actor.staff &&
                   StaffId{int_at(current->facts, "subject_staff")} == one.actor.staff;
        });
    if (!current || is_by_subject)
        return deny(Denial::not_found, "case_unknown");
    Plan plan{*current, *current, {}};
    for (const auto& command : commands) {
        const auto completed = with_files(tx, *current, command);
        if (!completed)
            return std::unexpected{completed.error()};
        if (auto fresh = check_version(tx, *current, seen_version); !fresh)
            return std::unexpected{fresh.error()};
        auto context = this->context(parts_.clock.now());
        std::optional<cases::Case> other_case;
        std::optional<cases::Actor> other_staff;
        load_others(tx, command, context, other_case, other_staff);
        if (auto decided = plan.add(with_reading(*completed, *parts_.emotions), context); !decided)
            return std::unexpected{decided.error()};
    }
    return plan;
}

Result<Receipt> Door::submit_all_in(
    db::Tx& tx,
    CaseId id,
    std::span<const cases::Command> commands,
    std::optional<std::int64_t> seen_version
)
{
    const auto plan = plan_in(tx, id, commands, seen_version);
    if (!plan)
        return std::unexpected{plan.error()};
    return carry_out(tx, *plan, context(parts_.clock.now()));
}

Result<Receipt> Door::submit_in(
    db::Tx& tx,
    CaseId id,
    const cases::Command& command,
    std::optional<std::int64_t> seen_version
)
{
    return submit_all_in(tx, id, {&command, 1}, seen_version);
}

Result<void> Door::check(
    CaseId id,
    std::span<const cases::Command> commands,
    std::optional<std::int64_t> seen_version
)
{
    return parts_.database.read([&](db::Tx& tx) -> Result<void> {
        const auto plan = plan_in(tx, id, commands, seen_version);
        if (!plan)
            return std::unexpected{plan.error()};
        return {};
    });
}

Result<Receipt> Door::carry_out(
    db::Tx& tx,
    const cases::Case& before,
    const cases::Command& command,
    const cases::Context& context
)
{
    Plan plan{before, before, {}};
    if (auto decided = plan.add(command, context); !decided)
        return std::unexpected{decided.error()};
    return carry_out(tx, plan, context);
}

Receipt Door::carry_out(db::Tx& tx, const Plan& plan, const cases::Context& context)
{
    if (plan.events.empty())
        return receipt_of(plan.before, {});
    const cases::Change change{
        plan.before,
        plan.after,
        plan.events,
        cases::next_timer(plan.after, context)};
    const auto seq = cases::store(tx, parts_.ledger, change);
    keep_load(change);
    if (parts_.on_change)
        parts_.on_change(tx, change, seq);
    return receipt_of(plan.after, seq);
}

Receipt Door::receipt_for(db::Tx& tx, CaseId id)
{
    const auto current = cases::find_case(tx, id);
    REQUIRE_THAT(current.has_value());
    return receipt_of(*current, {});
}

/// Who has how many open cases, for routing. Counted before the commit, so that a batch spreads
/// over everybody; what an undone job leaves behind is put right when the directory is loaded anew.
void Door::keep_load(const cases::Change& change)
{
    const bool was_open = change.before.version > 0 && cases::is_open(change.before.state);
    const bool is_open = cases::is_open(change.after.state);
    if (was_open == is_open && change.before.owner == change.after.owner)
        return;
    if (was_open)
        parts_.directory.count_case(change.before.owner, -1);
    if (is_open)
        parts_.directory.count_case(change.after.owner, 1);
}

StaffId Door::first_owner(const Filing& filing, Instant at) const
{
    const auto& inputs = filing.receive.inputs;
    const StaffId subject{int_at(inputs, "subject_staff")};
    if (filing.owner)
        return filing.owner;
    const auto receiver = filing.receive.actor.staff;
    if (filing.stays_with_receiver && receiver && receiver != subject)
        return receiver;
    return parts_.directory
        .choose_owner(
            {std::string{string_at(inputs, "category")},
             std::string{string_at(inputs, "language")},
             subject,
             filing.team,
             at}
        )
        .owner;
}

Result<Receipt> Door::file_in(db::Tx& tx, const Filing& filing)
{
    const auto now = parts_.clock.now();
    const auto at = parse_rfc3339(string_at(filing.receive.inputs, "received_at"))
                        .value_or(filing.receive.at.value_or(now));
    const auto owner = first_owner(filing, at);
    if (!owner)
        return deny(Denial::conflict, "nobody_to_own");
    auto context = this->context(now);
    const auto who = complainant_of(filing.receive.inputs);
    context.customer =
        customers::find_or_create(tx, parts_.ledger, who, {now, filing.receive.actor.name});
    if (context.customer)
        context.repeats = cases::count_recent_of_customer(tx, context.customer, at - repeat_window);

    const auto fresh =
        cases::new_case({parts_.ledger.next_id()}, parts_.ledger.next_reference(at), owner);
    auto receive = filing.receive;
    const Sender sender{fresh.id, receive.actor.name, now};
    if (auto attached = attach(tx, filing.files, sender, receive); !attached)
        return std::unexpected{attached.error()};
    for (const auto& file : filing.files)
        receive.file_names.push_back(file.file_name);
    Plan plan{fresh, fresh, {}};
    if (auto received = plan.add(with_reading(receive, *parts_.emotions), context); !received)
        return std::unexpected{received.error()};
    const cases::Command registering{"register", {}, system_actor(), std::nullopt};
    const bool is_complete = plan.after.kind == "complaint" &&
                             cases::missing_for(plan.after, registering, context).empty();
    if (filing.may_register && is_complete) {
        const auto registered = plan.add(registering, context);
        REQUIRE_THAT(registered.has_value());
    }
    return carry_out(tx, plan, context);
}

void Door::tick(db::Tx& tx, CaseId id)
{
    const auto current = cases::find_case(tx, id);
    REQUIRE_THAT(current.has_value());
    auto context = this->context(parts_.clock.now());
    // Another node may have been first: then nothing is due any more and nothing is written.
    if (cases::next_timer(*current, context).value_or(cases::no_time) > context.now)
        return;
    for (const auto* verb : {"tick", "expire_silence", "archive"}) {
        const auto before = cases::find_case(tx, id);
        const cases::Command command{verb, {}, system_actor(), std::nullopt};
        if (cases::missing_for(*before, command, context).empty()) {
            const auto outcome = carry_out(tx, *before, command, context);
            REQUIRE_THAT(outcome.has_value());
        }
    }
}

std::size_t Door::tick_due(std::int64_t limit)
{
    const auto due = parts_.database.read([&](db::Tx& tx) {
        return cases::list_due_timers(tx, parts_.clock.now(), limit);
    });
    if (due.empty())
        return 0;
    parts_.database.write([&](db::Tx& tx) {
        for (const auto id : due)
            tick(tx, id);
    });
    if (parts_.on_commit)
        parts_.on_commit();
    return due.size();
}

}  // namespace redress::app
