// links: redress_http
// A chunked body is the same whether it arrives at once or byte by byte, and never larger than
// allowed.
#include "base/require.hpp"
#include "http/chunked.hpp"

#include <cstdint>

using redress::http::ChunkedBody;

namespace {

constexpr std::size_t max_body = 4096;

struct Decoded {
    ChunkedBody::State state{};
    std::string body;
    std::size_t left{};
};

Decoded decode(std::string_view text, std::size_t piece)
{
    Decoded decoded;
    ChunkedBody chunked{max_body};
    while (!text.empty() && decoded.state == ChunkedBody::State::needs_more) {
        auto next = text.substr(0, piece);
        const auto before = next.size();
        decoded.state = chunked.feed(next, decoded.body);
        REQUIRE_THAT(next.empty() || decoded.state != ChunkedBody::State::needs_more);
        text.remove_prefix(before - next.size());
    }
    decoded.left = text.size();
    return decoded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    const auto at_once = decode(text, size + 1);
    const auto by_byte = decode(text, 1);
    REQUIRE_THAT(at_once.state == by_byte.state);
    REQUIRE_THAT(at_once.body.size() <= max_body);
    if (at_once.state == ChunkedBody::State::is_complete)
        REQUIRE_THAT(at_once.body == by_byte.body && at_once.left == by_byte.left);
    return 0;
}
