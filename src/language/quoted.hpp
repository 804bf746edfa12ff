#pragma once

#include <string>
#include <string_view>

namespace redress::language {

/// A message with everything that its writer did not write now made blank: quoted lines, what
/// follows "On … wrote:" or the heading of an earlier mail, signatures and what a device adds. Each
/// character taken out is one blank (line ends stay), so that spans in the result are spans in the
/// original. Invalid UTF-8 is kept as it is. Linear in time; what is beyond max_text_bytes is cut
/// off.
[[nodiscard]] std::string own_words(std::string_view message);

}  // namespace redress::language
