#include "tests/scenarios/house.hpp"

#include "base/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace redress::scenarios {
namespace {

using cases::Role;

[[noreturn]] void fail(const std::string& reason)
{
    throw std::runtime_error{reason};
}

const policy::Library& library()
{
    static const auto loaded = policy::Library::built_in({});
    return *loaded;
}

std::string_view english(std::string_view role)
{
    static const std::map<std::string_view, std::string_view> names{
        {"负责人", "owner"},
        {"主管", "manager"},
        {"审批人", "approver"},
        {"登记员", "intake"},
        {"调查员", "investigator"},
        {"质检", "qa"},
        {"合规", "compliance"},
        {"高管", "executive"},
        {"客户", "customer"},
        {"系统", "system"}};
    const auto found = names.find(role);
    return found == names.end() ? role : found->second;
}

cases::Actor person(std::int64_t id, std::string name, std::set<Role> roles, std::int64_t limit)
{
    return {
        .name = "staff:" + std::to_string(id),
        .staff = {id},
        .customer = {},
        .roles = std::move(roles),
        .display_name = std::move(name),
        .limit_minor = limit};
}

cases::Actor outsider(std::string name, Role role)
{
    cases::Actor actor;
    actor.name = std::move(name);
    actor.roles = {role};
    return actor;
}

std::string name_of_clock(policy::ClockState state)
{
    using enum policy::ClockState;
    static const std::map<policy::ClockState, std::string> names{
        {running, "running"},
        {paused, "paused"},
        {met, "met"},
        {late, "late"},
        {cancelled, "cancelled"},
        {superseded, "superseded"}};
    return names.at(state);
}

void expect_equal(const std::string& is, const std::string& wanted)
{
    if (is != wanted)
        fail(fmt::format("it is {}", is.empty() ? "nothing" : is));
}

}  // namespace

House::House()
    : people_{{"owner", {person(1, "owner", {Role::intake}, 50'000)}}, {"manager", {person(2, "manager", {Role::manager}, 300'000)}}, {"approver", {person(3, "approver", {Role::approver}, 1'000'000)}}, {"intake", {person(4, "intake", {Role::intake}, 50'000)}}, {"investigator", {person(5, "investigator", {Role::investigator}, 50'000)}}, {"qa", {person(6, "qa", {Role::qa}, 0)}}, {"compliance", {person(7, "compliance", {Role::compliance}, 0)}}, {"executive", {person(8, "executive", {Role::executive, Role::approver}, 10'000'000)}}, {"customer", {outsider("customer:1", Role::customer)}}, {"system", {outsider("system", Role::system)}}},
      case_{cases::new_case({1}, "20261120-000001", {1})}
{}

cases::Context House::context() const
{
    cases::Context context{
        .lifecycle = cases::lifecycle(),
        .policies = library(),
        .now = now_,
        .organisation = {}};
    for (const auto* key : {"review_contact", "status_url", "external_body", "ombudsman_url"})
        context.organisation[key] = "x";
    context.customer = {1};
    return context;
}

void House::follow(const Line& line)
{
    const auto& verb = line.words.front();
    if (verb != "then")
        check_nothing_unexpected();
    if (verb == "at")
        now_ = parse_rfc3339(line.words.at(1)).value();
    else if (verb == "after")
        move_to(now_ + length_of(line.words.at(1)));
    else if (verb == "until")
        move_to(parse_rfc3339(line.words.at(1)).value());
    else if (verb == "given")
        give_name(line);
    else if (verb == "when")
        give(line);
    else if (verb == "then")
        then({line.words.begin() + 1, line.words.end()});
    else
        fail("there is no line of this kind");
}

void House::check_nothing_unexpected() const
{
    if (!is_refused_)
        return;
    std::string all;
    for (const auto& code : refusals_)
        all += " " + code;
    fail("the command before was refused:" + all);
}

void House::give_name(const Line& line)
{
    if (line.words.at(1) != "name")
        fail("there is no line of this kind");
    people_.at(std::string{english(line.words.at(2))}).actor.display_name = line.words.at(3);
}

json::object House::inputs_of(const Line& line) const
{
    json::object inputs;
    for (std::size_t i = 3; i < line.words.size(); ++i) {
        const auto& word = line.words[i];
        const auto equals = word.find('=');
        const auto name = word.substr(0, equals);
        const auto* field = cases::lifecycle().find_field(name);
        const auto text = word.substr(equals + 1);
        const auto who = people_.find(english(text));
        // Parentheses: g++ takes braces for a list of one.
        const bool is_person =
            field != nullptr && field->type == cases::Field::Type::staff && who != people_.end();
        inputs[name] =
            is_person ? json::value(who->second.actor.staff.value) : value_of(text, now_);
    }
    return inputs;
}

void House::take(Result<std::vector<cases::Event>> answer)
{
    refusals_.clear();
    is_refused_ = !answer;
    if (!answer) {
        for (const auto& refusal : answer.error().refusals)
            refusals_.insert(refusal.code);
        return;
    }
    for (const auto& event : *answer) {
        events_.insert(event.kind);
        case_ = cases::apply(std::move(case_), event);
    }
}

