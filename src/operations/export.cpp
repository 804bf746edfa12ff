#include "operations/export.hpp"

#include "base/catalogue.hpp"
#include "base/csv.hpp"
#include "cases/lifecycle.hpp"
#include "cases/model.hpp"
#include "ledger/ledger.hpp"
#include "operations/files.hpp"
#include "operations/operations_sql.hpp"

#include <array>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <system_error>

namespace redress::operations {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t page_size = 500;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

struct DocRow {
    std::int64_t id{};
    std::int64_t version{};
    std::string doc;
};
BOOST_DESCRIBE_STRUCT(DocRow, (), (id, version, doc))

struct CustomerRow {
    std::int64_t id{};
    std::optional<std::int64_t> merged_into;
    std::int64_t version{};
    std::string doc;
};
BOOST_DESCRIBE_STRUCT(CustomerRow, (), (id, merged_into, version, doc))

struct ExportRow {
    std::int64_t id{};
    std::string ref_no;
    std::string state;
    std::string kind;
    std::string channel;
    std::int64_t owner_id{};
    Instant received_at;
    Instant updated_at;
    Instant next_due_at;
    std::int64_t anger{};
    std::int64_t severity{};
    std::int64_t escalation{};
    std::string customer_name;
    std::string title;
    std::string doc;
    std::optional<std::string> owner_doc;
};
BOOST_DESCRIBE_STRUCT(
    ExportRow,
    (),
    (id,
     ref_no,
     state,
     kind,
     channel,
     owner_id,
     received_at,
     updated_at,
     next_due_at,
     anger,
     severity,
     escalation,
     customer_name,
     title,
     doc,
     owner_doc)
)

constexpr db::Query<ExportRow, std::int64_t, std::int64_t> list_export_rows{
    "operations.list_export_rows",
    sql::list_export_rows};
constexpr db::Query<CustomerRow, std::int64_t, std::int64_t> list_customer_rows{
    "operations.list_customer_rows",
    sql::list_customer_rows};
constexpr db::Query<DocRow, std::int64_t, std::int64_t> list_staff_rows{
    "operations.list_staff_rows",
    sql::list_staff_rows};
constexpr db::Query<DocRow, std::int64_t, std::int64_t> list_team_rows{
    "operations.list_team_rows",
    sql::list_team_rows};

void write(std::ostream& out, const std::string& text)
{
    if (!out.write(text.data(), static_cast<std::streamsize>(text.size())))
        throw std::runtime_error{"the export cannot be written: is the disk full?"};
}

/// Where an export stands, and what it has to tell.
struct Output {
    std::ostream& stream;
    std::string_view file;
    const ExportProgress& progress;
    std::int64_t lines{};

    void add(const std::string& text, std::int64_t count)
    {
        write(stream, text);
        lines += count;
        if (progress)
            progress(file, lines);
    }
};

/// Pages of `query` by ascending id; `to_line(tx, row)` is a whole line.
template <class Query, class ToLine>
std::int64_t export_pages(db::Database& database, Output output, const Query& query, ToLine to_line)
{
    struct Page {
        std::string text;
        std::int64_t count{};
        std::int64_t last{};
    };
    for (std::int64_t after = 0;;) {
        const auto page = database.read([&](db::Tx& tx) {
            Page read;
            for (const auto& row : tx.all(query, after, page_size)) {
                read.text += to_line(tx, row);
                read.last = row.id;
                ++read.count;
            }
            return read;
        });
        output.add(page.text, page.count);
        if (page.count < page_size)
            return output.lines;
        after = page.last;
    }
}

std::string line_of(const json::object& object)
{
    return json::serialize(object) + "\n";
}

json::object event_object(const ledger::Event& event)
{
    json::object object{
        {"seq", event.seq},
        {"version", event.version},
        {"kind", event.kind},
        {"at", to_rfc3339(event.at)},
        {"recorded_at", to_rfc3339(event.recorded_at)},
        {"actor", event.actor},
        {"payload", json::parse(event.payload)},
    };
    if (event.personal)
        object["personal"] = json::parse(*event.personal);
    return object;
}

json::array events_of(db::Tx& tx, std::int64_t case_id)
{
    json::array list;
    for (std::int64_t after = 0;;) {
        const auto page = ledger::list_of_entity(tx, {"case", case_id}, after, page_size);
        for (const auto& event : page)
            list.push_back(event_object(event));
        if (std::ssize(page) < page_size)
            return list;
        after = page.back().version;
    }
}

json::object chain_object(const ledger::Event& event)
{
    // Payload and personal part as texts: their very bytes are what was hashed.
    json::object object{
        {"seq", event.seq},
        {"stream", event.stream},
        {"entity", event.entity},
        {"version", event.version},
        {"kind", event.kind},
        {"at_us", event.at.us},
        {"recorded_at_us", event.recorded_at.us},
        {"actor", event.actor},
        {"payload", event.payload},
        {"commitment", event.commitment},
        {"hash", event.hash},
    };
    if (event.personal)
        object["personal"] = *event.personal;
    if (event.salt)
        object["salt"] = *event.salt;
    return object;
}

std::string time_text(Instant at)
{
    return at == Instant{} || at >= cases::no_time ? std::string{} : to_rfc3339(at);
}

std::string choice_text(std::string_view field, const std::string& value, Lang lang)
{
    const auto* known = cases::lifecycle().find_field(field);
    if (known != nullptr)
        for (const auto& [id, label] : known->choices)
            if (id == value)
                return label.in(lang);
    return value;
}

std::string text_at(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    if (value == nullptr || value->is_null())
        return {};
    return value->is_string() ? std::string{value->get_string()} : json::serialize(*value);
}

constexpr std::array csv_columns{
    "id",         "ref_no",      "state",     "kind",   "channel",  "owner",        "received_at",
    "updated_at", "next_due_at", "closed_at", "anger",  "severity", "escalation",   "customer_name",
    "subject",    "category",    "product",   "sector", "outcome",  "satisfaction", "cause_final"};

std::vector<std::string> cells_of(const ExportRow& row, Lang lang)
{
    const auto value = cases::from_json(row.doc);
    const auto owner = row.owner_doc ? json::parse(*row.owner_doc).as_object() : json::object{};
    const auto name = string_at(owner, "display_name");
    const auto fact = [&](std::string_view field) {
        return choice_text(field, text_at(value.facts, field), lang);
    };
    return {
        std::to_string(row.id),
        row.ref_no,
        cases::lifecycle().title(value.state).in(lang),
        choice_text("kind", row.kind, lang),
        choice_text("channel", row.channel, lang),
        name.empty() ? std::to_string(row.owner_id) : std::string{name},
        time_text(row.received_at),
        time_text(row.updated_at),
        time_text(row.next_due_at),
        time_text(value.closed_at),
        std::to_string(row.anger),
        std::to_string(row.severity),
        std::to_string(row.escalation),
        row.customer_name,
        row.title,
        fact("category"),
        fact("product"),
        fact("sector"),
        fact("outcome"),
        choice_text("satisfaction", value.satisfaction, lang),
        fact("cause_final"),
    };
}

}  // namespace

