#include "language/stretch.hpp"

#include <algorithm>
#include <span>

namespace redress::language {
namespace {

constexpr std::uint64_t start = 0xCBF29CE484222325ULL;
constexpr std::size_t longest_group_word = 6;
constexpr std::size_t stem_bytes = 5;
constexpr std::size_t pair_stem_bytes = 4;

/// Equal words as features of different kinds must not share a weight.
enum class Kind : std::uint64_t {
    word = 1,
    pair,
    triple,
    gap,
    stem,
    stem_pair,
    group,
    group_pair,
    group_beside_word
};

constexpr std::uint64_t extend(std::uint64_t hash, std::uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15ULL;
    return hash ^ (hash >> 29U);
}

std::uint64_t continued(std::uint64_t hash, std::string_view bytes)
{
    for (const char byte : bytes)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3ULL;
    return hash;
}

std::uint64_t hash_of(std::string_view bytes)
{
    return extend(continued(start, bytes), bytes.size());
}

bool is_plain(char byte)
{
    return static_cast<unsigned char>(byte) < 0x80U;
}

bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool is_latin(char byte)
{
    return (byte >= 'a' && byte <= 'z') || is_digit(byte) || byte == '\'';
}

std::size_t character_bytes(char first)
{
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0x80U ? 1 : byte >= 0xF0U ? 4 : byte >= 0xE0U ? 3 : 2;
}

struct Token {
    std::string_view bytes;
    std::uint64_t hash{};
    bool is_han{};
};

/// Han characters alone, words whole, every number alike, and the marks of questions and shouts.
std::vector<Token> tokens_of(std::string_view text)
{
    std::vector<Token> tokens{{"^", hash_of("^"), false}};
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        at += std::min(character_bytes(text[at]), text.size() - at);
        if (!is_plain(text[begin])) {
            const auto bytes = text.substr(begin, at - begin);
            tokens.push_back({bytes, hash_of(bytes), true});
        } else if (is_latin(text[begin])) {
            while (at < text.size() && is_latin(text[at]))
                ++at;
            const auto bytes =
                is_digit(text[begin]) ? std::string_view{"#"} : text.substr(begin, at - begin);
            tokens.push_back({bytes, hash_of(bytes), false});
        } else if (text[begin] == '?' || text[begin] == '!') {
            tokens.push_back({text.substr(begin, 1), hash_of(text.substr(begin, 1)), false});
        }
    }
    tokens.push_back({"$", hash_of("$"), false});
    return tokens;
}

class Collector {
public:
    Collector(std::span<const Token> tokens, const WordGroups& groups, std::vector<Feature>& out)
        : tokens_{tokens}, groups_{groups}, out_{out}
    {}

    void run()
    {
        for (std::size_t at = 0; at < tokens_.size(); ++at)
            take_words(at);
        take_groups();
    }

private:
    /// A token or, where words of a group stand, their group.
    struct Step {
        std::uint64_t hash{};
        bool is_group{};
    };

    void put(Kind kind, std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0)
    {
        const std::uint64_t hash =
            extend(extend(extend(extend(start, static_cast<std::uint64_t>(kind)), a), b), c);
        out_.push_back({static_cast<std::uint32_t>(hash >> 32U), 0, 0});
    }

    void take_words(std::size_t at)
    {
        const Token& token = tokens_[at];
        const std::size_t left = tokens_.size() - at;
        put(Kind::word, token.hash);
        if (left > 1)
            put(Kind::pair, token.hash, tokens_[at + 1].hash);
        if (left > 2) {
            put(Kind::triple, token.hash, tokens_[at + 1].hash, tokens_[at + 2].hash);
            put(Kind::gap, token.hash, tokens_[at + 2].hash);
        }
        if (token.is_han)
            return;
        if (token.bytes.size() > stem_bytes)
            put(Kind::stem, hash_of(token.bytes.substr(0, stem_bytes)));
        if (token.bytes.size() > pair_stem_bytes && left > 1)
            put(Kind::stem_pair,
                hash_of(token.bytes.substr(0, pair_stem_bytes)),
                hash_of(tokens_[at + 1].bytes.substr(0, pair_stem_bytes)));
    }

