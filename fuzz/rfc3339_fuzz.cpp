// links: redress_base
// What is read as a time is written as a time that reads the same.
#include "base/instant.hpp"
#include "base/require.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const auto at = redress::parse_rfc3339({reinterpret_cast<const char*>(bytes), size});
    if (!at)
        return 0;
    REQUIRE_THAT(redress::parse_rfc3339(redress::to_rfc3339(*at)) == at);
    return 0;
}
