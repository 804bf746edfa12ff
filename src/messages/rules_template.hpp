#pragma once

#include "base/refusal.hpp"
#include "messages/model.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace redress::messages {

inline constexpr std::size_t max_title_code_points = 200;
inline constexpr std::size_t max_body_code_points = 20'000;
inline constexpr std::size_t max_variables = 100;
inline constexpr std::size_t max_rendered_bytes = 256UL * 1024;

/// A piece of a template: text as it is, or a variable with what to say where it has no value.
struct Piece {
    std::string text;      ///< of a variable: the words behind '|', "" for none
    std::string variable;  ///< "" for text
    friend bool operator==(const Piece&, const Piece&) = default;
};

/// The grammar: `{name}` or `{name|otherwise}`; `{{` and `}}` are braces. A name is lower-case
/// words joined by dots. Refuses a brace that does not fit, with the number of its line. Pure,
/// linear in the text.
[[nodiscard]] Result<std::vector<Piece>> parse_template(std::string_view body);

/// The variables that templates may name; besides these `deadline.<id>.due` for every deadline of a
/// policy pack.
[[nodiscard]] std::span<const std::string_view> known_variables();
[[nodiscard]] bool is_known_variable(std::string_view name);

/// The text with every variable filled in, as it is: the result is plain text and whoever shows it
/// escapes it. Refuses, naming each: variables that do not exist, and those without a value and
/// without an `otherwise`.
[[nodiscard]] Result<std::string> render(std::string_view body, const Facts& facts);

/// What an author gives.
struct TemplateDraft {
    std::string code;
    std::string language;
    std::string title;
    std::string body;
    TemplateUse use{};
    bool is_active{true};
};

/// The template with its variables, or everything that is wrong with the draft. Pure.
[[nodiscard]] Result<Template> checked(const TemplateDraft& draft);

}  // namespace redress::messages