std::int64_t export_cases(db::Database& database, std::ostream& out, const ExportProgress& progress)
{
    const auto to_line = [](db::Tx& tx, const ExportRow& row) {
        return line_of(
            {{"id", row.id},
             {"ref_no", row.ref_no},
             {"case", json::parse(row.doc)},
             {"events", events_of(tx, row.id)}}
        );
    };
    return export_pages(database, {out, "cases.jsonl", progress}, list_export_rows, to_line);
}

std::int64_t
export_events(db::Database& database, std::ostream& out, const ExportProgress& progress)
{
    Output output{out, "events.jsonl", progress};
    for (std::int64_t after = 0;;) {
        const auto page =
            database.read([after](db::Tx& tx) { return ledger::list_after(tx, after, page_size); });
        std::string text;
        for (const auto& event : page)
            text += line_of(chain_object(event));
        output.add(text, std::ssize(page));
        if (std::ssize(page) < page_size)
            return output.lines;
        after = page.back().seq;
    }
}

std::int64_t
export_customers(db::Database& database, std::ostream& out, const ExportProgress& progress)
{
    const auto to_line = [](db::Tx&, const CustomerRow& row) {
        json::object object{
            {"id", row.id},
            {"version", row.version},
            {"customer", json::parse(row.doc)}};
        if (row.merged_into)
            object["merged_into"] = *row.merged_into;
        return line_of(object);
    };
    return export_pages(database, {out, "customers.jsonl", progress}, list_customer_rows, to_line);
}

std::int64_t export_staff(db::Database& database, std::ostream& out, const ExportProgress& progress)
{
    const auto to_line = [](db::Tx&, const DocRow& row) {
        return line_of({{"id", row.id}, {"version", row.version}, {"staff", json::parse(row.doc)}});
    };
    return export_pages(database, {out, "staff.jsonl", progress}, list_staff_rows, to_line);
}

std::int64_t export_teams(db::Database& database, std::ostream& out, const ExportProgress& progress)
{
    const auto to_line = [](db::Tx&, const DocRow& row) {
        return line_of({{"id", row.id}, {"version", row.version}, {"team", json::parse(row.doc)}});
    };
    return export_pages(database, {out, "teams.jsonl", progress}, list_team_rows, to_line);
}

std::int64_t export_cases_csv(
    db::Database& database,
    std::ostream& out,
    Lang lang,
    const ExportProgress& progress
)
{
    std::string heading{byte_order_mark};
    std::vector<std::string> names;
    for (const auto* column : csv_columns)
        names.push_back(say(lang, std::string{"export."} + column));
    append_csv(heading, names);
    write(out, heading);
    const auto to_line = [lang](db::Tx&, const ExportRow& row) {
        std::string line;
        append_csv(line, cells_of(row, lang));
        return line;
    };
    return export_pages(database, {out, "cases.csv", progress}, list_export_rows, to_line);
}

void export_all(
    db::Database& database,
    const fs::path& folder,
    Lang lang,
    const ExportProgress& progress
)
{
    if (!is_vacant(folder))
        throw fs::filesystem_error{
            "the folder of an export must be empty",
            folder,
            std::make_error_code(std::errc::directory_not_empty)};
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
    const auto to_file = [&](const char* name, const auto& run) {
        std::ofstream out{folder / name, std::ios::binary};
        run(out);
        out.close();
        if (!out)
            throw std::runtime_error{"the export cannot be written: is the disk full?"};
        sync(folder / name);
    };
    to_file("cases.jsonl", [&](std::ostream& out) { export_cases(database, out, progress); });
    to_file("cases.csv", [&](std::ostream& out) {
        export_cases_csv(database, out, lang, progress);
    });
    to_file("customers.jsonl", [&](std::ostream& out) {
        export_customers(database, out, progress);
    });
    to_file("staff.jsonl", [&](std::ostream& out) { export_staff(database, out, progress); });
    to_file("teams.jsonl", [&](std::ostream& out) { export_teams(database, out, progress); });
    to_file("events.jsonl", [&](std::ostream& out) { export_events(database, out, progress); });
}

}  // namespace redress::operations
