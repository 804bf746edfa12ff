// links: redress_policy
// Every question is answered with one line: an object with either "due" or "error".
#include "base/json.hpp"
#include "base/require.hpp"
#include "policy/due.hpp"

#include <cstdint>

using namespace redress;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string answer = policy::answer_due({reinterpret_cast<const char*>(bytes), size});
    REQUIRE_THAT(answer.find('\n') == std::string::npos);
    const json::value parsed = parse_json(answer);
    const json::object& object = parsed.as_object();
    REQUIRE_THAT(object.size() == 1 && (object.contains("due") || object.contains("error")));
    return 0;
}
