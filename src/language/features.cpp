#include "language/features.hpp"

#include "language/tokens.hpp"

#include <algorithm>

namespace redress::language {
namespace {

/// Equal characters as features of different kinds must not share a weight.
enum class Kind : std::uint64_t { han = 1, han_run, word, word_pair, letters, mark, repeated_mark };

constexpr std::size_t longest_han = 3;
constexpr std::size_t longest_run = 6;
constexpr std::size_t shortest_letters = 3;
constexpr std::size_t longest_letters = 5;

constexpr std::uint64_t start = 0xCBF29CE484222325ULL;

constexpr std::uint64_t extend(std::uint64_t hash, std::uint64_t value)
{
    return (hash ^ value) * 0x9E3779B97F4A7C15ULL;
}

constexpr std::uint32_t finish(std::uint64_t hash, Kind kind)
{
    hash = extend(hash, static_cast<std::uint64_t>(kind));
    hash ^= hash >> 29;
    hash *= 0xBF58476D1CE4E5B9ULL;
    return static_cast<std::uint32_t>(hash >> 32);
}

bool is_word_part(char32_t character)
{
    return is_word(character) || character == U'\'';
}

class Collector {
public:
    Collector(std::u32string_view text, std::vector<Feature>& out) : text_{text}, out_{out} {}

    void run()
    {
        while (at_ < text_.size()) {
            if (is_han(text_[at_]))
                take_han();
            else if (is_word(text_[at_]))
                take_word();
            else
                take_mark();
        }
    }

private:
    void put(std::uint64_t hash, Kind kind, std::size_t begin, std::size_t end)
    {
        out_.push_back(
            {finish(hash, kind), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}
        );
    }

    [[nodiscard]] std::uint64_t hash_of(std::size_t begin, std::size_t end) const
    {
        std::uint64_t hash = start;
        for (const char32_t character : text_.substr(begin, end - begin))
            hash = extend(hash, character);
        return hash;
    }

    void take_han()
    {
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_han(text_[at_]))
            ++at_;
        for (std::size_t from = begin; from < at_; ++from) {
            std::uint64_t hash = start;
            for (std::size_t to = from; to < std::min(at_, from + longest_han); ++to) {
                hash = extend(hash, text_[to]);
                put(hash, Kind::han, from, to + 1);
            }
        }
        if (at_ - begin <= longest_run)
            put(hash_of(begin, at_), Kind::han_run, begin, at_);
        has_word_before_ = false;
    }

    void take_word()
    {
        const std::size_t begin = at_;
        while (at_ < text_.size() && at_ - begin < max_word_characters && is_word_part(text_[at_]))
            ++at_;
        const std::uint64_t word = hash_of(begin, at_);
        put(word, Kind::word, begin, at_);
        if (has_word_before_)
            put(extend(word_before_, word), Kind::word_pair, word_before_begin_, at_);
        take_letters(begin, at_);
        has_word_before_ = true;
        word_before_ = word;
        word_before_begin_ = begin;
    }

    /// With a blank at both ends, so that beginnings and endings of words differ from their middle.
    void take_letters(std::size_t begin, std::size_t end)
    {
        const std::size_t size = end - begin + 2;
        const auto letter = [&](std::size_t i) {
            return i == 0 || i == size - 1 ? U' ' : text_[begin + i - 1];
        };
        for (std::size_t from = 0; from + shortest_letters <= size; ++from) {
            std::uint64_t hash = start;
            for (std::size_t to = from; to < std::min(size, from + longest_letters); ++to) {
                hash = extend(hash, letter(to));
                if (to - from + 1 >= shortest_letters)
                    put(hash,
                        Kind::letters,
                        begin + std::max<std::size_t>(from, 1) - 1,
                        std::min(begin + to, end));
            }
        }
    }

    void take_mark()
    {
        const char32_t mark = text_[at_];
        const std::size_t begin = at_;
        while (at_ < text_.size() && text_[at_] == mark)
            ++at_;
        if (mark == U' ' || mark == U'\n' || mark == U'\r' || mark == U'\t')
            return;
        put(extend(start, mark), Kind::mark, begin, at_);
        if (at_ - begin > 1)
            put(extend(start, mark), Kind::repeated_mark, begin, at_);
        has_word_before_ = false;
    }

    std::u32string_view text_;
    std::vector<Feature>& out_;
    std::size_t at_{};
    bool has_word_before_{};
    std::uint64_t word_before_{};
    std::size_t word_before_begin_{};
};

}  // namespace

void collect_features(const Folded& folded, std::vector<Feature>& out)
{
    out.clear();
    Collector{folded.text().substr(0, max_scored_characters), out}.run();
}

}  // namespace redress::language
