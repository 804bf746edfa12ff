#include "base/csv.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace redress {
namespace {

/// Gives `text` in pieces of `size` bytes.
TextSource pieces_of(std::string_view text, std::size_t size)
{
    return [text, size]() mutable {
        const auto piece = text.substr(0, size);
        text.remove_prefix(piece.size());
        return piece;
    };
}

struct Read {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::int64_t> lines;
    std::vector<std::string> troubles;
};

Read read(std::string_view text, CsvOptions options = {}, std::size_t piece = 1 << 16)
{
    Read all;
    CsvReader reader{pieces_of(text, piece), options};
    CsvRow row;
    while (reader.next(row)) {
        all.rows.push_back(row.cells);
        all.lines.push_back(row.line);
        all.troubles.emplace_back(row.trouble);
    }
    return all;
}

using Rows = std::vector<std::vector<std::string>>;

TEST_CASE("rows of RFC 4180")
{
    const struct {
        const char* what;
        std::string_view text;
        Rows rows;
    } examples[] = {
        {"plain", "a,b\nc,d\n", {{"a", "b"}, {"c", "d"}}},
        {"no line end at the end", "a,b\nc,d", {{"a", "b"}, {"c", "d"}}},
        {"CRLF", "a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
        {"CR", "a,b\rc,d\r", {{"a", "b"}, {"c", "d"}}},
        {"line ends mixed", "a\r\nb\nc\rd", {{"a"}, {"b"}, {"c"}, {"d"}}},
        {"quotes", "\"a\",\"b,c\"\n", {{"a", "b,c"}}},
        {"doubled quotes", "\"say \"\"hi\"\"\",x", {{"say \"hi\"", "x"}}},
        {"line break inside", "\"a\nb\",c\n", {{"a\nb", "c"}}},
        {"CRLF inside", "\"a\r\nb\",c\r\n", {{"a\r\nb", "c"}}},
        {"quote inside an unquoted cell", "5\" pipe,x", {{"5\" pipe", "x"}}},
        {"empty cells", ",,\n", {{"", "", ""}}},
        {"empty quoted cell", "\"\",a", {{"", "a"}}},
        {"empty lines", "\n\na\n\n\nb\n\n", {{"a"}, {"b"}}},
        {"cell at the end", "a,", {{"a", ""}}},
        {"Chinese", "姓名,内容\n王女士,\"慢，很慢\"\n", {{"姓名", "内容"}, {"王女士", "慢，很慢"}}},
        {"nothing", "", {}},
    };
    for (const auto& example : examples) {
        INFO(example.what);
        CHECK(read(example.text).rows == example.rows);
        CHECK(read(example.text, {}, 1).rows == example.rows);
    }
}

TEST_CASE("rows know the line they begin in")
{
    CHECK(read("a\n\nb\r\n\"c\r\nc\"\rd").lines == std::vector<std::int64_t>{1, 3, 4, 6});
}

TEST_CASE("another delimiter leaves the comma alone")
{
    CHECK(read("a,b;c\n", {.delimiter = ';'}).rows == Rows{{"a,b", "c"}});
    CHECK(read("a\tb", {.delimiter = '\t'}).rows == Rows{{"a", "b"}});
}

TEST_CASE("what is wrong with a row is named and does not spoil the next one")
{
    const CsvOptions small{.max_field = 10, .max_row = 20};
    const struct {
        std::string_view text;
        std::string trouble;
    } examples[] = {
        {"\"a\"b,c\nnext", "csv_text_after_quote"},
        {std::string_view{"a\0b,c\nnext", 10}, "csv_nul"},
        {"a\xEF\xBF\xBF,c\nnext", "csv_undecodable"},
        {"12345678901,c\nnext", "csv_field_too_long"},
        {"\"12345678901,\nnext", "csv_field_too_long"},
        {"123456789,123456789,123456789\nnext", "csv_row_too_long"},
    };
    for (const auto& example : examples) {
        INFO(example.text);
        const auto all = read(example.text, small);
        REQUIRE(all.rows.size() == 2);
        CHECK(all.troubles.at(0) == example.trouble);
        CHECK(all.troubles.at(1).empty());
        CHECK(all.rows.at(1) == std::vector<std::string>{"next"});
    }
    CHECK(read("a,\"b\nc").troubles == std::vector<std::string>{"csv_open_quote"});
}

TEST_CASE("a row of countless cells is cut")
{
    const auto all = read(std::string(100'000, ',') + "\nnext\n");
    REQUIRE(all.rows.size() == 2);
    CHECK(all.rows[0].size() < 5'000);
    CHECK(all.troubles[0] == "csv_row_too_long");
    CHECK(all.rows[1] == std::vector<std::string>{"next"});
}

TEST_CASE("a cell that a spreadsheet would run is guarded, and only that")
{
    const struct {
        std::string_view cell;
        std::string_view written;
    } examples[] = {
        {"=1+1", "'=1+1"},
        {"+86 139", "'+86 139"},
        {"-2", "'-2"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"\t=1", "'\t=1"},
        {"\r=1", "'\r=1"},
        {"＝cmd|' /C calc'!A0", "'＝cmd|' /C calc'!A0"},
        {"a=1", "a=1"},
        {"'quoted", "'quoted"},
        {"", ""},
        {"王", "王"},
    };
    for (const auto& example : examples) {
        CHECK(guarded(example.cell) == example.written);
        CHECK(unguarded(guarded(example.cell)) == example.cell);
    }
    std::string text;
    append_csv(text, {"=1", "a\"b", "c,d"});
    CHECK(text == "'=1,\"a\"\"b\",\"c,d\"\r\n");
}

TEST_CASE("whatever is written comes back, in whatever pieces")
{
    rc::check([] {
        const auto cell = rc::gen::container<std::string>(
            rc::gen::element('a', 'b', ',', '"', '\n', '\r', ' ', '=', '\'', ';')
        );
        auto rows = *rc::gen::container<Rows>(
            rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(cell))
        );
        // A single empty cell is an empty line, and an apostrophe before a formula is a guard.
        std::erase_if(rows, [](const auto& row) { return row.size() == 1 && row[0].empty(); });
        std::string text;
        for (const auto& row : rows)
            append_csv(text, row);
        auto all = read(text, {}, *rc::gen::inRange<std::size_t>(1, 9)).rows;
        const auto bare = [](Rows& cells) {
            for (auto& row : cells)
                for (auto& each : row)
                    each = std::string{unguarded(each)};
        };
        bare(all);
        bare(rows);
        RC_ASSERT(all == rows);
    });
}

}  // namespace
}  // namespace redress