    /// How many tokens from `at` on are a word of a group, and which; 0 when none are.
    [[nodiscard]] std::pair<std::size_t, std::uint32_t> group_at(std::size_t at) const
    {
        std::pair<std::size_t, std::uint32_t> found{0, 0};
        if (!groups_.may_begin(tokens_[at].hash))
            return found;
        std::uint64_t hash = start;
        std::size_t bytes = 0;
        const char* end = tokens_[at].bytes.data();
        for (std::size_t size = 1; size <= longest_group_word && at + size < tokens_.size();
             ++size) {
            const Token& last = tokens_[at + size - 1];
            if (last.bytes.data() != end || (size > 1 && !last.is_han))
                break;
            hash = continued(hash, last.bytes);
            bytes += last.bytes.size();
            end = last.bytes.data() + last.bytes.size();
            if (const auto group = groups_.group_of(extend(hash, bytes)); group != 0)
                found = {size, group};
            if (!last.is_han)
                break;
        }
        return found;
    }

    void take_groups()
    {
        std::vector<Step> steps;
        std::vector<std::uint64_t> groups;
        for (std::size_t at = 0; at < tokens_.size();) {
            const auto [size, group] = group_at(at);
            steps.push_back({size == 0 ? tokens_[at].hash : group, size > 0});
            if (size > 0)
                groups.push_back(group);
            at += std::max<std::size_t>(size, 1);
        }
        for (std::size_t at = 0; at < groups.size(); ++at) {
            put(Kind::group, groups[at]);
            if (at + 1 < groups.size())
                put(Kind::group_pair, groups[at], groups[at + 1]);
            if (at + 2 < groups.size())
                put(Kind::group_pair, groups[at], groups[at + 2]);
        }
        for (std::size_t at = 0; at + 1 < steps.size(); ++at)
            if (steps[at].is_group || steps[at + 1].is_group)
                put(Kind::group_beside_word, steps[at].hash, steps[at + 1].hash);
    }

    std::span<const Token> tokens_;
    const WordGroups& groups_;
    std::vector<Feature>& out_;
};

/// Bytes of the mark at `at` that parts clauses; 0 when there is none.
std::size_t clause_mark(std::string_view text, std::size_t at)
{
    if (text[at] == ',' || text[at] == ':')
        return at + 1 < text.size() && is_digit(text[at + 1]) ? 0 : 1;
    for (const std::string_view mark : {"、", "—"})
        if (text.substr(at, mark.size()) == mark)
            return mark.size();
    return 0;
}

bool has_letter(std::string_view text)
{
    return std::ranges::any_of(text, [](char byte) { return !is_plain(byte) || is_latin(byte); });
}

}  // namespace

WordGroups::WordGroups(std::string text) : text_{std::move(text)}
{
    std::uint32_t group = 0;
    std::string_view rest{text_};
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const std::size_t colon = line.find(':');
        if (line.starts_with('#') || colon == std::string_view::npos)
            continue;
        ++group;
        line.remove_prefix(colon + 1);
        while (!line.empty()) {
            const std::size_t blank = std::min(line.find(' '), line.size());
            if (blank > 0)
                add(line.substr(0, blank), group);
            line.remove_prefix(std::min(blank + 1, line.size()));
        }
    }
}

void WordGroups::add(std::string_view word, std::uint32_t group)
{
    groups_.try_emplace(hash_of(word), group);
    const auto first =
        is_plain(word.front()) ? word : word.substr(0, character_bytes(word.front()));
    beginnings_.set(hash_of(first) >> 48U);
}

std::uint32_t WordGroups::group_of(std::uint64_t hash) const
{
    const auto found = groups_.find(hash);
    return found == groups_.end() ? 0 : found->second;
}

std::vector<Clause> find_clauses(std::string_view sentence)
{
    std::vector<Clause> clauses;
    std::size_t begin = 0;
    const auto add = [&](std::size_t end) {
        if (has_letter(sentence.substr(begin, end - begin)))
            clauses.push_back({begin, end});
    };
    for (std::size_t at = 0; at < sentence.size();) {
        const std::size_t mark = clause_mark(sentence, at);
        at += std::max<std::size_t>(mark, 1);
        if (mark == 0)
            continue;
        add(at);
        begin = at;
    }
    add(sentence.size());
    return clauses;
}

void collect_stretch_features(
    std::string_view folded,
    const WordGroups& groups,
    std::vector<Feature>& out
)
{
    out.clear();
    const auto tokens = tokens_of(folded);
    Collector{tokens, groups, out}.run();
}

}  // namespace redress::language
