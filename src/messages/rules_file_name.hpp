#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace redress::messages {

inline constexpr std::size_t max_file_name_code_points = 200;

/// A name that is only a name on every system: the part behind the last '/' or '\', NFC, without
/// control, direction and invisible characters, nothing that Windows reserves, no dots or spaces at
/// the ends, at most max_file_name_code_points (the ending is kept). "file" when nothing is left.
/// Idempotent.
[[nodiscard]] std::string safe_file_name(std::string_view name);

/// The file name of a Content-Disposition (RFC 6266): filename* before filename, percent-decoded;
/// not yet safe.
[[nodiscard]] std::optional<std::string> file_name_in(std::string_view content_disposition);

enum class Disposition { attachment, in_line };

/// The Content-Disposition for a safe name: ASCII in `filename`, everything in `filename*` (RFC
/// 8187).
[[nodiscard]] std::string content_disposition(Disposition disposition, std::string_view safe_name);

}  // namespace redress::messages
