// links: redress_base
// Repairing, counting, cutting and trimming any bytes gives UTF-8 that is not longer than it should
// be.
#include "base/require.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    const auto valid = redress::to_valid_utf8(text);
    REQUIRE_THAT(redress::is_valid_utf8(valid));
    REQUIRE_THAT(redress::to_valid_utf8(valid) == valid);
    REQUIRE_THAT(redress::count_code_points(valid) <= redress::count_code_points(text));

    const auto points = redress::count_code_points(valid);
    for (const auto limit : {points / 2, points, points + 1}) {
        const auto first = redress::first_code_points(valid, limit);
        REQUIRE_THAT(valid.starts_with(first));
        REQUIRE_THAT(redress::is_valid_utf8(first));
        REQUIRE_THAT(redress::count_code_points(first) == std::min(limit, points));
    }

    const auto trimmed = redress::trim(valid);
    REQUIRE_THAT(redress::is_valid_utf8(trimmed));
    REQUIRE_THAT(redress::trim(trimmed) == trimmed);
    return 0;
}
