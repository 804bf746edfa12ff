#include "intake/preview.hpp"

#include "base/catalogue.hpp"
#include "base/hash.hpp"
#include "intake/row_mapping.hpp"

#include <algorithm>
#include <set>

namespace redress::intake {
namespace {

std::vector<std::string>
unused_columns(const Mapping& mapping, const std::vector<std::string>& columns)
{
    std::set<std::string_view> used;
    const auto take = [&](const Mapping::Headings& headings) {
        for (const auto& heading : headings)
            used.insert(trim(heading));
    };
    for (const auto& [field, headings] : mapping.columns)
        take(headings);
    for (const auto& [kind, heading] : mapping.contacts)
        take({heading});
    take(mapping.external_id);
    take(mapping.received_at);
    std::vector<std::string> unused;
    std::ranges::copy_if(columns, std::back_inserter(unused), [&](const std::string& column) {
        return !used.contains(trim(unguarded(column)));
    });
    return unused;
}

PreviewRow row_of(std::int64_t line, const Result<Inbound>& inbound)
{
    PreviewRow row{.line = line};
    if (!inbound) {
        row.refusals = inbound.error().refusals;
        return row;
    }
    row.external_id = inbound->external_id;
    row.received_at = inbound->received_at;
    row.fields = inbound->fields;
    for (const auto& [kind, value] : inbound->sender.contacts)
        row.fields.emplace("contact." + kind, value);
    return row;
}

}  // namespace

Result<Preview> preview_of(const PreviewQuestion& question, const cases::Lifecycle& lifecycle)
{
    const auto loaded = load_mapping(question.mapping, lifecycle);
    bool is_read = false;
    CsvReader reader{
        [&] { return std::exchange(is_read, true) ? std::string_view{} : question.csv; },
        CsvOptions{.delimiter = loaded.mapping ? loaded.mapping->delimiter : ','}};
    CsvRow row;
    if (!reader.next(row) || !row.trouble.empty())
        return deny(Denial::invalid, "import_empty", "csv");
    Preview preview;
    preview.columns = row.cells;
    if (!loaded.mapping) {
        if (!question.mapping.empty())
            for (const auto& mistake : loaded.mistakes)
                preview.mistakes.push_back(to_text(mistake, "mapping", question.lang));
        return preview;
    }
    preview.unused = unused_columns(*loaded.mapping, preview.columns);
    const auto bound = RowMapping::bind(*loaded.mapping, preview.columns, lifecycle);
    if (!bound) {
        for (const auto& refusal : bound.error().refusals)
            preview.mistakes.push_back(say(question.lang, refusal));
        return preview;
    }
    const auto hash = sha256_hex(question.csv);
    while (preview.rows.size() < preview_rows && reader.next(row))
        preview.rows.push_back(row_of(row.line, bound->to_inbound(row, {hash, question.now})));
    return preview;
}

}  // namespace redress::intake
