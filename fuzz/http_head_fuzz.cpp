// links: redress_http
// A head is found at the same place however its bytes arrive, and what was understood has one body
// length and one host.
#include "base/require.hpp"
#include "http/head.hpp"

#include <cstdint>

using redress::http::HeadScanner;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    HeadScanner whole;
    const auto state = whole.scan(text);

    HeadScanner piecewise;
    auto so_far = HeadScanner::State::needs_more;
    for (std::size_t end = 1; end <= size && so_far == HeadScanner::State::needs_more; ++end)
        so_far = piecewise.scan(text.substr(0, end));
    REQUIRE_THAT(size == 0 || so_far == state);
    if (state != HeadScanner::State::is_complete)
        return 0;

    REQUIRE_THAT(whole.size() <= size && whole.size() == piecewise.size());
    const auto head = redress::http::parse_head(text.substr(0, whole.size()));
    if (!head) {
        REQUIRE_THAT(head.error().status >= 400 && !head.error().refusal.code.empty());
        return 0;
    }
    REQUIRE_THAT(!(head->is_chunked && head->content_length > 0));
    REQUIRE_THAT(head->request.headers.size() <= redress::http::max_headers);
    return 0;
}
