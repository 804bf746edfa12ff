#include "customers/rules.hpp"

#include "customers/rules_profile.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace redress::customers {
namespace {

constexpr Instant noon{1'795'262'400'000'000};

Customer with_id(std::int64_t id)
{
    Customer customer;
    customer.id = CustomerId{id};
    return customer;
}

Customer
carried_out(const Customer& before, const Command& command, const Customer* other = nullptr)
{
    const auto events = decide(before, command, {noon, other});
    REQUIRE(events.has_value());
    auto after = before;
    for (const auto& event : *events)
        after = apply(after, event);
    return after;
}

std::string refused(const Customer& before, const Command& command, const Customer* other = nullptr)
{
    const auto events = decide(before, command, {noon, other});
    return events ? std::string{"accepted"} : events.error().refusals.front().code;
}

Profile named(std::string name, std::vector<Contact> contacts = {})
{
    Profile profile;
    profile.name = std::move(name);
    profile.contacts = std::move(contacts);
    return profile;
}

Contact phone(const std::string& number)
{
    return {ContactKind::phone, number, {}};
}

Customer created(std::int64_t id, const Profile& profile)
{
    return carried_out(with_id(id), Create{profile});
}

rc::Gen<Profile> profiles()
{
    return rc::gen::exec([] {
        Profile profile = named("客户" + std::to_string(*rc::gen::inRange(0, 100)));
        profile.tier = *rc::gen::element(Tier::standard, Tier::important, Tier::major);
        profile.relation = *rc::gen::element(Relation::unknown, Relation::watching);
        profile.notes = *rc::gen::element<std::string>("", "rings twice");
        profile.worksheet = {
            *rc::gen::inRange(0, 100'000),
            *rc::gen::inRange(0, 400),
            *rc::gen::inRange(0, 9'999),
            *rc::gen::inRange(0, 30),
            "CNY"};
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
            profile.contacts.push_back(
                phone("+861380000" + std::to_string(*rc::gen::inRange(1000, 1020)))
            );
        for (int i = *rc::gen::inRange(0, 2); i > 0; --i)
            profile.contacts.push_back(
                {ContactKind::address, "Room " + std::to_string(*rc::gen::inRange(1, 4)), ""}
            );
        return profile;
    });
}

}  // namespace

TEST_CASE("names, contacts and notes are personal, the rest is not")
{
    auto profile = named("王女士", {phone("13812345678")});
    profile.notes = "prefers mornings";
    profile.tier = Tier::major;
    const auto events = decide(with_id(1), Create{profile}, {noon, nullptr});
    REQUIRE(events.has_value());
    REQUIRE(events->size() == 1);
    const auto& event = events->front();
    CHECK(json::serialize(event.payload) == R"({"tier":"major"})");
    CHECK(event.personal.size() == 3);
    CHECK(json::serialize(event.personal).find("+8613812345678") != std::string::npos);
}

TEST_CASE("everything wrong with a profile is said at once, with its place")
{
    auto profile = named("", {phone("12"), {ContactKind::email, "x", "l"}});
    profile.language = "fr";
    profile.worksheet = {-1, max_times_a_year + 1, 0, 0, "yuan"};
    profile.consents = {{Purpose::survey, true, {}}, {Purpose::survey, false, noon + Micros{1}}};
    const auto events = decide(with_id(1), Create{profile}, {noon, nullptr});
    REQUIRE_FALSE(events.has_value());
    std::vector<std::string> fields;
    for (const auto& refusal : events.error().refusals)
        fields.push_back(refusal.code + " " + refusal.field);
    CHECK(
        fields ==
        std::vector<std::string>{
            "customer_language language",
            "contact_invalid contacts[0].value",
            "contact_invalid contacts[1].value",
            "customer_consent_twice consents",
            "customer_consent_early consents",
            "customer_amount worksheet.purchase_minor",
            "customer_amount worksheet.times_a_year",
            "customer_currency worksheet.currency"}
    );
    CHECK(refused(with_id(1), Create{named(" \u202E ")}) == "customer_unnamed");
}

TEST_CASE("a change records only what is different")
{
    const auto before = created(1, named("Li", {phone("13812345678")}));
    ProfileChange change;
    change.name = "Li";
    change.contacts = {phone("+86 138 1234 5678")};
    CHECK(carried_out(before, Update{change}) == before);

    change.tier = Tier::important;
    const auto events = decide(before, Update{change}, {noon, nullptr});
    REQUIRE(events.has_value());
    CHECK(json::serialize(events->front().payload) == R"({"tier":"important"})");
    CHECK(events->front().personal.empty());

    const auto important = carried_out(before, Update{change});
    change.tier = Tier::standard;
    CHECK(carried_out(important, Update{change}).profile.tier == Tier::standard);
}

TEST_CASE("a worksheet is replaced as a whole")
{
    auto profile = named("Li");
    profile.worksheet = {20'000, 2, 6'000, 5, "CNY"};
    ProfileChange change;
    change.worksheet = Worksheet{100, 0, 0, 0, "CNY"};
    const auto after = carried_out(created(1, profile), Update{change});
    CHECK(after.profile.worksheet == Worksheet{100, 0, 0, 0, "CNY"});
}

TEST_CASE("the value sheet of the sources")
{
    const Worksheet sheet{20'000, 2, 6'000, 5, "CNY"};
    CHECK(yearly_value_minor(sheet) == 46'000);
    CHECK(lifetime_value_minor(sheet) == 230'000);
    const Worksheet largest{max_money_minor, max_times_a_year, max_money_minor, max_years, "CNY"};
    CHECK(lifetime_value_minor(largest) == 1'000'100'000'000'000'000);
}

TEST_CASE("a complaint teaches what was missing and never overwrites")
{
    const auto before = created(1, named("Li", {phone("13812345678")}));
    const auto after = carried_out(
        before,
        Learn{"Other Name", {phone("+8613812345678"), phone("+8613900000000")}}
    );
    CHECK(after.profile.name == "Li");
    CHECK(after.profile.contacts.size() == 2);
    CHECK(carried_out(after, Learn{"X", {phone("+8613900000000")}}) == after);
    CHECK(
        carried_out(created(2, named("", {phone("13812345678")})), Learn{"王\n伟", {}})
            .profile.name == "王 伟"
    );
}

TEST_CASE("a contact book that is full takes no more")
{
    std::vector<Contact> many;
    for (std::size_t i = 0; i < max_contacts; ++i)
        many.push_back(phone(std::to_string(10'000'000 + i)));
    const auto full = created(1, named("Li", many));
    CHECK(carried_out(full, Learn{"Li", {phone("+8613900000000")}}) == full);
    const auto other = created(2, named("Li", {phone("13900000000")}));
    CHECK(refused(full, Absorb{}, &other) == "customer_contacts_too_many");
}

TEST_CASE("merging and splitting again leaves both as they were")
{
    CHECK(rc::check("round trip", [] {
        const auto one = created(1, *profiles());
        const auto two = created(2, *profiles());
        const auto merged = carried_out(one, MergeInto{}, &two);
        const auto survivor = carried_out(two, Absorb{}, &one);
        RC_ASSERT(merged.merged_into == two.id);
        for (const auto& contact : one.profile.contacts) {
            const auto& all = survivor.profile.contacts;
            RC_ASSERT(std::ranges::any_of(all, [&](const Contact& each) {
                return each.kind == contact.kind && match_key(each) == match_key(contact);
            }));
        }
        auto alone = carried_out(merged, SplitOff{}, &survivor);
        auto released = carried_out(survivor, Release{}, &merged);
        RC_ASSERT(alone.version == one.version + 2);
        alone.version = one.version;
        released.version = two.version;
        RC_ASSERT(alone == one);
        RC_ASSERT(released == two);
    }));
}

TEST_CASE("a merged record is closed to changes until it is split off")
{
    const auto one = created(1, named("Li"));
    const auto two = created(2, named("Li"));
    const auto three = created(3, named("Li"));
    const auto merged = carried_out(one, MergeInto{}, &two);
    CHECK(refused(merged, Update{}) == "customer_merged");
    CHECK(refused(merged, Learn{}) == "customer_merged");
    CHECK(refused(merged, MergeInto{}, &three) == "customer_merged");
    CHECK(refused(three, Absorb{}, &merged) == "customer_merged");
    CHECK(refused(one, MergeInto{}, &one) == "customer_merge_self");
    CHECK(refused(one, SplitOff{}, &two) == "customer_not_merged");
    const auto two_merged = carried_out(two, MergeInto{}, &three);
    CHECK(refused(merged, SplitOff{}, &two_merged) == "customer_split_order");
    CHECK(refused(with_id(9), Update{}) == "customer_not_found");
}

TEST_CASE("a customer is nothing but its events, and its document says all of it")
{
    CHECK(rc::check("document", [] {
        const auto one = created(1, *profiles());
        const auto survivor = carried_out(created(2, *profiles()), Absorb{}, &one);
        Customer read;
        from_doc(parse_json(json::serialize(to_doc(survivor))), read);
        RC_ASSERT(read == survivor);
    }));
}

}  // namespace redress::customers
