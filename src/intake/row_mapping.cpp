#include "intake/row_mapping.hpp"

#include "base/text.hpp"
#include "intake/field_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace redress::intake {
namespace {

/// A clock that goes a little ahead is no lie.
constexpr std::chrono::minutes tolerance{5};
/// 1970-01-01: what is older is a date read wrongly.
constexpr Instant oldest{0};

void refuse(
    std::vector<Refusal>& refusals,
    std::string code,
    std::string field,
    std::vector<std::pair<std::string, std::string>> params
)
{
    refusals.push_back({std::move(code), std::move(field), std::move(params)});
}

/// Only so much of a wrong value is said.
std::string shown(std::string_view cell)
{
    constexpr std::size_t most = 60;
    return std::string{first_code_points(trim(cell), most)};
}

}  // namespace

RowMapping::RowMapping(const Mapping& mapping, std::vector<std::string> header)
    : mapping_{&mapping}, header_{std::move(header)}
{}

Result<RowMapping> RowMapping::bind(
    const Mapping& mapping,
    std::vector<std::string> header,
    const cases::Lifecycle& lifecycle
)
{
    RowMapping bound{mapping, std::move(header)};
    Denied denied{Denial::invalid, {}};
    const auto find = [&](const Mapping::Headings& headings) {
        Columns columns;
        for (const auto& wanted : headings) {
            const auto is_it = [&](const std::string& name) {
                return trim(unguarded(name)) == trim(wanted);
            };
            const auto found = std::ranges::find_if(bound.header_, is_it);
            const auto times = std::ranges::count_if(bound.header_, is_it);
            if (times != 1)
                refuse(
                    denied.refusals,
                    times == 0 ? "import_heading_missing" : "import_heading_twice",
                    {},
                    {{"heading", wanted}}
                );
            columns.push_back(static_cast<std::size_t>(found - bound.header_.begin()));
        }
        return columns;
    };
    for (const auto& [name, headings] : mapping.columns) {
        const auto values = mapping.values.find(name);
        bound.fields_.push_back(
            {find_importable(lifecycle, name),
             find(headings),
             values == mapping.values.end() ? nullptr : &values->second}
        );
    }
    for (const auto& [kind, wanted] : mapping.contacts)
        bound.contacts_.emplace_back(kind, find({wanted}));
    bound.external_id_ = find(mapping.external_id);
    bound.received_at_ = find(mapping.received_at);
    if (!denied.refusals.empty())
        return std::unexpected{std::move(denied)};
    return bound;
}

std::string RowMapping::cell(const CsvRow& row, const Columns& columns) const
{
    std::string text;
    for (const auto column : columns) {
        const auto part = unguarded(row.cells[column]);
        if (trim(part).empty())
            continue;
        if (!text.empty())
            text += '\n';
        text += part;
    }
    return text;
}

std::string RowMapping::heading(const Columns& columns) const
{
    return columns.empty() ? std::string{} : header_[columns.front()];
}

void RowMapping::read_field(
    const CsvRow& row,
    const Bound& bound,
    Inbound& to,
    std::vector<Refusal>& refusals
) const
{
    std::string text = cell(row, bound.columns);
    if (bound.values != nullptr) {
        auto found = bound.values->find(trim(text));
        if (found == bound.values->end() && !trim(text).empty())
            found = bound.values->find("*");
        if (found != bound.values->end())
            text = found->second;
    }
    if (trim(text).empty())
        return;
    std::optional<json::value> value;
    if (bound.field->type != cases::Field::Type::instant)
        value = to_field_value(*bound.field, text);
    else if (const auto time = parse_time(text, mapping_->formats, mapping_->zone.get()))
        value = json::string{to_rfc3339(*time)};
    if (!value)
        refuse(
            refusals,
            "import_value",
            bound.field->id,
            {{"column", heading(bound.columns)}, {"value", shown(text)}}
        );
    else
        to.fields.insert_or_assign(bound.field->id, std::move(*value));
}

void RowMapping::read_time(
    const CsvRow& row,
    Instant now,
    Inbound& to,
    std::vector<Refusal>& refusals
) const
{
    const auto* constant = to.fields.if_contains("received_at");
    const std::string text = received_at_.empty() && constant != nullptr
                                 ? std::string{constant->get_string()}
                                 : cell(row, received_at_);
    const auto time = parse_time(text, mapping_->formats, mapping_->zone.get());
    const char* code = !time                     ? "import_time"
                       : *time > now + tolerance ? "import_time_in_future"
                       : *time < oldest          ? "import_time_too_old"
                                                 : nullptr;
    if (code != nullptr)
        refuse(
            refusals,
            code,
            "received_at",
            {{"column", heading(received_at_)}, {"value", shown(text)}}
        );
    else
        to.received_at = std::min(*time, now);
    to.fields.insert_or_assign("received_at", to_rfc3339(to.received_at));
}

Result<Inbound> RowMapping::to_inbound(const CsvRow& row, const RowOrigin& origin) const
{
    if (!row.trouble.empty())
        return deny(Denial::invalid, std::string{row.trouble});
    const auto is_empty = [](const std::string& text) { return trim(text).empty(); };
    if (row.cells.size() < header_.size() ||
        !std::all_of(
            row.cells.begin() + static_cast<std::ptrdiff_t>(header_.size()),
            row.cells.end(),
            is_empty
        ))
        return deny(
            Denial::invalid,
            "import_ragged",
            {},
            {{"cells", std::to_string(row.cells.size())},
             {"wanted", std::to_string(header_.size())}}
        );
    Inbound inbound{.channel = "import", .fields = mapping_->constants};
    Denied denied{Denial::invalid, {}};
    for (const auto& field : fields_)
        read_field(row, field, inbound, denied.refusals);
    read_time(row, origin.now, inbound, denied.refusals);
    if (!denied.refusals.empty())
        return std::unexpected{std::move(denied)};
    for (const auto& [kind, columns] : contacts_)
        if (const auto value = cell(row, columns); !trim(value).empty())
            inbound.sender.contacts[kind] = trim(value);
    inbound.sender.name = std::string{string_at(inbound.fields, "complainant_name")};
    inbound.text = std::string{string_at(inbound.fields, "description")};
    append_csv(inbound.raw, row.cells);
    const std::string number{trim(cell(row, external_id_))};
    inbound.external_id = number.empty() ? fmt::format("{}:{}", origin.file_hash, row.line)
                                         : fmt::format("{}:{}", mapping_->system, number);
    return inbound;
}

}  // namespace redress::intake
