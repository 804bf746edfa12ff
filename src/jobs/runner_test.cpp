#include "jobs/runner.hpp"

#include <atomic>
#include <doctest/doctest.h>
#include <stdexcept>

using namespace redress::jobs;
using namespace std::chrono_literals;

namespace {

template <class Condition>
bool comes_true(Condition condition)
{
    for (int i = 0; i < 500 && !condition(); ++i)
        std::this_thread::sleep_for(10ms);
    return condition();
}

}  // namespace

TEST_CASE("work that has more runs again at once, and a waiting task can be woken")
{
    std::atomic<int> runs{0};
    Runner runner{[](auto, auto) {}};
    runner.start({"count", 1h, [&] { return ++runs % 3 != 0; }});
    CHECK(comes_true([&] { return runs == 3; }));
    runner.wake("count");
    CHECK(comes_true([&] { return runs == 6; }));
    runner.wake("another");
    std::this_thread::sleep_for(30ms);
    CHECK(runs == 6);
}

TEST_CASE("work that throws is told and tried again")
{
    std::atomic<int> runs{0};
    std::atomic<int> told{0};
    Runner runner{[&](std::string_view task, std::string_view what) {
        told += task == "shaky" && what == "no" ? 1 : 100;
    }};
    runner.start({"shaky", 1ms, [&]() -> bool {
                      if (++runs < 3)
                          throw std::runtime_error{"no"};
                      return false;
                  }});
    CHECK(comes_true([&] { return runs > 3; }));
    CHECK(told == 2);
}
