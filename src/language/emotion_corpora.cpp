#include "language/emotion_corpora.hpp"

#include "base/csv.hpp"

#include <algorithm>
#include <cstdlib>
#include <span>

namespace redress::language {
namespace {

using Amounts = std::array<float, count_of_measures>;

constexpr std::size_t at(Measure measure)
{
    return static_cast<std::size_t>(measure);
}

/// A name that an annotator chose, and what it says of a measure.
struct Meaning {
    std::string_view name;
    Measure measure{};
    float amount{};
};

constexpr std::array go_meanings{
    Meaning{"anger", Measure::anger, 2},
    Meaning{"annoyance", Measure::anger, 0.5F},
    Meaning{"sadness", Measure::sadness, 2},
    Meaning{"grief", Measure::sadness, 2},
    Meaning{"disappointment", Measure::sadness, 1.5F},
    Meaning{"fear", Measure::anxiety, 2},
    Meaning{"nervousness", Measure::anxiety, 2},
    Meaning{"joy", Measure::pleasure, 2},
    Meaning{"gratitude", Measure::pleasure, 2},
    Meaning{"excitement", Measure::pleasure, 2},
    Meaning{"love", Measure::pleasure, 2},
    Meaning{"admiration", Measure::pleasure, 1.5F},
    Meaning{"relief", Measure::pleasure, 1.5F},
};

constexpr std::array xed_meanings{
    Meaning{"anger", Measure::anger, 1.5F},
    Meaning{"sadness", Measure::sadness, 1.5F},
    Meaning{"fear", Measure::anxiety, 1.5F},
    Meaning{"joy", Measure::pleasure, 1.5F},
};

Amounts meant_by(std::string_view names, std::span<const Meaning> meanings)
{
    Amounts amounts{};
    for (const std::string_view name : split(names, ' '))
        for (const Meaning& meaning : meanings)
            if (meaning.name == name)
                amounts[at(meaning.measure)] =
                    std::max(amounts[at(meaning.measure)], meaning.amount);
    return amounts;
}

/// Calls `take(first cell, rest)` for each line that has a tab.
template <class Take>
void for_each_line(std::string_view tsv, const Take& take)
{
    for (const std::string_view line : split(tsv, '\n')) {
        const std::size_t tab = line.find('\t');
        if (tab != std::string_view::npos)
            take(line.substr(0, tab), trim(line.substr(tab + 1)));
    }
}

std::vector<FeltText>
read_named(std::string_view tsv, std::span<const Meaning> meanings, const FeltText& common)
{
    std::vector<FeltText> texts;
    for_each_line(tsv, [&](std::string_view names, std::string_view text) {
        if (names == "labels")
            return;
        FeltText felt = common;
        felt.text = std::string{text};
        felt.amounts = meant_by(names, meanings);
        texts.push_back(std::move(felt));
    });
    return texts;
}

}  // namespace

std::vector<FeltText> read_brighter(std::string_view csv, Lang lang)
{
    constexpr std::array<std::string_view, count_of_measures> names{
        "anger",
        "sadness",
        "fear",
        "joy"};
    const bool is_zh = lang == Lang::zh;
    bool is_read = false;
    CsvReader reader{[&] { return std::exchange(is_read, true) ? std::string_view{} : csv; }, {}};
    CsvRow row;
    std::vector<FeltText> texts;
    if (!reader.next(row))
        return texts;
    std::array<std::size_t, count_of_measures> columns{};
    for (std::size_t i = 0; i < names.size(); ++i)
        columns[i] =
            static_cast<std::size_t>(std::ranges::find(row.cells, names[i]) - row.cells.begin());
    while (reader.next(row)) {
        FeltText felt{row.cells.at(1), {}, is_zh ? 0.7F : 0.15F, true, is_zh, false};
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (columns[i] < row.cells.size())
                felt.amounts[i] = std::strtof(row.cells[columns[i]].c_str(), nullptr);
        texts.push_back(std::move(felt));
    }
    return texts;
}

std::vector<FeltText> read_goemotions(std::string_view tsv)
{
    return read_named(tsv, go_meanings, {{}, {}, 0.25F, false, true, false});
}

std::vector<FeltText> read_xed(std::string_view tsv, Lang lang)
{
    return read_named(
        tsv,
        xed_meanings,
        {{}, {}, lang == Lang::zh ? 0.1F : 0.05F, false, false, false}
    );
}

std::vector<FeltText> read_complaints(std::string_view tsv, Lang lang)
{
    std::vector<FeltText> texts;
    for_each_line(tsv, [&](std::string_view first, std::string_view rest) {
        if (first.starts_with('#'))
            return;
        FeltText felt{{}, {}, lang == Lang::zh ? 0.7F : 0.3F, true, false, false};
        felt.amounts[0] = std::strtof(std::string{first}.c_str(), nullptr);
        for (std::size_t i = 1; i < count_of_measures; ++i) {
            const std::size_t tab = std::min(rest.find('\t'), rest.size());
            felt.amounts[i] = std::strtof(std::string{rest.substr(0, tab)}.c_str(), nullptr);
            rest.remove_prefix(std::min(tab + 1, rest.size()));
        }
        felt.text = std::string{rest};
        texts.push_back(std::move(felt));
    });
    return texts;
}

}  // namespace redress::language
