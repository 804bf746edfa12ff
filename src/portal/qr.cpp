#include "portal/qr.hpp"

#include <fmt/format.h>

#include <memory>
#include <qrencode.h>
#include <stdexcept>

namespace redress::portal {
namespace {

constexpr int quiet_zone = 4;  // modules; ISO/IEC 18004, 5.3.8

struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

std::string qr_svg(std::string_view text)
{
    const std::unique_ptr<QRcode, Free> code{
        QRcode_encodeString8bit(std::string{text}.c_str(), 0, QR_ECLEVEL_Q)};
    if (!code)
        throw std::length_error{"this is too long for a QR code"};
    const int size = code->width + 2 * quiet_zone;
    std::string path;
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width;) {
            const auto is_dark = [&](int at) {
                return at < code->width && (code->data[y * code->width + at] & 1) != 0;
            };
            const int begin = x++;
            if (!is_dark(begin))
                continue;
            while (is_dark(x))
                ++x;
            const int width = x - begin;
            path +=
                fmt::format("M{} {}h{}v1h-{}z", begin + quiet_zone, y + quiet_zone, width, width);
        }
    return fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" shape-rendering="crispEdges">)"
        R"(<rect width="{0}" height="{0}" fill="#fff"/><path fill="#000" d="{1}"/></svg>)",
        size,
        path
    );
}

}  // namespace redress::portal
