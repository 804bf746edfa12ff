#include "structure.hpp"

#include "head.hpp"

#include <algorithm>
#include <array>

namespace redress::tidy {
namespace {

enum class ScopeKind { space, type, function, block, initializer };

/// What an opening brace put aside; its closing brace brings it back.
struct Scope {
    ScopeKind kind{};
    std::size_t parens{};
    std::size_t pending{};
    std::size_t level{};
    std::size_t function{};
    std::size_t head{};
    bool is_inside_expression{};
};

constexpr std::size_t no_function = static_cast<std::size_t>(-1);
constexpr std::array<std::string_view, 7>
    control_words{"if", "for", "while", "switch", "do", "else", "catch"};

class Reader {
public:
    explicit Reader(const std::vector<Token>& tokens) : tokens_{tokens} {}

    Structure run()
    {
        for (at_ = 0; at_ < tokens_.size(); ++at_)
            step(tokens_[at_]);
        return std::move(result_);
    }

private:
    void step(const Token& token)
    {
        if (token.kind == TokenKind::name && inside_function())
            control(token.text);
        if (token.kind != TokenKind::mark)
            return;
        if (token.text == "{")
            open();
        else if (token.text == "}")
            close(token.line);
        else if (token.text == "(")
            ++parens_;
        else if (token.text == ")")
            parens_ -= std::min<std::size_t>(parens_, 1);
        else if (token.text == ";" && parens_ == 0)
            end_of_statement();
        else if (token.text == ":" && ends_access(head()))
            head_ = at_ + 1;
    }

    [[nodiscard]] Head head() const { return Head{tokens_}.subspan(head_, at_ - head_); }
    [[nodiscard]] ScopeKind kind() const
    {
        return scopes_.empty() ? ScopeKind::space : scopes_.back().kind;
    }
    [[nodiscard]] bool inside_function() const { return function_ != no_function; }

    void control(std::string_view word)
    {
        if (std::ranges::find(control_words, word) == control_words.end())
            return;
        const bool continues = word == "if" && at_ > 0 && tokens_[at_ - 1].text == "else";
        pending_ += continues ? 0 : 1;
        auto& nesting = result_.functions[function_].nesting;
        nesting = std::max(nesting, level_ + pending_);
    }

    void open()
    {
        const auto scope_kind = inside_function() ? kind_in_function() : kind_outside();
        const bool lambda = scope_kind == ScopeKind::block && is_lambda(tokens_, at_);
        const bool inside_expression = lambda || scope_kind == ScopeKind::initializer;
        scopes_.push_back(
            {scope_kind, parens_, pending_, level_, function_, head_, inside_expression}
        );
        if (scope_kind == ScopeKind::function)
            begin_function();
        if (scope_kind == ScopeKind::type || scope_kind == ScopeKind::space)
            function_ = no_function;
        level_ += scope_kind == ScopeKind::block && !lambda ? pending_ : 0;
        pending_ = scope_kind == ScopeKind::initializer ? pending_ : 0;
        parens_ = 0;
        head_ = at_ + 1;
    }

    ScopeKind kind_in_function()
    {
        if (names_type(head())) {
            add_type(true);
            return ScopeKind::type;
        }
        return begins_block(tokens_, at_) ? ScopeKind::block : ScopeKind::initializer;
    }

    ScopeKind kind_outside()
    {
        if (kind() == ScopeKind::initializer || parens_ > 0)
            return ScopeKind::initializer;
        if (names_space(head()))
            return ScopeKind::space;
        if (names_type(head())) {
            add_type(kind() == ScopeKind::type || is_qualified_type(head()));
            return ScopeKind::type;
        }
        return is_function(head()) ? ScopeKind::function : ScopeKind::initializer;
    }

    void begin_function()
    {
        const auto signature = signature_of(head());
        function_ = result_.functions.size();
        result_.functions.push_back(
            {signature.name, tokens_[head_].line, tokens_[at_].line, signature.parameters, 0}
        );
        level_ = 0;
        pending_ = 0;
    }

    void add_type(bool nested)
    {
        const auto name = type_name(head());
        if (!name.empty())
            result_.types.push_back({std::string{name}, tokens_[at_].line, nested});
    }

    void close(std::size_t line)
    {
        if (scopes_.empty())
            return;
        const auto scope = scopes_.back();
        scopes_.pop_back();
        if (scope.kind == ScopeKind::function) {
            auto& function = result_.functions[function_];
            function.lines = line - function.lines + 1;
        }
        parens_ = scope.parens;
        level_ = scope.level;
        function_ = scope.function;
        pending_ = scope.is_inside_expression ? scope.pending : 0;
        head_ = scope.is_inside_expression ? scope.head : at_ + 1;
    }

    void end_of_statement()
    {
        check_static();
        pending_ = 0;
        head_ = at_ + 1;
    }

    void check_static()
    {
        const bool global = kind() == ScopeKind::space;
        const auto name = mutable_static(head(), global);
        if (!name.empty())
            result_.mutable_statics.push_back({std::string{name}, tokens_[head_].line});
    }

    const std::vector<Token>& tokens_;
    Structure result_;
    std::vector<Scope> scopes_;
    std::size_t at_{};
    std::size_t head_{};
    std::size_t parens_{};
    std::size_t pending_{};
    std::size_t level_{};
    std::size_t function_{no_function};
};

}  // namespace

Structure structure_of(const std::vector<Token>& tokens)
{
    return Reader{tokens}.run();
}

}  // namespace redress::tidy
