#pragma once

#include <string>
#include <string_view>

namespace redress::portal {

/// A QR code (ISO/IEC 18004) of the text as a square SVG picture with its quiet zone, black on
/// white whatever stands around it; errors up to a quarter of it can be read over. Throws
/// std::length_error for more text than a code can hold.
[[nodiscard]] std::string qr_svg(std::string_view text);

}  // namespace redress::portal
