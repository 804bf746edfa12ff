#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace redress {

/// Gives the next piece of UTF-8 text; an empty one is the end. The view lives until the next call.
using TextSource = std::function<std::string_view()>;

struct CsvOptions {
    char delimiter = ',';
    std::size_t max_field = std::size_t{1} << 20U;  ///< bytes
    std::size_t max_row = std::size_t{8} << 20U;    ///< bytes
};

struct CsvRow {
    std::int64_t line{};  ///< in which it begins, from 1
    std::vector<std::string> cells;
    /// Why it cannot be used, a refusal code: "csv_field_too_long", "csv_row_too_long",
    /// "csv_text_after_quote", "csv_open_quote", "csv_nul", "csv_undecodable"; "" when it can.
    std::string_view trouble;
};

/// What a TextSource puts where bytes cannot be decoded: U+FFFF, which no text contains.
inline constexpr std::string_view undecodable_mark = "\xEF\xBF\xBF";

/// Rows of RFC 4180 as they really occur: LF, CRLF and CR end a row, empty lines are passed over, a
/// quote inside an unquoted field stands for itself. Memory is bounded by `max_row`; a row that is
/// longer, or has more than 4,096 cells, is cut, named, and skipped to the end of its line.
class CsvReader {
public:
    CsvReader(TextSource source, CsvOptions options);

    /// False at the end. `row` is reused.
    [[nodiscard]] bool next(CsvRow& row);
    /// Of the character that comes next, from 1.
    [[nodiscard]] std::int64_t line() const { return line_; }

private:
    enum class State { begin, plain, quoted, after_quote, skip };

    [[nodiscard]] int take();
    [[nodiscard]] bool read_row(CsvRow& row);
    [[nodiscard]] bool step(CsvRow& row, char c);
    void step_after_quote(CsvRow& row, char c);
    void keep(CsvRow& row, char c);
    void end_cell(CsvRow& row);

    TextSource source_;
    CsvOptions options_;
    std::string_view piece_;
    std::size_t at_{};
    std::int64_t line_{1};
    bool after_cr_{};
    State state_{};
    std::string cell_;
    std::size_t row_size_{};
};

/// A row of CSV text, CRLF included. Cells are quoted where they have to be; one that a spreadsheet
/// would take for a formula is guarded.
void append_csv(std::string& out, const std::vector<std::string>& cells, char delimiter = ',');

/// With an apostrophe before it when it begins with = + - @ ＝, tab or CR.
[[nodiscard]] std::string guarded(std::string_view cell);
/// Without the apostrophe that `guarded` set.
[[nodiscard]] std::string_view unguarded(std::string_view cell);

}  // namespace redress
