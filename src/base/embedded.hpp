#pragma once

#include <span>
#include <string_view>

namespace redress::embedded {

/// A file built into the program: path below its folder, and bytes that live as long as the
/// program.
struct File {
    std::string_view path;
    std::string_view bytes;
};

}  // namespace redress::embedded
