#include "base/base64.hpp"
#include "base/hash.hpp"
#include "base/require.hpp"
#include "messages/messages_sql.hpp"
#include "messages/store_blobs.hpp"

#include <boost/describe.hpp>

#include <algorithm>

namespace redress::messages {
namespace {

/// Bytes of a part: three quarters of what its row holds, a multiple of three.
constexpr std::size_t part_bytes = 768UL * 1024;

struct PartRow {
    std::int64_t parts{};
    std::string base64;
};
BOOST_DESCRIBE_STRUCT(PartRow, (), (parts, base64))

constexpr db::Command<std::string_view, std::int64_t, std::int64_t, std::string_view> insert_part{
    "messages.insert_blob_part",
    sql::insert_blob_part};
constexpr db::Query<PartRow, std::string_view, std::int64_t> find_part{
    "messages.find_blob_part",
    sql::find_blob_part};
constexpr db::Command<std::string_view> delete_blob{"messages.delete_blob", sql::delete_blob};

}  // namespace

std::string TableBlobs::put(std::string_view bytes)
{
    REQUIRE_THAT(bytes.size() <= max_blob_bytes);
    auto name = sha256_hex(bytes);
    const auto parts = std::max<std::size_t>(1, (bytes.size() + part_bytes - 1) / part_bytes);
    database_.write([&](db::Tx& tx) {
        for (std::size_t part = 0; part < parts; ++part) {
            const auto text = to_base64(bytes.substr(part * part_bytes, part_bytes));
            tx.run(
                insert_part,
                name,
                static_cast<std::int64_t>(part),
                static_cast<std::int64_t>(parts),
                text
            );
        }
    });
    return name;
}

std::optional<std::string> TableBlobs::get(std::string_view sha256)
{
    auto bytes = database_.read([&](db::Tx& tx) -> std::optional<std::string> {
        std::string all;
        std::int64_t parts = 1;
        for (std::int64_t part = 0; part < parts; ++part) {
            const auto row = tx.one(find_part, sha256, part);
            if (!row && part == 0)
                return std::nullopt;
            if (!row)
                break;
            parts = row->parts;
            all += from_base64(row->base64).value_or("");
        }
        return all;
    });
    if (bytes && sha256_hex(*bytes) != sha256)
        throw db::Fault{
            db::FaultKind::corrupt,
            "blob store: " + std::string{sha256} + " is damaged"};
    return bytes;
}

void TableBlobs::remove(std::string_view sha256)
{
    database_.write([&](db::Tx& tx) { tx.run(delete_blob, sha256); });
}

}  // namespace redress::messages