void House::give(const Line& line)
{
    const auto role = people_.find(english(line.words.at(1)));
    if (role == people_.end())
        fail("there is nobody called " + line.words.at(1));
    const cases::Command command{
        line.words.at(2),
        inputs_of(line),
        role->second.actor,
        std::nullopt};
    auto with = context();
    std::optional<cases::Actor> other;
    for (const auto* name : {"to", "approver", "reviewer"})
        for (const auto& [key, one] : people_)
            if (one.actor.staff && one.actor.staff.value == int_at(command.inputs, name))
                other = one.actor;
    with.other_staff = other ? &*other : nullptr;
    events_.clear();
    take(cases::decide(case_, command, with));
}

void House::tick()
{
    take(cases::decide(case_, {"tick", {}, people_.at("system").actor, std::nullopt}, context()));
}

void House::move_to(Instant until)
{
    events_.clear();
    constexpr int most_ticks = 10'000;
    for (int i = 0; i < most_ticks && case_.version > 0; ++i) {
        const auto next = cases::next_timer(case_, context());
        if (!next || *next > until)
            break;
        now_ = std::max(now_, *next);
        const auto version = case_.version;
        tick();
        // Silence and the reopen window are ended by a command, which the file gives.
        if (case_.version == version)
            break;
    }
    now_ = until;
}

const policy::Clock* House::latest(const std::string& id) const
{
    const policy::Clock* found = nullptr;
    for (const auto& clock : case_.clocks)
        if (clock.key.id == id)
            found = &clock;
    return found;
}

void House::then_refused(const std::vector<std::string>& codes)
{
    if (!is_refused_)
        fail("it was not refused");
    is_refused_ = false;
    for (const auto& code : codes)
        if (!refusals_.contains(code))
            fail(fmt::format("{} is not among the refusals: {}", code, fmt::join(refusals_, " ")));
}

void House::then_events(const std::vector<std::string>& kinds, bool are_wanted) const
{
    for (const auto& kind : kinds)
        if (events_.contains(kind) != are_wanted)
            fail(fmt::format("recorded were: {}", fmt::join(events_, " ")));
}

void House::then_deadline(const std::string& id, const std::string& state) const
{
    const auto* clock = latest(id);
    if (clock == nullptr)
        fail("there is no such clock");
    const bool is_stopped_late = clock->state == policy::ClockState::late && clock->stopped_at;
    expect_equal(
        state == "stopped_late" && is_stopped_late ? state : name_of_clock(clock->state),
        state
    );
}

void House::then_due(const std::string& id, const std::string& time) const
{
    const auto* clock = latest(id);
    if (clock == nullptr)
        fail("there is no such clock");
    expect_equal(to_rfc3339(clock->due_at), to_rfc3339(parse_rfc3339(time).value()));
}

void House::then_next_due(const std::string& time) const
{
    const auto due = cases::next_due(case_);
    const std::string is = due == cases::no_time ? "none" : to_rfc3339(due);
    expect_equal(is, time == "none" ? time : to_rfc3339(parse_rfc3339(time).value()));
}

void House::then_packs(const std::vector<std::string>& ids) const
{
    std::set<std::string> bound;
    for (const auto& ref : case_.packs)
        bound.insert(ref.id);
    expect_equal(
        fmt::format("{}", fmt::join(bound, " ")),
        fmt::format("{}", fmt::join(std::set<std::string>{ids.begin(), ids.end()}, " "))
    );
}

void House::then_field(const std::string& text) const
{
    const auto equals = text.find('=');
    const auto* value = cases::field(case_, text.substr(0, equals));
    expect_equal(
        value == nullptr ? "" : json::serialize(*value),
        json::serialize(value_of(text.substr(equals + 1), now_))
    );
}

void House::then(const std::vector<std::string>& words)
{
    const auto& what = words.front();
    const auto& first = words.at(words.size() > 1 ? 1 : 0);
    const std::vector<std::string> rest{words.begin() + 1, words.end()};
    const auto is_open = [](const auto& clock) { return clock != nullptr; };
    if (what == "refused")
        return then_refused(rest);
    check_nothing_unexpected();
    if (what == "state")
        expect_equal(std::string{name_of(case_.state)}, first);
    else if (what == "event")
        then_events(rest, true);
    else if (what == "no" && first == "event")
        then_events({words.begin() + 2, words.end()}, false);
    else if (what == "no" && first == "deadline")
        expect_equal(is_open(latest(words.at(2))) ? words.at(2) : "", "");
    else if (what == "no" && first == "flag")
        expect_equal(case_.flags.contains(words.at(2)) ? words.at(2) : "", "");
    else if (what == "deadline")
        then_deadline(first, words.at(2));
    else if (what == "due")
        then_due(first, words.at(2));
    else if (what == "next_due")
        then_next_due(first);
    else if (what == "promise")
        expect_equal(
            std::string{name_of(case_.promises.at(std::stoul(first) - 1).state)},
            words.at(2)
        );
    else if (what == "remedy")
        expect_equal(
            std::string{name_of(case_.remedies.at(std::stoul(first) - 1).state)},
            words.at(2)
        );
    else if (what == "escalation")
        expect_equal(std::to_string(case_.escalation), first);
    else if (what == "emotion")
        expect_equal(std::string{name_of(case_.emotion)}, first);
    else if (what == "owner")
        expect_equal(
            std::to_string(case_.owner.value),
            std::to_string(people_.at(std::string{english(first)}).actor.staff.value)
        );
    else if (what == "packs")
        then_packs(rest);
    else if (what == "flag")
        expect_equal(case_.flags.contains(first) ? first : "", first);
    else if (what == "field")
        then_field(first);
    else
        fail("there is no line of this kind");
}

}  // namespace redress::scenarios
