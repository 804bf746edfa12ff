#include "desk/case_page.hpp"

#include "cases/case_for_tests.hpp"

#include <doctest/doctest.h>

using namespace redress;
using namespace redress::cases;

TEST_CASE("E4: the page of a case tells its promises in the words they were given in")
{
    auto value = after(
        registered(),
        {"promise",
         {{"promise_text", "五点前回电"}, {"promise_due", "2026-11-20T17:00:00+08:00"}},
         actor({}),
         std::nullopt},
        context()
    );
    value = after(
        value,
        {"renegotiate_promise",
         {{"promise_no", 1},
          {"promise_due", "2026-11-20T18:00:00+08:00"},
          {"customer_agreed", true}},
         actor({}),
         std::nullopt},
        context()
    );
    const desk::Viewer viewer{actor({}), Lang::zh, true};
    const auto page =
        parse_json(desk::write_case_page(value, {}, viewer, context(), staff::Roster{}));
    const auto& promise = page.at("promises").at(0);
    CHECK(promise.at("text") == "五点前回电");
    CHECK(promise.at("state") == "renegotiated");
}
