#include "app/seed.hpp"

#include "app/filing.hpp"
#include "app/seed_files.hpp"
#include "base/catalogue.hpp"
#include "intake/import_run.hpp"
#include "intake/mapping.hpp"
#include "staff/changes.hpp"
#include "staff/recording.hpp"
#include "staff/store.hpp"
#include "staff/store_credentials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>
#include <stdexcept>

namespace redress::app {
namespace {

using StaffByLogin = std::map<std::string, StaffId, std::less<>>;
using CaseByKey = std::map<std::string, CaseId, std::less<>>;

constexpr Micros one_minute = std::chrono::minutes{1};
constexpr Micros before_first_case = std::chrono::days{1};

staff::Caller installer()
{
    staff::Caller caller;
    caller.actor = system_actor();
    caller.is_admin = true;
    return caller;
}

template <class T>
T expect(Result<T> result, std::string_view what)
{
    if (!result)
        throw std::runtime_error{fmt::format(
            "demonstration, {}: {}",
            what,
            say(Lang::en, result.error().refusals.front())
        )};
    return *std::move(result);
}

/// Roles and, as the one word that is no role, `admin`.
staff::StaffPatch patch_of(const DemoPerson& person, const std::string& currency, TeamId team)
{
    staff::StaffPatch patch;
    patch.display_name = person.name;
    patch.email = person.email;
    patch.limit_minor = person.limit_minor;
    patch.currency = currency;
    patch.languages = person.languages;
    patch.team = team;
    patch.is_active = true;
    std::vector<cases::Role> roles;
    for (const auto& name : person.roles) {
        if (name == "admin")
            patch.is_admin = true;
        else if (const auto role = named<cases::Role>(name))
            roles.push_back(*role);
    }
    patch.roles = std::move(roles);
    return patch;
}

/// As if everybody had chosen their password already.
void set_password(Program& program, StaffId id, const std::string& hash)
{
    program.database.write([&](db::Tx& tx) {
        auto person = staff::find_staff(tx, id);
        person->must_change_password = false;
        ++person->version;
        staff::update_staff(tx, *person);
        staff::put_credential(tx, id, hash, program.clock.now());
        staff::record(
            program.staff,
            tx,
            {"staff", id.value, person->version, "system"},
            {"password_changed", {}, {}}
        );
    });
}

StaffByLogin seed_house(Program& program, const DemoHouse& house)
{
    std::map<std::string, TeamId> teams;
    StaffByLogin people;
    std::map<std::string, std::string>
        hashes;  // one costs 70 ms and the demonstration's people share passwords
    for (const auto& team : house.teams) {
        staff::TeamPatch patch;
        patch.name_en = team.name_en;
        patch.name_zh = team.name_zh;
        patch.is_active = true;
        teams[team.id] = expect(staff::create_team(program.staff, installer(), patch), team.id).id;
    }
    for (const auto& person : house.people) {
        const auto patch = patch_of(person, house.currency, teams.at(person.team));
        people[person.login] = expect(
                                   staff::create_staff(
                                       program.staff,
                                       installer(),
                                       {person.login, std::nullopt, patch}
                                   ),
                                   person.login
        )
                                   .id;
        auto& hash = hashes[person.password];
        if (hash.empty())
            hash = program.staff.passwords.hash(person.password);
        set_password(program, people.at(person.login), hash);
    }
    program.staff.directory.reload();
    for (const auto& team : house.teams) {
        staff::TeamPatch patch;
        patch.lead = people.at(team.lead);
        expect(
            staff::change_team(
                program.staff,
                installer(),
                {teams.at(team.id), std::nullopt, patch}
            ),
            team.id
        );
    }
    return people;
}

/// "+2d", "+3h20m" or "+45m" counted from the receipt.
std::optional<Micros> duration_of(std::string_view text)
{
    if (!text.starts_with('+'))
        return std::nullopt;
    text.remove_prefix(1);
    Micros total{0};
    while (!text.empty()) {
        std::int64_t n = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
        if (error != std::errc{} || end == text.data() + text.size())
            return std::nullopt;
        const char unit = *end;
        if (unit != 'd' && unit != 'h' && unit != 'm')
            return std::nullopt;
        total += n * (unit == 'd'   ? Micros{std::chrono::days{1}}
                      : unit == 'h' ? Micros{std::chrono::hours{1}}
                                    : one_minute);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    }
    return total;
}

/// A step of a case at its own time.
struct Moment {
    Instant at;
    Instant received;
    const DemoCase* story{};
    const DemoStep* step{};
};

std::vector<Moment> moments_of(const std::vector<DemoCase>& stories, Instant now)
{
    std::vector<Moment> moments;
    for (const auto& story : stories) {
        const auto received =
            now - std::chrono::duration_cast<Micros>(
                      std::chrono::duration<double, std::ratio<86400>>{story.days_ago}
                  );
        for (const auto& step : story.steps)
            if (const auto at = received + step.after_minutes * one_minute; at <= now)
                moments.push_back({at, received, &story, &step});
    }
    std::ranges::stable_sort(moments, {}, &Moment::at);
    return moments;
}

class Storyteller {
public:
    Storyteller(Program& program, StaffByLogin people)
        : program_{program}, people_{std::move(people)}
    {}

