#include "head.hpp"

#include <algorithm>
#include <array>

namespace redress::tidy {
namespace {

constexpr std::array<std::string_view, 4> type_words{"class", "struct", "union", "enum"};
constexpr std::array<std::string_view, 5> not_a_name{
    "decltype",
    "noexcept",
    "alignas",
    "explicit",
    "requires"};
constexpr std::array<std::string_view, 16> not_a_variable{
    "using",
    "typedef",
    "template",
    "friend",
    "extern",
    "namespace",
    "return",
    "public",
    "class",
    "struct",
    "static_assert",
    "union",
    "enum",
    "concept",
    "goto",
    "operator",
};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word)
{
    return std::ranges::find(words, word) != words.end();
}

/// The index after the bracket that closes the one at `open`.
std::size_t
after_brackets(Head head, std::size_t open, std::string_view opening, std::string_view closing)
{
    std::size_t depth = 0;
    for (auto i = open; i < head.size(); ++i) {
        if (head[i].text == opening)
            ++depth;
        else if (head[i].text == closing && --depth == 0)
            return i + 1;
    }
    return head.size();
}

/// A macro called without a semicolon, as Boost.Describe's are, with more behind it.
bool is_macro_call(Head head)
{
    return head.size() > 1 && head[1].text == "(" && head[0].text.starts_with("BOOST_") &&
           after_brackets(head, 1, "(", ")") < head.size();
}

/// Without `template <…>`, attributes, macros and the words that may stand before a type's key
/// word.
Head without_prefix(Head head)
{
    for (;;) {
        if (head.size() > 1 && head[0].text == "template")
            head = head.subspan(after_brackets(head, 1, "<", ">"));
        else if (head.size() > 1 && head[0].text == "[" && head[1].text == "[")
            head = head.subspan(after_brackets(head, 0, "[", "]"));
        else if (is_macro_call(head))
            head = head.subspan(after_brackets(head, 1, "(", ")"));
        else if (!head.empty() && (head[0].text == "inline" || head[0].text == "typedef"))
            head = head.subspan(1);
        else
            return head;
    }
}

/// The index of the bracket that opens the parameters, or the size when there are none.
std::size_t parameters_at(Head head)
{
    std::size_t angles = 0;
    for (std::size_t i = 1; i < head.size(); ++i) {
        const auto word = head[i].text;
        const auto& before = head[i - 1];
        const bool is_operator = before.text == "operator";
        if (word == "<" && before.kind == TokenKind::name && !is_operator)
            ++angles;
        else if (word == ">" && angles > 0)
            --angles;
        else if (word == "=" && !is_operator && angles == 0)
            return head.size();
        if (word != "(" || angles > 0 || head[i].kind != TokenKind::mark)
            continue;
        const bool call = is_operator && i + 1 < head.size() && head[i + 1].text == ")";
        if (!call && !is_one_of(not_a_name, before.text))
            return i;
        i = after_brackets(head, i, "(", ")") - 1;
    }
    return head.size();
}

}  // namespace

bool names_space(Head head)
{
    head = without_prefix(head);
    const bool linkage =
        head.size() == 2 && head[0].text == "extern" && head[1].kind == TokenKind::text;
    return linkage || (!head.empty() && head[0].text == "namespace");
}

bool names_type(Head head)
{
    head = without_prefix(head);
    if (head.empty() || !is_one_of(type_words, head[0].text))
        return false;
    const auto open = std::ranges::find(head, "(", &Token::text);
    return open == head.end() || open == head.begin() || (open - 1)->text == "alignas";
}

std::string_view type_name(Head head)
{
    std::string_view name;
    for (const auto& token : without_prefix(head)) {
        if (token.text == ":" || token.text == "final" || token.text == "<")
            break;
        if (token.kind == TokenKind::name && !is_one_of(type_words, token.text))
            name = token.text;
    }
    return name;
}

