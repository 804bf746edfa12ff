#include "tests/scenarios/house.hpp"

#include <fmt/format.h>

#include <doctest/doctest.h>
#include <filesystem>

using namespace redress::scenarios;

namespace {

/// "" or where and why it does not hold.
std::string failure_of(const Scenario& scenario)
{
    House house;
    int number = scenario.number;
    try {
        for (const auto& line : scenario.lines) {
            number = line.number;
            house.follow(line);
        }
        house.check_nothing_unexpected();
    } catch (const std::exception& reason) {
        return fmt::format("line {}: {}", number, reason.what());
    }
    return {};
}

}  // namespace

TEST_CASE("every scenario holds")
{
    int count = 0;
    for (const auto& file :
         std::filesystem::directory_iterator{REDRESS_SOURCE_DIR "/tests/scenarios"}) {
        if (file.path().extension() != ".scenario")
            continue;
        for (const auto& scenario : read_scenarios(file.path().string())) {
            ++count;
            const auto failure = failure_of(scenario);
            CHECK_MESSAGE(
                failure.empty(),
                file.path().filename().string(),
                ", ",
                scenario.title,
                "\n  ",
                failure
            );
        }
    }
    CHECK(count >= 25);
}

TEST_CASE("what does not hold is noticed")
{
    const auto line = [](std::vector<std::string> words) { return Line{1, std::move(words)}; };
    const auto start = line({"at", "2026-11-20T09:00:00+08:00"});
    const auto receive = line({"when", "customer", "receive", "channel=phone", "raw_content=x"});
    CHECK(failure_of({"", 1, {start, receive, line({"then", "state", "captured"})}}).empty());
    CHECK(!failure_of({"", 1, {start, receive, line({"then", "state", "closed"})}}).empty());
    CHECK(!failure_of({"", 1, {start, receive, line({"then", "refused", "role_forbids"})}}).empty()
    );
    CHECK(!failure_of({"", 1, {start, line({"when", "customer", "close"})}}).empty());
    CHECK(!failure_of({"",
                       1,
                       {start,
                        receive,
                        line({"then", "due", "first_response", "2026-11-20T10:00:01+08:00"})}}
    ).empty());
}
