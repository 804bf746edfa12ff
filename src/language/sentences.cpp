#include "language/sentences.hpp"

#include <algorithm>
#include <array>

namespace redress::language {
namespace {

constexpr std::size_t longest_sentence = 2'000;

bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

bool is_continuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

bool is_alphanumeric(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

/// Whether the dot at `at` ends a sentence of Latin script.
bool is_full_stop(std::string_view text, std::size_t at)
{
    if (at + 1 < text.size() && !is_space(text[at + 1]) && is_alphanumeric(text[at + 1]))
        return false;
    std::size_t begin = at;
    while (begin > 0 && is_alphanumeric(text[begin - 1]))
        --begin;
    const auto word = text.substr(begin, at - begin);
    static constexpr std::array<std::string_view, 8>
        titles{"mr", "mrs", "ms", "dr", "no", "st", "e.g", "vs"};
    const bool is_dotted = begin > 0 && text[begin - 1] == '.';
    const bool is_letter = word.size() == 1 && word[0] >= 'a' && word != "i";
    if (is_letter && is_dotted)
        return at + 2 >= text.size() || text[at + 1] == '\n';
    return !is_letter && std::ranges::find(titles, word) == titles.end();
}

/// Bytes of the mark at `at` that ends a sentence; 0 when there is none.
std::size_t final_mark(std::string_view text, std::size_t at)
{
    const char byte = text[at];
    if (byte == '\n' || byte == '!' || byte == '?' || byte == ';')
        return 1;
    if (byte == '.')
        return is_full_stop(text, at) ? 1 : 0;
    for (const std::string_view mark : {"。", "！", "？", "；", "…"})
        if (text.substr(at, mark.size()) == mark)
            return mark.size();
    return 0;
}

class Cutter {
public:
    explicit Cutter(std::string_view text) : text_{text} {}

    std::vector<Sentence> cut()
    {
        is_quoted_ = is_quote(0);
        for (std::size_t at = 0; at < text_.size();) {
            const std::size_t mark = final_mark(text_, at);
            const bool is_too_long = at - begin_ >= longest_sentence && !is_continuation(text_[at]);
            if (mark == 0 && !is_too_long) {
                ++at;
                continue;
            }
            const bool is_line_end = mark == 1 && text_[at] == '\n';
            at += mark;
            while (mark > 0 && !is_line_end && at < text_.size() && text_[at] != '\n' &&
                   final_mark(text_, at) > 0)
                at += final_mark(text_, at);
            add(at);
            if (is_line_end)
                is_quoted_ = is_quote(at);
        }
        add(text_.size());
        return std::move(sentences_);
    }

private:
    [[nodiscard]] bool is_quote(std::size_t at) const
    {
        while (at < text_.size() && text_[at] == ' ')
            ++at;
        return at < text_.size() && text_[at] == '>';
    }

    void add(std::size_t end)
    {
        std::size_t begin = begin_;
        begin_ = end;
        while (begin < end && is_space(text_[begin]))
            ++begin;
        while (end > begin && is_space(text_[end - 1]))
            --end;
        if (begin == end)
            return;
        const auto words = text_.substr(begin, end - begin);
        const auto tail = words.substr(words.size() - std::min<std::size_t>(words.size(), 4));
        const bool is_question = tail.find('?') != std::string_view::npos ||
                                 words.ends_with("吗") || words.ends_with("吗。") ||
                                 words.ends_with("呢。");
        sentences_.push_back({begin, end, is_question, is_quoted_});
    }

    std::string_view text_;
    std::vector<Sentence> sentences_;
    std::size_t begin_{};
    bool is_quoted_{};
};

}  // namespace

std::vector<Sentence> find_sentences(std::string_view folded)
{
    return Cutter{folded}.cut();
}

}  // namespace redress::language
