#include "search/rules_question.hpp"

#include "language/fold.hpp"
#include "language/tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace redress::search {
namespace {

using language::Folded;

constexpr std::size_t shortest_beginning = 3;

/// A piece of the folded question between blanks.
struct Piece {
    std::string_view text;
    bool is_unwanted{};
    bool is_quoted{};
};

Piece take_quoted(std::string_view& rest, bool is_unwanted)
{
    rest.remove_prefix(1);
    const auto end = std::min(rest.find('"'), rest.size());
    const Piece piece{rest.substr(0, end), is_unwanted, true};
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return piece;
}

std::vector<Piece> pieces_of(std::string_view rest)
{
    constexpr std::string_view blank = " \t\r\n";
    std::vector<Piece> pieces;
    for (;;) {
        rest.remove_prefix(std::min(rest.find_first_not_of(blank), rest.size()));
        if (rest.empty())
            return pieces;
        const bool is_unwanted = rest.size() > 1 && rest.front() == '-';
        if (is_unwanted)
            rest.remove_prefix(1);
        if (rest.front() == '"') {
            pieces.push_back(take_quoted(rest, is_unwanted));
            continue;
        }
        const auto end = std::min(rest.find_first_of(blank), rest.size());
        pieces.push_back({rest.substr(0, end), is_unwanted, false});
        rest.remove_prefix(end);
    }
}

/// Phrases end where a gap between positions begins: what one piece says in two scripts is two
/// phrases.
std::vector<Phrase> phrases_of(const Piece& piece)
{
    const Folded folded{piece.text};
    language::TokenReader reader{folded, language::TokenUse::query};
    std::vector<Phrase> phrases;
    std::uint32_t last = 0;
    while (const auto token = reader.next()) {
        if (phrases.empty() || phrases.back().is_prefix || token->position != last + 1)
            phrases.emplace_back();
        last = token->position;
        auto& phrase = phrases.back();
        phrase.tokens.emplace_back(token->text);
        phrase.is_prefix = token->is_prefix;
    }
    const bool is_word = phrases.size() == 1 && phrases[0].tokens.size() == 1 &&
                         static_cast<unsigned char>(phrases[0].tokens[0].front()) < 0x80;
    if (is_word && !piece.is_quoted && phrases[0].tokens[0].size() >= shortest_beginning)
        phrases[0].is_prefix = true;
    return phrases;
}

std::unexpected<Denied> unknown_value(std::string_view filter, std::string_view value)
{
    return deny(
        Denial::invalid,
        "search_value_unknown",
        "q",
        {{"filter", std::string{filter}}, {"value", std::string{value}}}
    );
}

/// "<2h", "30m", "3d", "2小时"
std::optional<Micros> duration_of(std::string_view text)
{
    if (text.starts_with('<'))
        text.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    constexpr std::int64_t most = 10'000;
    if (error != std::errc{} || number < 0 || number > most)
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text == "m" || text == "min" || text == "分钟")
        return std::chrono::minutes{number};
    if (text == "h" || text == "小时")
        return std::chrono::hours{number};
    if (text == "d" || text == "天")
        return std::chrono::days{number};
    return std::nullopt;
}

Result<void> set_owner(Question& question, std::string_view value)
{
    question.is_mine = value == "me" || value == "我";
    if (!question.is_mine)
        question.owner = value;
    return {};
}

Result<void> set_state(Question& question, std::string_view value)
{
    if (value == "open" || value == "未结")
        question.is_open = true;
    else if (value == "done" || value == "已结")
        question.is_open = false;
    else
        question.state = value;
    return {};
}

Result<void> set_due(Question& question, std::string_view value)
{
    const bool is_overdue = value == "overdue" || value == "超时";
    question.due_within = is_overdue ? Micros{0} : duration_of(value);
    if (!question.due_within)
        return unknown_value("due", value);
    return {};
}

Result<void> set_emotion(Question& question, std::string_view value)
{
    if (value == "angry" || value == "生气")
        question.least_anger = 1;
    else if (value == "furious" || value == "愤怒")
        question.least_anger = 3;
    else
        return unknown_value("emotion", value);
    return {};
}

Result<void> set_channel(Question& question, std::string_view value)
{
    question.channel = value;
    return {};
}

Result<void> set_kind(Question& question, std::string_view value)
{
    question.kind = value;
    return {};
}

