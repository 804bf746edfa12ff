#include "language_corpora.hpp"

#include "base/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <utility>

namespace redress::bench {

std::string Corpora::bytes_of(const std::filesystem::path& file) const
{
    std::ifstream in{folder_ / file, std::ios::binary};
    if (!in)
        fmt::print(stderr, "{} is missing\n", (folder_ / file).string());
    return {std::istreambuf_iterator<char>{in}, {}};
}

template <class Take>
void Corpora::for_each_row(const std::filesystem::path& file, const Take& take) const
{
    const std::string bytes = bytes_of(file);
    bool is_read = false;
    CsvReader reader{
        [&] { return std::exchange(is_read, true) ? std::string_view{} : std::string_view{bytes}; },
        {}};
    CsvRow row;
    static_cast<void>(reader.next(row));
    while (reader.next(row))
        take(row.cells);
}

Texts Corpora::labelled(const std::filesystem::path& file) const
{
    const std::string bytes = bytes_of(file);
    const auto heading = std::min(bytes.find('\n'), bytes.size());
    auto texts = language::read_labelled_texts(std::string_view{bytes}.substr(heading));
    return texts ? std::move(*texts) : Texts{};
}

Texts Corpora::reviews(const std::filesystem::path& file) const
{
    Texts texts;
    for_each_row(file, [&](const auto& cells) {
        if (cells.size() >= 2)
            texts.push_back({cells[0], cells[1]});
    });
    return texts;
}

std::map<std::string, Texts> Corpora::shopping() const
{
    std::map<std::string, Texts> by_domain;
    for_each_row("online_shopping_10_cats/shopping.csv", [&](const auto& cells) {
        if (cells.size() >= 3)
            by_domain[cells[0]].push_back({cells[1], cells[2]});
    });
    return by_domain;
}

Texts Corpora::bureau() const
{
    constexpr int most_of_each = 80;
    const std::map<std::string, std::string> names{
        {"Credit reporting", "credit reporting"},
        {"Debt collection", "debt collection"},
        {"Mortgage", "mortgage"},
        {"Credit card", "card"},
        {"Prepaid card", "card"},
        {"Checking or savings", "bank account"},
        {"Bank account", "bank account"}};
    std::map<std::string, int> taken;
    Texts texts;
    for_each_row("cfpb/cfpb_full_columns_mixed_samples.csv", [&](const auto& cells) {
        if (cells.size() < 6 || cells[5].empty())
            return;
        for (const auto& [begin, name] : names)
            if (cells[1].starts_with(begin) && taken[name]++ < most_of_each)
                texts.push_back({name, cells[5]});
    });
    return texts;
}

namespace {

std::uint32_t lot_of(std::string_view text)
{
    std::uint64_t hash = 1469598103934665603ULL;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return static_cast<std::uint32_t>(((hash ^ (hash >> 33)) * 0x9E3779B97F4A7C15ULL) >> 40);
}

}  // namespace

Split split_of(const Texts& texts, std::uint32_t turn)
{
    Split split;
    for (const language::LabelledText& text : texts)
        (lot_of(text.text) % 5 == turn ? split.kept_back : split.learned).push_back(text);
    return split;
}

}  // namespace redress::bench
