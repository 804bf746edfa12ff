#pragma once

#include <string>
#include <string_view>

namespace redress::messages {

/// What the bytes are, by their first ones; the ending of the name only tells office files from
/// other ZIP archives. "text/plain" for UTF-8 text, also when it would read as HTML or SVG;
/// "application/octet-stream" when unknown.
[[nodiscard]] std::string media_type_of(std::string_view bytes, std::string_view file_name);

/// PNG, JPEG, GIF and WebP may be shown in a page; everything else is only ever downloaded.
[[nodiscard]] bool may_be_shown(std::string_view media_type);

}  // namespace redress::messages