struct Filter {
    std::string_view english;
    std::string_view chinese;
    Result<void> (*set)(Question&, std::string_view);
};

constexpr std::array<Filter, 6> filters{
    {{"owner", "负责人", set_owner},
     {"state", "状态", set_state},
     {"due", "到期", set_due},
     {"emotion", "情绪", set_emotion},
     {"channel", "渠道", set_channel},
     {"kind", "类型", set_kind}}};

/// "owner:me"; what stands before the colon must be a word, so that "12:30" stays a text.
Result<bool> read_filter(Question& question, const Piece& piece)
{
    const auto colon = piece.text.find(':');
    if (piece.is_quoted || colon == std::string_view::npos || colon == 0)
        return false;
    const auto name = piece.text.substr(0, colon);
    const bool has_digit = std::ranges::any_of(name, [](char c) { return c >= '0' && c <= '9'; });
    if (has_digit || piece.text.substr(colon + 1).starts_with("//"))
        return false;
    const auto filter = std::ranges::find_if(filters, [&](const Filter& one) {
        return one.english == name || one.chinese == name;
    });
    if (filter == filters.end())
        return deny(Denial::invalid, "search_filter_unknown", "q", {{"filter", std::string{name}}});
    if (auto set = filter->set(question, piece.text.substr(colon + 1)); !set)
        return std::unexpected{set.error()};
    return true;
}

void add_phrases(Question& question, const Piece& piece)
{
    auto phrases = phrases_of(piece);
    if (phrases.empty())
        return;
    if (!piece.is_unwanted)
        question.marks.emplace_back(Folded{piece.text}.text());
    std::ranges::move(
        phrases,
        std::back_inserter(piece.is_unwanted ? question.unwanted : question.wanted)
    );
}

bool has_filters(const Question& q)
{
    return q.is_mine || !q.owner.empty() || q.is_open || !q.state.empty() || !q.channel.empty() ||
           !q.kind.empty() || q.due_within || q.least_anger > 0;
}

std::string fts5_phrase(const Phrase& phrase)
{
    return fmt::format("\"{}\"{}", fmt::join(phrase.tokens, " "), phrase.is_prefix ? " *" : "");
}

std::string tsquery_phrase(const Phrase& phrase)
{
    std::string text;
    for (const auto& token : phrase.tokens)
        text += fmt::format("{}'{}'", text.empty() ? "" : " <-> ", token);
    return phrase.is_prefix ? text + ":*" : text;
}

}  // namespace

Result<Question> read_question(std::string_view text)
{
    if (count_code_points(text) > most_characters)
        return deny(
            Denial::invalid,
            "search_too_long",
            "q",
            {{"max", std::to_string(most_characters)}}
        );
    const auto folded = language::to_folded(text);
    Question question;
    for (const auto& piece : pieces_of(folded)) {
        const auto is_filter = read_filter(question, piece);
        if (!is_filter)
            return std::unexpected{is_filter.error()};
        if (!*is_filter)
            add_phrases(question, piece);
    }
    if (question.wanted.empty() && !question.unwanted.empty())
        return deny(Denial::invalid, "search_only_unwanted", "q");
    if (question.wanted.empty() && !has_filters(question))
        return deny(Denial::invalid, "search_empty", "q");
    if (question.wanted.size() + question.unwanted.size() > most_phrases)
        return deny(
            Denial::invalid,
            "search_too_long",
            "q",
            {{"max", std::to_string(most_characters)}}
        );
    return question;
}

std::string to_fts5(const Question& question)
{
    std::string wanted;
    for (const auto& phrase : question.wanted)
        wanted += (wanted.empty() ? "" : " AND ") + fts5_phrase(phrase);
    std::string unwanted;
    for (const auto& phrase : question.unwanted)
        unwanted += (unwanted.empty() ? "" : " OR ") + fts5_phrase(phrase);
    return unwanted.empty() ? wanted : fmt::format("({}) NOT ({})", wanted, unwanted);
}

std::string to_tsquery(const Question& question)
{
    std::string text;
    for (const auto& phrase : question.wanted)
        text += fmt::format("{}({})", text.empty() ? "" : " & ", tsquery_phrase(phrase));
    for (const auto& phrase : question.unwanted)
        text += fmt::format(" & !({})", tsquery_phrase(phrase));
    return text;
}

}  // namespace redress::search
