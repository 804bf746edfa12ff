#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace redress {

/// The two languages of the product.
enum class Lang { zh, en };

/// "zh…" is Chinese; everything else is English.
[[nodiscard]] Lang lang_of(std::string_view tag);
[[nodiscard]] std::string_view to_tag(Lang lang);

/// Both languages of one text, as policy packs give them.
struct Text {
    std::string en;
    std::string zh;

    [[nodiscard]] const std::string& in(Lang lang) const
    {
        return lang == Lang::zh && !zh.empty() ? zh : en;
    }
    friend bool operator==(const Text&, const Text&) = default;
};

[[nodiscard]] bool is_valid_utf8(std::string_view text);
/// Replaces what is not UTF-8 with U+FFFD and drops NUL.
[[nodiscard]] std::string to_valid_utf8(std::string_view text);
/// Number of code points; invalid bytes count one each.
[[nodiscard]] std::size_t count_code_points(std::string_view text);
/// The first `limit` code points, never a half one.
[[nodiscard]] std::string_view first_code_points(std::string_view text, std::size_t limit);
/// Without ASCII white space, U+3000 and U+FEFF at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::string to_lower_ascii(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
/// Fills `{name}` from pairs; a name without a pair stays as it is.
[[nodiscard]] std::string
fill(std::string_view pattern, const std::vector<std::pair<std::string, std::string>>& params);

}  // namespace redress
