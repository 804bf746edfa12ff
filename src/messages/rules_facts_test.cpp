#include "messages/rules_facts.hpp"

#include "messages/rules_template.hpp"

#include <doctest/doctest.h>

namespace redress::messages {
namespace {

constexpr Instant noon{1'795'262'400'000'000};  // 2026-11-21T12:00:00Z
constexpr Micros hour = std::chrono::hours{1};

policy::Clock clock_of(std::string id, Instant due_at, policy::ClockState state)
{
    policy::Clock clock;
    clock.key.id = std::move(id);
    clock.due_at = due_at;
    clock.state = state;
    return clock;
}

cases::Case example()
{
    cases::Case value;
    value.ref_no = "20261121-000042";
    value.received_at = noon;
    value.facts = {{"product", "kettle"}, {"severity", 3}};
    value.personal = {{"description", "It leaks."}, {"remedy_asked", "A new one."}};
    value.clocks = {
        clock_of("first_response", noon + 2 * hour, policy::ClockState::running),
        clock_of("first_response", noon + hour, policy::ClockState::running),
        clock_of("golden_time", noon + hour, policy::ClockState::met)};
    return value;
}

}  // namespace

TEST_CASE("a case tells what templates may name, in the reader's language and zone")
{
    const auto zone = policy::Zone::find("Asia/Shanghai");
    REQUIRE(zone != nullptr);
    const Surroundings around{"王女士", "李雷", "", "", {{"status_url", "https://x.cn/s"}}, *zone};
    const auto zh = facts_of(example(), around, Lang::zh);
    CHECK(zh.at("case.ref_no") == "20261121-000042");
    CHECK(zh.at("case.description") == "It leaks.");
    CHECK(zh.at("case.product") == "kettle");
    CHECK(zh.at("case.received_at") == "2026年11月21日20:00");
    CHECK(zh.at("deadline.first_response.due") == "2026年11月21日21:00");
    CHECK(zh.at("org.status_url") == "https://x.cn/s");
    CHECK(zh.at("customer.name") == "王女士");
    for (const auto* absent :
         {"deadline.golden_time.due",
          "owner.contact",
          "promise.due",
          "case.subject",
          "case.severity"})
        CHECK_FALSE(zh.contains(absent));
    CHECK(facts_of(example(), around, Lang::en).at("case.received_at") == "2026-11-21 20:00");
}

TEST_CASE("every fact of a case is a variable that templates may name")
{
    const auto zone = policy::Zone::find("UTC");
    REQUIRE(zone != nullptr);
    auto value = example();
    value.promises.push_back(
        {1, cases::PromiseState::open, noon, noon + hour, {}, StaffId{1}, false, 0}
    );
    const Surroundings around{"a", "b", "c", "d", {{"name", "e"}, {"secret", "f"}}, *zone};
    const auto facts = facts_of(value, around, Lang::en);
    CHECK(facts.contains("promise.due"));
    for (const auto& [name, text] : facts)
        CHECK_MESSAGE(is_known_variable(name), name);
}

}  // namespace redress::messages
