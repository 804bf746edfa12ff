#include "policy/when.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <compare>
#include <vector>

namespace redress::policy {

struct Condition::Node {
    enum class Kind {
        literal,
        identifier,
        list,
        negation,
        both,
        either,
        equal,
        unequal,
        less,
        less_equal,
        in
    };
    Kind kind{};
    json::value literal;
    std::string name;
    std::vector<std::shared_ptr<const Node>> parts;
};

namespace {

using Node = Condition::Node;
using NodePtr = std::shared_ptr<const Node>;
using Kind = Node::Kind;

constexpr std::size_t longest_text = 2000;
constexpr int deepest = 64;

bool is_identifier_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/// Recursive descent: or < and < not < comparison < value.
class Parser {
public:
    Parser(std::string_view text, const KnownIdentifier& is_known)
        : text_{text}, is_known_{is_known}
    {}

    std::expected<NodePtr, WhenError> parse()
    {
        NodePtr root = either();
        skip_space();
        if (!error_ && at_ < text_.size())
            fail("when_syntax", rest());
        if (error_)
            return std::unexpected{*error_};
        return root;
    }

private:
    NodePtr either()
    {
        return chain("||", Kind::either, [this] { return both(); });
    }
    NodePtr both()
    {
        return chain("&&", Kind::both, [this] { return negation(); });
    }

    template <class Part>
    NodePtr chain(std::string_view sign, Kind kind, Part part)
    {
        std::vector<NodePtr> parts{part()};
        while (!error_ && take(sign))
            parts.push_back(part());
        return parts.size() == 1 ? std::move(parts.front()) : node(kind, std::move(parts));
    }

    NodePtr negation()
    {
        bool is_negated = false;
        while (take("!"))
            is_negated = !is_negated;
        NodePtr inner = comparison();
        return is_negated ? node(Kind::negation, {std::move(inner)}) : inner;
    }

    NodePtr comparison()
    {
        struct Sign {
            std::string_view text;
            Kind kind;
            bool is_swapped;
        };
        // Longer signs first, so that "<=" is not read as "<".
        static constexpr std::array<Sign, 7> signs{
            {{"==", Kind::equal, false},
             {"!=", Kind::unequal, false},
             {"<=", Kind::less_equal, false},
             {">=", Kind::less_equal, true},
             {"<", Kind::less, false},
             {">", Kind::less, true},
             {"in", Kind::in, false}}};
        NodePtr left = value();
        for (const Sign& sign : signs)
            if (!error_ && take(sign.text)) {
                NodePtr right = value();
                if (sign.is_swapped)
                    std::swap(left, right);
                return node(sign.kind, {std::move(left), std::move(right)});
            }
        return left;
    }

    /// Nesting is bounded so that a hostile text cannot exhaust the stack.
    NodePtr value()
    {
        skip_space();
        if (++depth_ > deepest)
            fail("when_too_long", {});
        NodePtr made = error_ || at_ == text_.size() ? fail("when_syntax", rest()) : primary();
        --depth_;
        return made;
    }

    NodePtr primary()
    {
        const char c = text_[at_];
        if (take("("))
            return closed(either(), ")");
        if (take("["))
            return list();
        if (c == '\'' || c == '"')
            return quoted(c);
        if (c == '-' || (c >= '0' && c <= '9'))
            return number();
        return identifier();
    }

    NodePtr closed(NodePtr inner, std::string_view sign)
    {
        if (!error_ && !take(sign))
            fail("when_syntax", rest());
        return inner;
    }

    NodePtr list()
    {
        std::vector<NodePtr> parts;
        if (take("]"))
            return node(Kind::list, {});
        do
            parts.push_back(value());
        while (!error_ && take(","));
        return closed(node(Kind::list, std::move(parts)), "]");
    }

    NodePtr quoted(char quote)
    {
        const std::size_t end = text_.find(quote, at_ + 1);
        if (end == std::string_view::npos)
            return fail("when_syntax", rest());
        const std::size_t begin = std::exchange(at_, end + 1) + 1;
        return literal(json::string{text_.substr(begin, end - begin)});
    }

    NodePtr number()
    {
        double value = 0;
        const char* begin = text_.data() + at_;
        const char* limit = text_.data() + text_.size();
        const auto [end, error] = std::from_chars(begin, limit, value);
        if (error != std::errc{} || (end != limit && is_identifier_char(*end)))
            return fail("when_syntax", rest());
        at_ += static_cast<std::size_t>(end - begin);
        return literal(value);
    }

    NodePtr identifier()
    {
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_identifier_char(text_[at_]))
            ++at_;
        const std::string_view name = text_.substr(begin, at_ - begin);
        if (name == "true" || name == "false")
            return literal(name == "true");
        if (name.empty() || name == "in")
            return fail("when_syntax", text_.substr(begin));
        if (!is_known_(name))
            return fail("when_unknown", name);
        return std::make_shared<Node>(Node{Kind::identifier, {}, std::string{name}, {}});
    }

