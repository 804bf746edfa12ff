// links: redress_base redress_intake
#include "base/csv.hpp"
#include "base/text.hpp"
#include "intake/encoding.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using namespace redress;

namespace {

void must(bool holds)
{
    if (!holds)
        std::abort();
}

constexpr CsvOptions small{.max_field = 64, .max_row = 256};

struct Read {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::int64_t> lines;
    friend bool operator==(const Read&, const Read&) = default;
};

Read read(std::string_view text, std::size_t piece_size, CsvOptions options)
{
    Read all;
    CsvReader reader{
        [text, piece_size]() mutable {
            const auto piece = text.substr(0, piece_size);
            text.remove_prefix(piece.size());
            return piece;
        },
        options};
    CsvRow row;
    while (reader.next(row)) {
        must(row.line >= (all.lines.empty() ? 1 : all.lines.back()));
        std::size_t size = 0;
        for (const auto& cell : row.cells) {
            must(cell.find('\0') == std::string::npos);
            size += cell.size();
        }
        must(size <= options.max_row + 1);
        all.rows.push_back(row.cells);
        all.lines.push_back(row.line);
    }
    return all;
}

/// What was read and is written again reads the same; a single empty cell is an empty line then.
void check_round_trip(Read first)
{
    std::erase_if(first.rows, [](const auto& row) { return row.size() == 1 && row[0].empty(); });
    std::string text;
    for (const auto& row : first.rows)
        append_csv(text, row);
    Read second = read(text, 4'096, {.max_field = 1 << 20, .max_row = 1 << 20});
    must(second.rows.size() == first.rows.size());
    for (std::size_t i = 0; i < first.rows.size(); ++i) {
        must(second.rows[i].size() == first.rows[i].size());
        for (std::size_t j = 0; j < first.rows[i].size(); ++j)
            must(unguarded(second.rows[i][j]) == unguarded(first.rows[i][j]));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string bytes{reinterpret_cast<const char*>(data), size};
    std::istringstream look{bytes};
    const auto facts = intake::inspect(look);
    must(facts.bytes == size);
    std::istringstream file{bytes};
    intake::TextStream stream{file, facts.encoding};
    std::string text;
    for (auto piece = stream.next(); !piece.empty(); piece = stream.next())
        text += piece;
    must(is_valid_utf8(text));
    const auto whole = read(text, 4'096, small);
    must(whole == read(text, 1, small));
    must(whole == read(text, 7, small));
    check_round_trip(whole);
    return 0;
}
