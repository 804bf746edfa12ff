#include "base/csv.hpp"

#include <algorithm>
#include <utility>

namespace redress {
namespace {

constexpr int end_of_text = -1;
constexpr std::size_t max_cells = 4'096;
constexpr std::string_view full_width_equals = "\xEF\xBC\x9D";

bool starts_formula(std::string_view cell)
{
    constexpr std::string_view starts = "=+-@\t\r";
    return (!cell.empty() && starts.find(cell.front()) != std::string_view::npos) ||
           cell.starts_with(full_width_equals);
}

bool is_empty_line(const CsvRow& row)
{
    return row.cells.size() == 1 && row.cells.front().empty() && row.trouble.empty();
}

void blame(CsvRow& row, std::string_view trouble)
{
    if (row.trouble.empty())
        row.trouble = trouble;
}

}  // namespace

CsvReader::CsvReader(TextSource source, CsvOptions options)
    : source_{std::move(source)}, options_{options}
{}

int CsvReader::take()
{
    if (at_ == piece_.size()) {
        piece_ = source_();
        at_ = 0;
        if (piece_.empty())
            return end_of_text;
    }
    return static_cast<unsigned char>(piece_[at_++]);
}

bool CsvReader::next(CsvRow& row)
{
    while (read_row(row))
        if (!is_empty_line(row))
            return true;
    return false;
}

bool CsvReader::read_row(CsvRow& row)
{
    row.cells.clear();
    row.trouble = {};
    row.line = line_;
    cell_.clear();
    row_size_ = 0;
    state_ = State::begin;
    bool is_anything = false;
    for (int c = take(); c != end_of_text; c = take()) {
        // The second half of CRLF belongs to the first.
        if (std::exchange(after_cr_, c == '\r') && c == '\n') {
            if (state_ == State::quoted)
                keep(row, '\n');
            continue;
        }
        is_anything = true;
        if (c == '\n' || c == '\r')
            ++line_;
        if (step(row, static_cast<char>(c))) {
            end_cell(row);
            return true;
        }
    }
    if (!is_anything)
        return false;
    if (state_ == State::quoted)
        blame(row, "csv_open_quote");
    end_cell(row);
    return true;
}

bool CsvReader::step(CsvRow& row, char c)
{
    const bool is_end = c == '\n' || c == '\r';
    switch (state_) {
        case State::quoted:
            if (c == '"')
                state_ = State::after_quote;
            else
                keep(row, c);
            return false;
        case State::skip:
            return is_end;
        case State::begin:
        case State::plain:
        case State::after_quote:
            break;
    }
    if (is_end)
        return true;
    if (c == options_.delimiter)
        end_cell(row);
    else if (state_ == State::after_quote)
        step_after_quote(row, c);
    else if (state_ == State::begin && c == '"')
        state_ = State::quoted;
    else {
        state_ = State::plain;
        keep(row, c);
    }
    return false;
}

void CsvReader::step_after_quote(CsvRow& row, char c)
{
    if (c != '"')
        blame(row, "csv_text_after_quote");
    state_ = c == '"' ? State::quoted : State::plain;
    keep(row, c);
}

void CsvReader::keep(CsvRow& row, char c)
{
    if (c == '\0') {
        blame(row, "csv_nul");
        return;
    }
    cell_.push_back(c);
    if (++row_size_ > options_.max_row)
        blame(row, "csv_row_too_long");
    else if (cell_.size() > options_.max_field)
        blame(row, "csv_field_too_long");
    else
        return;
    state_ = State::skip;
}

void CsvReader::end_cell(CsvRow& row)
{
    if (cell_.find(undecodable_mark) != std::string::npos)
        blame(row, "csv_undecodable");
    row.cells.push_back(std::exchange(cell_, {}));
    state_ = State::begin;
    if (row.cells.size() < max_cells)
        return;
    blame(row, "csv_row_too_long");
    state_ = State::skip;
}

void append_csv(std::string& out, const std::vector<std::string>& cells, char delimiter)
{
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0)
            out += delimiter;
        const std::string cell = guarded(cells[i]);
        const bool is_plain = cell.find_first_of("\"\r\n") == std::string::npos &&
                              cell.find(delimiter) == std::string::npos;
        if (is_plain && !(cells.size() == 1 && cell.empty())) {
            out += cell;
            continue;
        }
        out += '"';
        for (const char c : cell) {
            if (c == '"')
                out += '"';
            out += c;
        }
        out += '"';
    }
    out += "\r\n";
}

std::string guarded(std::string_view cell)
{
    return starts_formula(cell) ? "'" + std::string{cell} : std::string{cell};
}

std::string_view unguarded(std::string_view cell)
{
    return cell.starts_with('\'') && starts_formula(cell.substr(1)) ? cell.substr(1) : cell;
}

}  // namespace redress
