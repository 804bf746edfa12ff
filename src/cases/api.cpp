#include "cases/api.hpp"

#include "cases/api_schema.hpp"
#include "http/conditional.hpp"

#include <algorithm>
#include <memory>

namespace redress::cases {
namespace {

bool is_for_people(const Transition& row)
{
    const bool is_system_only = row.who == std::set{Role::system};
    return !row.from_new && !is_system_only;
}

Result<Receipt> tell_version(http::Call& call, Result<Receipt> receipt)
{
    if (receipt)
        call.headers.emplace_back("ETag", http::etag_of(receipt->version));
    return receipt;
}

http::Route file_route(const std::shared_ptr<const Services>& services, const Lifecycle& lifecycle)
{
    auto route = http::route<FileCase, Receipt>(
        {.name = "file_case",
         .method = "POST",
         .path = "/api/v1/cases",
         .summary = "File a complaint: it is received, owned and timed at once.",
         .permission = "case_write",
         .rate_class = "write",
         .status = 201,
         .needs_key = true},
        [services](http::Call& call, const FileCase& body) {
            return tell_version(call, services->file(call, body));
        }
    );
    route.request = [&lifecycle](http::Schemas& schemas) {
        return schema_of_filing(*lifecycle.find("receive"), lifecycle, schemas);
    };
    return route;
}

http::Route command_route(
    const std::shared_ptr<const Services>& services,
    const Transition& row,
    const Lifecycle& lifecycle
)
{
    auto route = http::route<GiveCommand, Receipt>(
        {.name = row.verb,
         .method = "POST",
         .path = "/api/v1/cases/{case_id}/commands/" + row.verb,
         .summary = row.title.en + " (" + row.id + ").",
         .permission = "case_write",
         .rate_class = "write",
         .needs_key = true,
         .needs_if_match = true},
        [services, verb = row.verb](http::Call& call, const GiveCommand& body) -> Result<Receipt> {
            const auto id = call.id<CaseId>("case_id");
            if (!id)
                return std::unexpected{id.error()};
            return tell_version(call, services->submit(call, *id, verb, body));
        }
    );
    route.request = [&row, &lifecycle](http::Schemas& schemas) {
        return schema_of_command(row, lifecycle, schemas);
    };
    return route;
}

}  // namespace

http::RouteTable routes(Services services, const Lifecycle& lifecycle)
{
    const auto shared = std::make_shared<const Services>(std::move(services));
    http::RouteTable table{file_route(shared, lifecycle)};
    for (const auto& row : lifecycle.transitions())
        if (is_for_people(row))
            table.push_back(command_route(shared, row, lifecycle));
    return table;
}

}  // namespace redress::cases