bool is_qualified_type(Head head)
{
    const auto body = std::ranges::find(head, ":", &Token::text);
    return std::find_if(head.begin(), body, [](const Token& token) {
               return token.text == "::";
           }) != body;
}

bool ends_access(Head head)
{
    return head.size() == 1 &&
           (head[0].text == "public" || head[0].text == "protected" || head[0].text == "private");
}

bool is_function(Head head)
{
    head = without_prefix(head);
    const auto open = parameters_at(head);
    if (open == head.size())
        return false;
    const auto rest = head.subspan(after_brackets(head, open, "(", ")"));
    const bool has_initializers = std::ranges::find(rest, ":", &Token::text) != rest.end();
    return !has_initializers || (rest.back().kind != TokenKind::name && rest.back().text != ">");
}

Signature signature_of(Head head)
{
    head = without_prefix(head);
    const auto open = parameters_at(head);
    const auto end = after_brackets(head, open, "(", ")");
    std::size_t depth = 0;
    std::size_t commas = 0;
    for (auto i = open; i < end; ++i) {
        const auto word = head[i].text;
        const bool angle = word == "<" && head[i - 1].kind == TokenKind::name;
        if (head[i].kind != TokenKind::mark)
            continue;
        if (word == "(" || word == "{" || word == "[" || angle)
            ++depth;
        else if (word == ")" || word == "}" || word == "]" || (word == ">" && depth > 1))
            --depth;
        else if (word == "," && depth == 1)
            ++commas;
    }
    std::string name{head[open - 1].text};
    if (name == "TEST_CASE" || name == "SCENARIO")
        return {name + " \"" + std::string{head[open + 1].text} + '"', 1};
    return {std::move(name), end - open > 2 ? commas + 1 : 0};
}

bool is_lambda(std::span<const Token> tokens, std::size_t brace)
{
    // Back over `mutable`, `noexcept` and `-> Type` to the parameters or the captures.
    auto i = brace;
    while (i > 0 &&
           (tokens[i - 1].kind == TokenKind::name || tokens[i - 1].text == "->" ||
            tokens[i - 1].text == "::" || tokens[i - 1].text == "<" || tokens[i - 1].text == ">"))
        --i;
    if (i > 0 && tokens[i - 1].text == "]" && tokens[i - 1].kind == TokenKind::mark)
        return true;
    if (i == 0 || tokens[i - 1].text != ")" || tokens[i - 1].kind != TokenKind::mark)
        return false;
    std::size_t depth = 0;
    while (i-- > 0) {
        if (tokens[i].kind != TokenKind::mark)
            continue;
        depth += tokens[i].text == ")" ? 1U : 0U;
        if (tokens[i].text == "(" && --depth == 0)
            return i > 0 && tokens[i - 1].text == "]" && tokens[i - 1].kind == TokenKind::mark;
    }
    return false;
}

bool begins_block(std::span<const Token> tokens, std::size_t brace)
{
    if (brace == 0)
        return true;
    const auto& before = tokens[brace - 1];
    if (before.kind == TokenKind::name)
        return before.text == "else" || before.text == "do" || before.text == "try" ||
               is_lambda(tokens, brace);
    if (before.kind != TokenKind::mark)
        return false;
    return before.text == ")" || before.text == ";" || before.text == "{" || before.text == "}" ||
           before.text == ":" || is_lambda(tokens, brace);
}

std::string_view mutable_static(Head head, bool global)
{
    if (head.size() < 2)
        return {};
    bool is_static = global;
    std::string_view name;
    for (const auto& token : head) {
        if (token.text == "=" || token.text == "{" || token.text == "[")
            break;
        if (token.text == "(" || is_one_of(not_a_variable, token.text) ||
            token.text.starts_with("const"))
            return {};
        is_static = is_static || token.text == "static" || token.text == "thread_local";
        if (token.kind == TokenKind::name)
            name = token.text;
    }
    return is_static ? name : std::string_view{};
}

}  // namespace redress::tidy
