#include "lexer.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace redress::tidy {
namespace {

constexpr std::array<std::string_view, 19> long_marks{
    "<=>", "->*", "...", "::", "->", "==", "!=", "<=", ">=", "&&",
    "||",  "+=",  "-=",  "*=", "/=", "|=", "&=", "++", "--",
};

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}
bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c) ||
           (c & 0x80) != 0;
}

class Lexer {
public:
    explicit Lexer(std::string_view source) : rest_{source} {}

    Lexed run()
    {
        while (!rest_.empty())
            step();
        return std::move(lexed_);
    }

private:
    void step()
    {
        const char c = rest_.front();
        if (c == '\n' || c == ' ' || c == '\t' || c == '\r') {
            fresh_line_ = fresh_line_ || c == '\n';
            skip(1);
        } else if (rest_.starts_with("//")) {
            line_comment();
        } else if (rest_.starts_with("/*")) {
            block_comment();
        } else if (c == '#' && fresh_line_) {
            directive();
        } else {
            fresh_line_ = false;
            token(c);
        }
    }

    void token(char c)
    {
        if (c == '"')
            quoted('"');
        else if (c == '\'')
            quoted('\'');
        else if (is_digit(c))
            take(TokenKind::number, [](char d) { return is_name(d) || d == '\'' || d == '.'; });
        else if (is_name(c))
            name();
        else
            mark();
    }

    /// Drops `count` bytes and counts their lines.
    std::string_view skip(std::size_t count)
    {
        const auto taken = rest_.substr(0, count);
        line_ += static_cast<std::size_t>(std::ranges::count(taken, '\n'));
        rest_.remove_prefix(taken.size());
        return taken;
    }

    void add(TokenKind kind, std::string_view text, std::size_t line)
    {
        lexed_.tokens.push_back({kind, text, line});
    }

    template <class Predicate>
    void take(TokenKind kind, Predicate belongs)
    {
        const auto end = std::ranges::find_if_not(rest_, belongs);
        const auto line = line_;
        add(kind, skip(static_cast<std::size_t>(end - rest_.begin())), line);
    }

    void name()
    {
        for (const std::string_view prefix : {"R\"", "u8R\"", "uR\"", "UR\"", "LR\""})
            if (rest_.starts_with(prefix)) {
                raw(prefix.size());
                return;
            }
        take(TokenKind::name, is_name);
    }

    void raw(std::size_t prefix)
    {
        const auto line = line_;
        skip(prefix);
        const auto delimiter = rest_.substr(0, rest_.find('('));
        const auto closing = ")" + std::string{delimiter} + "\"";
        skip(delimiter.size() + 1);
        const auto end = std::min(rest_.find(closing), rest_.size());
        add(TokenKind::text, skip(end), line);
        skip(closing.size());
    }

    void quoted(char quote)
    {
        const auto line = line_;
        std::size_t end = 1;
        while (end < rest_.size() && rest_[end] != quote)
            end += rest_[end] == '\\' ? 2U : 1U;
        const auto whole = skip(std::min(end + 1, rest_.size()));
        add(TokenKind::text,
            whole.substr(1, whole.size() - std::min<std::size_t>(2, whole.size())),
            line);
    }

    void mark()
    {
        const auto found = std::ranges::find_if(long_marks, [this](std::string_view m) {
            return rest_.starts_with(m);
        });
        const auto line = line_;
        add(TokenKind::mark, skip(found == long_marks.end() ? 1 : found->size()), line);
    }

    void line_comment()
    {
        auto text = rest_.substr(0, rest_.find('\n'));
        const auto size = text.size();
        text.remove_prefix(std::min(text.find_first_not_of("/!<"), text.size()));
        lexed_.comments.push_back({text, line_});
        skip(size);
    }

    void block_comment()
    {
        const auto end = rest_.find("*/");
        auto text = rest_.substr(2, end == std::string_view::npos ? end : end - 2);
        const auto size = end == std::string_view::npos ? rest_.size() : end + 2;
        auto line = line_;
        while (!text.empty()) {
            const auto stop = std::min(text.find('\n'), text.size());
            lexed_.comments.push_back({text.substr(0, stop), line++});
            text.remove_prefix(std::min(stop + 1, text.size()));
        }
        skip(size);
    }

    void directive()
    {
        std::size_t end = rest_.find('\n');
        while (end != std::string_view::npos && rest_[end - 1] == '\\')
            end = rest_.find('\n', end + 1);
        const auto line = line_;
        auto text = rest_.substr(0, end);
        const auto comment = text.find("//");
        if (comment != std::string_view::npos && comment > 0)
            end = comment;
        text = skip(std::min(end, rest_.size()));
        const auto open = text.find_first_of("\"<");
        if (text.starts_with("#include") && open != std::string_view::npos) {
            const auto close = text.find_first_of("\">", open + 1);
            lexed_.includes.push_back({text.substr(open + 1, close - open - 1), line});
        }
    }

    std::string_view rest_;
    std::size_t line_{1};
    bool fresh_line_{true};
    Lexed lexed_;
};

}  // namespace

Lexed lex(std::string_view source)
{
    return Lexer{source}.run();
}

}  // namespace redress::tidy
