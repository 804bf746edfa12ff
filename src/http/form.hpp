#pragma once

#include "base/refusal.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace redress::http {

/// What a form may have at most; a browser's form is far below.
inline constexpr std::size_t max_form_parts = 200;
inline constexpr std::size_t max_form_name = 100;           ///< bytes
inline constexpr std::size_t max_form_part_head = 4 << 10;  ///< bytes

/// A file that was chosen. Its bytes lie in the body and live as long.
struct FormFile {
    std::string field;
    std::string file_name;  ///< as the sender calls it: valid UTF-8, otherwise anything
    std::string_view bytes;
};

/// A form as a browser sends it. Texts are valid UTF-8 with '\n' as the only line break and no
/// other control character but '\t'.
struct Form {
    std::vector<std::pair<std::string, std::string>> fields;
    std::vector<FormFile> files;  ///< fields of files in which none was chosen are left out
    bool is_whole = true;         ///< false: it broke off; what arrived before is here

    /// The first of this name, "" when there is none.
    [[nodiscard]] std::string_view field(std::string_view name) const;
};

/// Reads application/x-www-form-urlencoded and multipart/form-data (RFC 7578). Refuses
/// "form_type_wrong" for any other type and "form_malformed" beyond the limits. Pure, linear in the
/// body, which outlives the files.
[[nodiscard]] Result<Form> read_form(std::string_view content_type, std::string_view body);

}  // namespace redress::http
