// links: redress_language
// Every line gets one line of JSON.
#include "base/json.hpp"
#include "base/require.hpp"
#include "language/analyse.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    static redress::language::Analyser analyser;
    const std::string said = analyser.answer({reinterpret_cast<const char*>(bytes), size});
    REQUIRE_THAT(said.find('\n') == std::string::npos);
    redress::json::error_code error;
    REQUIRE_THAT(redress::json::parse(said, error).is_object() && !error);
    return 0;
}
