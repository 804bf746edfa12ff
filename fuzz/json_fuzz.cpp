// links: redress_base
// The canonical form of what parses is one text: it parses again and is its own canonical form.
#include "base/json.hpp"
#include "base/require.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    redress::json::value value;
    try {
        value = redress::parse_json({reinterpret_cast<const char*>(bytes), size});
    } catch (const boost::system::system_error&) {
        return 0;
    }
    const auto canonical = redress::to_canonical_json(value);
    REQUIRE_THAT(redress::to_canonical_json(redress::parse_json(canonical)) == canonical);
    return 0;
}
