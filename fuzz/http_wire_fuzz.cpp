#include "http/chunked.hpp"
#include "http/cursor.hpp"
#include "http/head.hpp"
#include "http/query.hpp"
#include "http/wire.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace redress;
using namespace redress::http;

namespace {

enum class Mood { calm, furious };
BOOST_DESCRIBE_ENUM(Mood, calm, furious)

struct Item {
    std::string name;
    std::optional<int> count;
    static constexpr auto wire_limits = std::to_array<Limit>({{"name", 1, 50}});
};
BOOST_DESCRIBE_STRUCT(Item, (), (name, count))

struct Body {
    CaseId id;
    Mood mood{};
    double weight{};
    std::optional<Instant> at;
    std::vector<Item> items;
    std::map<std::string, std::string> labels;
    json::object extra;
};
BOOST_DESCRIBE_STRUCT(Body, (), (id, mood, weight, at, items, labels, extra))

void must(bool holds)
{
    if (!holds)
        std::abort();
}

/// What is read must be written so that it is read the same again.
void fuzz_json(std::string_view bytes)
{
    const auto body = read_json<Body>(bytes);
    if (!body)
        return must(!body.error().refusals.empty());
    const auto text = write_json(*body);
    const auto again = read_json<Body>(text);
    must(again && write_json(*again) == text);
}

/// A head that is understood has one length and no control characters.
void fuzz_head(std::string_view bytes)
{
    HeadScanner scanner;
    if (scanner.scan(bytes) != HeadScanner::State::is_complete)
        return;
    const auto head = parse_head(bytes.substr(0, scanner.size()));
    if (!head)
        return must(head.error().status >= 400);
    must(!(head->is_chunked && head->content_length > 0));
    for (const auto& [name, value] : head->request.headers)
        must(
            name.find_first_of("\r\n") == std::string::npos &&
            value.find_first_of("\r\n") == std::string::npos
        );
}

void fuzz_chunks(std::string_view bytes)
{
    constexpr std::size_t max_body = 4'096;
    ChunkedBody chunks{max_body};
    std::string body;
    auto state = ChunkedBody::State::needs_more;
    while (!bytes.empty() && state == ChunkedBody::State::needs_more) {
        auto part = bytes.substr(0, 1 + static_cast<unsigned char>(bytes.front()) % 7);
        bytes.remove_prefix(part.size());
        state = chunks.feed(part, body);
    }
    must(body.size() <= max_body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    // libFuzzer hands over unsigned bytes; texts here are char.
    const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
    switch (data[0] % 5) {
        case 0:
            fuzz_json(bytes);
            break;
        case 1:
            fuzz_head(bytes);
            break;
        case 2:
            fuzz_chunks(bytes);
            break;
        case 3:
            static_cast<void>(open_cursor(bytes));
            break;
        default:
            static_cast<void>(
                read_query(bytes, {{.name = "a", .type = QueryType::number}, {.name = "b"}})
            );
            break;
    }
    return 0;
}
