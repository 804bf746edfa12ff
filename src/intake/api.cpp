#include "intake/api.hpp"

#include "base/catalogue.hpp"
#include "http/cursor.hpp"
#include "intake/api_wire.hpp"
#include "intake/preview.hpp"

#include <algorithm>
#include <sstream>

namespace redress::intake {
namespace {

using http::Call;
using http::NoBody;
using http::route;

constexpr std::int64_t usual_page = 50;
constexpr std::int64_t largest_page = 200;
/// JSON may need six bytes for one of the file.
constexpr std::size_t largest_body = max_upload * 2;

ImportView view_of(const ImportJob& job, Lang lang)
{
    return {
        .id = job.id,
        .state = named<ImportState>(job.state).value_or(ImportState::failed),
        .file_name = job.file_name,
        .started_by = job.started_by,
        .row_count = job.row_count,
        .imported = job.imported,
        .duplicates = job.duplicates,
        .rejected = job.rejected,
        .bytes_done = job.bytes_done,
        .bytes_total = job.bytes_total,
        .created_at = job.created_at,
        .updated_at = job.updated_at,
        .trouble = job.trouble.empty() ? std::nullopt
                                       : std::optional{say(lang, Refusal{job.trouble, {}, {}})},
    };
}

Result<ImportView> viewed(const Call& call, const Result<ImportJob>& job)
{
    if (!job)
        return std::unexpected{job.error()};
    return view_of(*job, call.lang);
}

Result<ImportJob> found(const ApiServices& services, const Call& call)
{
    const auto id = call.id<ImportJobId>("import_id");
    if (!id)
        return std::unexpected{id.error()};
    auto job = services.database.read([&](db::Tx& tx) { return find_job(tx, *id); });
    if (!job)
        return deny(Denial::not_found, "not_found");
    return std::move(*job);
}

Result<ImportList> list(const ApiServices& services, const Call& call)
{
    ImportPlace place;
    if (const auto cursor = call.asked("cursor")) {
        const auto read = http::read_cursor<ImportPlace>(*cursor);
        if (!read)
            return std::unexpected{read.error()};
        place = *read;
    }
    const auto limit =
        std::clamp(call.asked_number("limit").value_or(usual_page), std::int64_t{1}, largest_page);
    const auto jobs = services.database.read([&](db::Tx& tx) {
        return list_jobs(tx, ImportJobId{place.before}, limit);
    });
    ImportList page;
    for (const auto& job : jobs)
        page.items.push_back(view_of(job, call.lang));
    if (std::ssize(jobs) == limit)
        page.next_cursor = http::write_cursor(ImportPlace{jobs.back().id.value});
    return page;
}

Result<ImportView> changed(
    const ApiServices& services,
    const Call& call,
    Result<ImportJob> (ImportQueue::*change)(ImportJobId)
)
{
    const auto id = call.id<ImportJobId>("import_id");
    if (!id)
        return std::unexpected{id.error()};
    return viewed(call, (services.queue.*change)(*id));
}

Result<http::Response> rejects(const ApiServices& services, const Call& call)
{
    const auto job = found(services, call);
    if (!job)
        return std::unexpected{job.error()};
    std::ostringstream text;
    write_rejects(services.database, *job, text, call.lang);
    http::Response response{.content_type = "text/csv; charset=utf-8", .body = text.str()};
    response.set("Content-Disposition", "attachment; filename=\"rejects.csv\"");
    return response;
}

Result<PreviewView> preview(const ApiServices& services, const Call& call, const PreviewForm& form)
{
    const auto made = preview_of(
        {form.mapping.value_or(""), form.csv, services.clock.now(), call.lang},
        cases::lifecycle()
    );
    if (!made)
        return std::unexpected{made.error()};
    PreviewView view{made->columns, made->unused, made->mistakes, {}};
    for (const auto& row : made->rows) {
        PreviewRowView shown{
            .line = row.line,
            .received_at = row.received_at,
            .fields = row.fields};
        if (!row.external_id.empty())
            shown.external_id = row.external_id;
        for (const auto& refusal : row.refusals)
            shown.refusals.push_back(say(call.lang, refusal));
        view.rows.push_back(std::move(shown));
    }
    return view;
}

http::Route row_of(std::string name, std::string method, std::string path, std::string summary)
{
    return {
        .name = std::move(name),
        .method = std::move(method),
        .path = std::move(path),
        .summary = std::move(summary),
        .permission = "import_run"};
}

http::RouteTable change_routes(const ApiServices& services)
{
    auto start = row_of("start_import", "POST", "/api/v1/imports", "Imports complaints from CSV.");
    start.status = 202;
    start.needs_key = true;
    start.max_body = largest_body;
    auto stop = row_of(
        "stop_import",
        "POST",
        "/api/v1/imports/{import_id}/stop",
        "Stops an import between rows."
    );
    stop.needs_key = true;
    auto resume = row_of(
        "resume_import",
        "POST",
        "/api/v1/imports/{import_id}/resume",
        "Goes on with an import."
    );
    resume.needs_key = true;
    return {
        route<ImportForm, ImportView>(
            std::move(start),
            [services](Call& call, const ImportForm& form) {
                const ImportUpload upload{form.file_name, form.mapping, form.csv};
                return viewed(call, services.queue.add(upload, services.actor_of(call), call.lang));
            }
        ),
        route<NoBody, ImportView>(
            std::move(stop),
            [services](Call& call) { return changed(services, call, &ImportQueue::stop); }
        ),
        route<NoBody, ImportView>(
            std::move(resume),
            [services](Call& call) { return changed(services, call, &ImportQueue::resume); }
        ),
    };
}

}  // namespace

http::RouteTable routes(const ApiServices& services)
{
    auto imports = row_of("list_imports", "GET", "/api/v1/imports", "Imports, newest first.");
    imports.query = {
        {.name = "cursor", .about = "next_cursor of the page before."},
        {.name = "limit", .about = "Items per page, 1 to 200.", .type = http::QueryType::number}};
    auto refused = row_of(
        "get_import_rejects",
        "GET",
        "/api/v1/imports/{import_id}/rejects",
        "The refused rows as CSV, with line and reason."
    );
    refused.answer_type = "text/csv";
    auto table = change_routes(services);
    auto trial = row_of(
        "preview_import",
        "POST",
        "/api/v1/imports/preview",
        "What an import would make of the first rows; nothing is stored."
    );
    table.push_back(route<PreviewForm, PreviewView>(
        std::move(trial),
        [services](const Call& call, const PreviewForm& form) {
            return preview(services, call, form);
        }
    ));
    table.push_back(route<NoBody, ImportList>(std::move(imports), [services](Call& call) {
        return list(services, call);
    }));
    table.push_back(route<NoBody, ImportView>(
        row_of("get_import", "GET", "/api/v1/imports/{import_id}", "How far an import is."),
        [services](Call& call) { return viewed(call, found(services, call)); }
    ));
    table.push_back(route<NoBody, http::Response>(std::move(refused), [services](Call& call) {
        return rejects(services, call);
    }));
    return table;
}

}  // namespace redress::intake
