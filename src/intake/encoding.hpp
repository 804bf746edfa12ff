#pragma once

#include "base/csv.hpp"

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

namespace redress::intake {

/// What one pass over a file tells.
struct FileFacts {
    std::string hash;  ///< SHA-256 of the bytes
    std::uint64_t bytes{};
    std::string encoding;  ///< a name ICU knows: "UTF-8", "UTF-16LE", "gb18030", "Big5", …
    bool is_marked{};      ///< a byte order mark says so
};

/// Reads the stream to its end. A byte order mark decides; then what is valid UTF-8 is UTF-8; then
/// what decodes without a fault as GB18030 and looks like Chinese is that; then ICU's guess counts.
[[nodiscard]] FileFacts inspect(std::istream& file);

[[nodiscard]] bool is_known_encoding(std::string_view name);

/// Decodes a stream piece by piece. Bytes that mean nothing become `undecodable_mark`; a byte order
/// mark is dropped.
class TextStream {
public:
    /// `encoding` is known; the stream outlives this.
    TextStream(std::istream& file, const std::string& encoding);
    ~TextStream();
    TextStream(TextStream&&) noexcept;
    TextStream& operator=(TextStream&&) = delete;

    /// As TextSource says.
    [[nodiscard]] std::string_view next();
    /// Bytes of the file used so far.
    [[nodiscard]] std::uint64_t bytes_done() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace redress::intake
