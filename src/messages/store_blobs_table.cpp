#include "base/hash.hpp"
#include "base/require.hpp"
#include "messages/messages_sql.hpp"
#include "messages/store_blobs.hpp"

#include <boost/describe.hpp>

#include <algorithm>
#include <openssl/evp.h>

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

/// The C interface of the library takes unsigned bytes.
const unsigned char* as_unsigned(const char* bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes);
}
unsigned char* as_unsigned(char* bytes)
{
    return reinterpret_cast<unsigned char*>(bytes);
}

std::string to_base64(std::string_view bytes)
{
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size = EVP_EncodeBlock(
        as_unsigned(text.data()),
        as_unsigned(bytes.data()),
        static_cast<int>(bytes.size())
    );
    text.resize(static_cast<std::size_t>(size));
    return text;
}

/// "" for what is no base64: the hash of the whole tells.
std::string from_base64(std::string_view text)
{
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    const int size = EVP_DecodeBlock(
        as_unsigned(bytes.data()),
        as_unsigned(text.data()),
        static_cast<int>(text.size())
    );
    const auto padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    bytes.resize(static_cast<std::size_t>(std::max(0, size - padding)));
    return bytes;
}

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
            all += from_base64(row->base64);
        }
        return all;
    });
    if (bytes && sha256_hex(*bytes) != sha256)
        throw db::Fault{
            db::FaultKind::corrupt,
            "blob store: " + std::string{sha256} + " is damaged"};
    return bytes;
}

}  // namespace redress::messages
