#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace redress::operations {

/// All of these throw std::filesystem::filesystem_error naming the file.

/// The bytes, on the disk when this returns.
void write_durably(const std::filesystem::path& file, std::string_view bytes);
[[nodiscard]] std::string read_whole(const std::filesystem::path& file);
/// What was written to a file or folder reaches the disk.
void sync(const std::filesystem::path& place);
/// A copy, on the disk when this returns; `to` must not exist.
void copy_durably(const std::filesystem::path& from, const std::filesystem::path& to);
/// No such place, or a folder without anything in it.
[[nodiscard]] bool is_vacant(const std::filesystem::path& place);

}  // namespace redress::operations
