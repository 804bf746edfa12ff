// links: redress_policy
// A condition that parses keeps its text, parses again and is decided the same way twice, whatever
// the facts.
#include "base/require.hpp"
#include "policy/when.hpp"

#include <cstdint>

using namespace redress::policy;

namespace {

bool knows_all(std::string_view)
{
    return true;
}

redress::json::object some_facts()
{
    return {
        {"case",
         {{"sector", "bank"},
          {"severity", 3},
          {"anonymous", false},
          {"flags", {"late", "media"}}}}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    const auto condition = parse_when(text, knows_all);
    if (!condition) {
        REQUIRE_THAT(condition.error().offset <= size && !condition.error().code.empty());
        return 0;
    }
    const auto again = parse_when(condition->text(), knows_all);
    REQUIRE_THAT(again.has_value());
    REQUIRE_THAT(holds(*condition, some_facts()) == holds(*again, some_facts()));
    return 0;
}
