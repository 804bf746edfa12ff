#include "messages/api.hpp"

#include "messages/api_routes.hpp"
#include "messages/api_wire.hpp"
#include "messages/rules_media_type.hpp"

#include <iterator>

namespace redress::messages {

http::RouteTable routes(const Services& services)
{
    auto table = attachment_routes(services);
    auto templates = template_routes(services);
    std::move(templates.begin(), templates.end(), std::back_inserter(table));
    return table;
}

Result<void> see_case(const Services& services, CaseId id, const http::Call& call)
{
    if (!services.may_see_case(id, call.as<staff::Caller>()))
        return deny(Denial::not_found, "not_found");
    return {};
}

AttachmentView view_of(const Attachment& attachment)
{
    return {
        attachment.id,
        attachment.case_id,
        attachment.file_name,
        attachment.media_type,
        may_be_shown(attachment.media_type),
        attachment.bytes,
        attachment.created_at,
        attachment.created_by};
}

TemplateView view_of(const Template& value)
{
    return {
        value.id,
        value.version,
        value.code,
        value.language,
        value.title,
        value.body,
        value.use,
        value.variables,
        value.is_active,
        value.updated_at};
}

}  // namespace redress::messages