    static NodePtr node(Kind kind, std::vector<NodePtr> parts)
    {
        return std::make_shared<Node>(Node{kind, {}, {}, std::move(parts)});
    }

    static NodePtr literal(json::value value)
    {
        return std::make_shared<Node>(Node{Kind::literal, std::move(value), {}, {}});
    }

    void skip_space() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

    /// A sign, or a word that no letter follows.
    bool take(std::string_view sign)
    {
        skip_space();
        const std::string_view here = text_.substr(at_);
        const bool is_word = is_identifier_char(sign.back());
        if (!here.starts_with(sign) ||
            (is_word && here.size() > sign.size() && is_identifier_char(here[sign.size()])))
            return false;
        at_ += sign.size();
        return true;
    }

    NodePtr fail(std::string code, std::string_view detail)
    {
        if (!error_)
            error_ = WhenError{std::move(code), std::string{detail}, at_};
        return nullptr;
    }

    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

    std::string_view text_;
    const KnownIdentifier& is_known_;
    std::size_t at_{};
    int depth_{};
    std::optional<WhenError> error_;
};

std::optional<double> to_number(const json::value& value)
{
    if (value.is_int64())
        return static_cast<double>(value.get_int64());
    if (value.is_uint64())
        return static_cast<double>(value.get_uint64());
    if (value.is_double())
        return value.get_double();
    return std::nullopt;
}

bool are_equal(const json::value& a, const json::value& b)
{
    const auto x = to_number(a);
    const auto y = to_number(b);
    return x && y ? *x == *y : a == b;
}

/// Values of different kinds have no order.
std::partial_ordering order(const json::value& a, const json::value& b)
{
    const auto x = to_number(a);
    const auto y = to_number(b);
    if (x && y)
        return *x <=> *y;
    if (a.is_string() && b.is_string())
        return a.get_string().compare(b.get_string()) <=> 0;
    return std::partial_ordering::unordered;
}

json::value evaluate(const Node& node, const Lookup& lookup);

bool is_true(const Node& node, const Lookup& lookup)
{
    const json::value value = evaluate(node, lookup);
    return is_truthy(&value);
}

json::value compare(const Node& node, const Lookup& lookup)
{
    const json::value left = evaluate(*node.parts[0], lookup);
    const json::value right = evaluate(*node.parts[1], lookup);
    if (node.kind == Kind::equal)
        return are_equal(left, right);
    if (node.kind == Kind::unequal)
        return !are_equal(left, right);
    if (node.kind == Kind::in) {
        const json::array* list = right.if_array();
        return list != nullptr && std::ranges::any_of(*list, [&](const json::value& one) {
                   return are_equal(left, one);
               });
    }
    const std::partial_ordering ordering = order(left, right);
    return node.kind == Kind::less ? std::is_lt(ordering) : std::is_lteq(ordering);
}

json::value evaluate(const Node& node, const Lookup& lookup)
{
    const auto is_part_true = [&](const NodePtr& part) { return is_true(*part, lookup); };
    if (node.kind == Kind::literal)
        return node.literal;
    if (node.kind == Kind::identifier)
        return lookup(node.name).value_or(false);
    if (node.kind == Kind::negation)
        return !is_part_true(node.parts[0]);
    if (node.kind == Kind::both)
        return std::ranges::all_of(node.parts, is_part_true);
    if (node.kind == Kind::either)
        return std::ranges::any_of(node.parts, is_part_true);
    if (node.kind != Kind::list)
        return compare(node, lookup);
    json::array list;
    for (const NodePtr& part : node.parts)
        list.push_back(evaluate(*part, lookup));
    return list;
}

}  // namespace

std::expected<Condition, WhenError>
parse_when(std::string_view text, const KnownIdentifier& is_known)
{
    if (text.size() > longest_text)
        return std::unexpected{WhenError{"when_too_long", {}, longest_text}};
    auto root = Parser{text, is_known}.parse();
    if (!root)
        return std::unexpected{root.error()};
    return Condition{std::string{text}, *std::move(root)};
}

bool holds(const Condition& condition, const Lookup& lookup)
{
    return condition.always_holds() || is_true(*condition.root(), lookup);
}

bool holds(const Condition& condition, const json::object& facts)
{
    return holds(condition, [&](std::string_view path) -> std::optional<json::value> {
        const json::value* value = find_path(facts, path);
        return value == nullptr || value->is_null() ? std::nullopt : std::optional{*value};
    });
}

const json::value* find_path(const json::object& facts, std::string_view path)
{
    const json::object* object = &facts;
    for (;;) {
        const std::size_t dot = path.find('.');
        const json::value* value = object->if_contains(path.substr(0, dot));
        if (value == nullptr || dot == std::string_view::npos)
            return value;
        object = value->if_object();
        if (object == nullptr)
            return nullptr;
        path.remove_prefix(dot + 1);
    }
}

}  // namespace redress::policy
