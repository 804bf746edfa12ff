#include "search/rules_text.hpp"

#include "base/text.hpp"
#include "language/fold.hpp"
#include "language/tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace redress::search {
namespace {

using language::Folded;

/// No query has such a token: it keeps two texts from being one phrase.
constexpr std::string_view divider = "______";
constexpr std::size_t before_mark = 24;
constexpr std::size_t excerpt_length = 90;

void add_text(std::vector<std::string>& texts, std::string_view text)
{
    if (!text.empty() && std::ranges::find(texts, text) == texts.end())
        texts.emplace_back(text);
}

// NOLINTNEXTLINE(misc-no-recursion): documents are at most 32 deep
void add_texts(std::vector<std::string>& texts, const json::value& value)
{
    if (const auto* text = value.if_string())
        add_text(texts, *text);
    else if (const auto* array = value.if_array())
        for (const auto& item : *array)
            add_texts(texts, item);
    else if (const auto* object = value.if_object())
        for (const auto& [name, item] : *object)
            add_texts(texts, item);
}

/// Both halves of an event keep fields in "set" (facts of the case) and "with" (of this event).
void add_fields(
    std::vector<std::string>& texts,
    const json::object& half,
    const cases::Lifecycle& lifecycle,
    bool is_personal
)
{
    using Type = cases::Field::Type;
    for (const auto* part : {"set", "with"}) {
        const auto* fields = half.if_contains(part);
        if (fields == nullptr || !fields->is_object())
            continue;
        for (const auto& [name, value] : fields->get_object()) {
            const auto* field = lifecycle.find_field(name);
            if (field != nullptr && field->is_sensitive)
                continue;
            const bool is_text =
                field != nullptr && (field->type == Type::text || field->type == Type::prose);
            if (is_personal || is_text)
                add_texts(texts, value);
        }
    }
}

template <class Write>
void each_token(const std::vector<std::string>& texts, Write write)
{
    Folded folded;
    std::size_t count = 0;
    for (const auto& text : texts) {
        if (count > 0)
            write(divider, ++count);
        folded.assign(text);
        language::TokenReader reader{folded, language::TokenUse::index};
        while (const auto token = reader.next()) {
            if (count >= most_tokens)
                return;
            write(token->text, ++count);
        }
    }
}

/// Where `mark` stands first in the folded text.
std::optional<std::size_t> first_place(const Folded& folded, const std::u32string& mark)
{
    const auto at = mark.empty() ? std::u32string_view::npos : folded.text().find(mark);
    return at == std::u32string_view::npos ? std::nullopt : std::optional{at};
}

std::optional<std::size_t>
first_place(const Folded& folded, const std::vector<std::u32string>& marks)
{
    std::optional<std::size_t> first;
    for (const auto& mark : marks)
        if (const auto at = first_place(folded, mark); at && (!first || *at < *first))
            first = at;
    return first;
}

std::vector<language::Span>
spans_within(const Folded& folded, const std::vector<std::u32string>& marks, language::Span part)
{
    std::vector<language::Span> spans;
    for (const auto& mark : marks) {
        auto at = mark.empty() ? std::u32string_view::npos : folded.text().find(mark);
        for (; at != std::u32string_view::npos; at = folded.text().find(mark, at + mark.size())) {
            const auto span = folded.original(at, at + mark.size());
            if (part.holds(span))
                spans.push_back({span.begin - part.begin, span.end - part.begin});
        }
    }
    std::ranges::sort(spans);
    return spans;
}

Excerpt excerpt_at(const std::string& text, std::size_t first)
{
    const auto head = first_code_points(text, first);
    const auto shown =
        first_code_points(std::string_view{text}.substr(head.size()), excerpt_length);
    return {std::string{shown}, {}};
}

}  // namespace

std::vector<std::string> texts_of(const cases::Event& event, const cases::Lifecycle& lifecycle)
{
    std::vector<std::string> texts;
    add_text(texts, string_at(event.payload, "ref_no"));
    add_fields(texts, event.personal, lifecycle, true);
    add_fields(texts, event.payload, lifecycle, false);
    return texts;
}

std::string to_token_list(const std::vector<std::string>& texts)
{
    std::string list;
    each_token(texts, [&](std::string_view token, std::size_t) {
        if (!list.empty())
            list += ' ';
        list += token;
    });
    return list;
}

std::string to_tsvector(const std::vector<std::string>& texts)
{
    std::string vector;
    each_token(texts, [&](std::string_view token, std::size_t position) {
        fmt::format_to(std::back_inserter(vector), "'{}':{} ", token, position);
    });
    return vector;
}

Excerpt excerpt_of(const std::vector<std::string>& texts, const std::vector<std::u32string>& marks)
{
    if (texts.empty())
        return {};
    for (const auto& text : texts) {
        const Folded folded{text};
        const auto place = first_place(folded, marks);
        if (!place)
            continue;
        const auto found = folded.original(*place, *place + 1).begin;
        const auto begin =
            static_cast<std::uint32_t>(found - std::min<std::size_t>(found, before_mark));
        auto excerpt = excerpt_at(text, begin);
        const auto end = begin + static_cast<std::uint32_t>(count_code_points(excerpt.text));
        excerpt.marks = spans_within(folded, marks, {begin, end});
        return excerpt;
    }
    return excerpt_at(texts.front(), 0);
}

}  // namespace redress::search
