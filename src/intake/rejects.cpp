#include "base/catalogue.hpp"
#include "db/database.hpp"
#include "intake/import_job.hpp"
#include "intake/import_sql.hpp"
#include "intake/row_mapping.hpp"

#include <ostream>

namespace redress::intake {
namespace {

constexpr std::int64_t page_size = 500;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view replacement = "\xEF\xBF\xBD";

struct Reject {
    std::int64_t line{};
    std::string refusal;
    std::string cells;
};
BOOST_DESCRIBE_STRUCT(Reject, (), (line, refusal, cells))

constexpr db::Command<ImportJobId, std::int64_t, std::string_view, std::string_view> insert_reject{
    "intake.add_reject",
    sql::add_reject};
constexpr db::Query<Reject, ImportJobId, std::int64_t, std::int64_t> select_rejects{
    "intake.list_rejects",
    sql::list_rejects};

json::array to_json(const Denied& denied)
{
    json::array list;
    for (const auto& refusal : denied.refusals) {
        json::array params;
        for (const auto& [name, value] : refusal.params)
            params.push_back(json::array{name, value});
        list.push_back(
            json::object{{"code", refusal.code}, {"field", refusal.field}, {"params", params}}
        );
    }
    return list;
}

std::string reasons_of(const std::string& stored, Lang lang)
{
    std::string reasons;
    const auto parsed = json::parse(stored);
    for (const auto& item : parsed.as_array()) {
        const auto& object = item.as_object();
        Refusal refusal{std::string{string_at(object, "code")}, {}, {}};
        for (const auto& param : object.at("params").as_array())
            refusal.params.emplace_back(param.at(0).as_string(), param.at(1).as_string());
        reasons += (reasons.empty() ? "" : " ") + say(lang, refusal);
    }
    return reasons;
}

/// What could not be decoded is shown as such.
std::string presentable(std::string cell)
{
    for (auto at = cell.find(undecodable_mark); at != std::string::npos;
         at = cell.find(undecodable_mark, at))
        cell.replace(at, undecodable_mark.size(), replacement);
    return cell;
}

void append_cells(std::vector<std::string>& row, std::string_view stored)
{
    const auto parsed = json::parse(stored);
    for (const auto& cell : parsed.as_array())
        row.push_back(presentable(std::string{cell.as_string()}));
}

}  // namespace

void add_reject(db::Tx& tx, ImportJobId job, const CsvRow& row, const Denied& denied)
{
    json::array cells;
    for (const auto& cell : row.cells)
        cells.push_back(json::string{unguarded(cell)});
    tx.run(insert_reject, job, row.line, json::serialize(to_json(denied)), json::serialize(cells));
}

std::int64_t
write_rejects(db::Database& database, const ImportJob& job, std::ostream& out, Lang lang)
{
    const char delimiter = job.delimiter.front();
    std::int64_t count = 0;
    std::int64_t after = 0;
    while (true) {
        const auto page = database.read([&](db::Tx& tx) {
            return tx.all(select_rejects, job.id, after, page_size);
        });
        std::string text;
        if (count == 0 && !page.empty()) {
            std::vector<std::string> header{
                std::string{reject_line_heading},
                std::string{reject_reason_heading}};
            append_cells(header, job.header);
            text = byte_order_mark;
            append_csv(text, header, delimiter);
        }
        for (const auto& reject : page) {
            std::vector<std::string> row{
                std::to_string(reject.line),
                reasons_of(reject.refusal, lang)};
            append_cells(row, reject.cells);
            append_csv(text, row, delimiter);
        }
        out << text;
        count += std::ssize(page);
        if (std::ssize(page) < page_size)
            return count;
        after = page.back().line;
    }
}

}  // namespace redress::intake