    void tell(const Moment& moment)
    {
        const cases::Command command{
            moment.step->verb,
            inputs_of(moment),
            actor_of(moment),
            std::nullopt};
        const auto what = fmt::format(
            "{} after {} min, {}",
            moment.story->key,
            moment.step->after_minutes,
            moment.step->verb
        );
        if (moment.step->verb == "receive") {
            cases_[moment.story->key] =
                expect(
                    program_.door.file({command, false, false, {}, people_.at(moment.story->owner)}
                    ),
                    what
                )
                    .id;
            return;
        }
        expect(program_.door.submit(cases_.at(moment.story->key), command, std::nullopt), what);
    }

private:
    [[nodiscard]] cases::Actor actor_of(const Moment& moment) const
    {
        const auto& by = moment.step->by;
        if (by == "system")
            return system_actor();
        if (const auto person = people_.find(by); person != people_.end())
            return staff::to_actor(*program_.staff.directory.roster()->find(person->second));
        cases::Actor customer;
        customer.name = "customer:0";
        customer.roles = {cases::Role::customer};
        return customer;
    }

    [[nodiscard]] json::object inputs_of(const Moment& moment) const
    {
        auto inputs = moment.step->inputs;
        for (auto& [name, value] : inputs) {
            const auto* field = cases::lifecycle().find_field(name);
            if (!value.is_string())
                continue;
            const std::string text{value.get_string()};
            if (const auto span = duration_of(text))
                value = to_rfc3339(moment.received + *span);
            else if (field != nullptr && field->type == cases::Field::Type::staff)
                value = people_.at(text).value;
            else if (field != nullptr && field->type == cases::Field::Type::case_ref)
                value = cases_.at(text).value;
        }
        return inputs;
    }

    Program& program_;
    StaffByLogin people_;
    CaseByKey cases_;
};

void seed_sample(Program& program, const cases::Actor& actor)
{
    const auto sample = recent_sample(program.clock.now());
    const auto loaded = intake::load_mapping(sample.mapping, cases::lifecycle());
    if (!loaded.mapping)
        throw std::runtime_error{
            "demonstration: " +
            intake::to_text(loaded.mistakes.front(), "cfpb_mapping.toml", Lang::en)};
    const intake::ImportFile file{"cfpb_sample.csv", [&sample] {
                                      return std::make_unique<std::istringstream>(sample.csv);
                                  }};
    const intake::ImportOrder
        order{file, *loaded.mapping, sample.mapping, "utf-8", actor, Lang::en};
    expect(
        intake::run_import(program.database, intake_services(program.door), order, {}),
        "the CFPB sample"
    );
}

}  // namespace

bool is_empty(Program& program)
{
    // Where nobody works there is no case either: each has an owner.
    return program.staff.directory.roster()->people.empty();
}

void seed_demonstration(
    Program& program,
    VirtualClock& clock,
    Instant now,
    const std::function<void(std::string_view)>& progress
)
{
    const auto house = read_demo_house();
    const auto stories = read_demo_cases();
    const auto moments = moments_of(stories, now);
    clock.set(moments.front().at - before_first_case);
    progress("staff");
    const auto people = seed_house(program, house);
    progress("cases");
    Storyteller storyteller{program, people};
    for (const auto& moment : moments) {
        clock.set(moment.at);
        while (program.door.tick_due(500) == 500) {
        }
        storyteller.tell(moment);
    }
    clock.set(now);
    progress("sample");
    seed_sample(program, system_actor());
}

std::vector<SignInHint> demonstration_accounts()
{
    std::vector<SignInHint> hints;
    for (const auto& person : read_demo_house().people) {
        std::string jobs;
        for (const auto& role : person.roles)
            jobs += (jobs.empty() ? "" : ", ") + role;
        const bool is_known =
            std::ranges::any_of(hints, [&](const auto& one) { return one.jobs == jobs; });
        if (!is_known)
            hints.push_back({person.login, person.password, person.name, jobs});
    }
    return hints;
}

json::object demonstration_organisation()
{
    auto organisation = read_demo_house().organisation;
    for (auto& [key, value] : organisation)
        if (auto* both_languages = value.if_object())
            value = both_languages->contains("zh") ? both_languages->at("zh") : json::value("");
    return organisation;
}

}  // namespace redress::app
