#include "messages/api_routes.hpp"
#include "messages/api_wire.hpp"
#include "messages/rules_file_name.hpp"
#include "messages/rules_media_type.hpp"
#include "messages/store_attachments.hpp"

#include <algorithm>

namespace redress::messages {
namespace {

using http::Call;
using http::NoBody;
using http::route;

/// The name in the query before the one in Content-Disposition.
std::string given_name(const Call& call)
{
    if (const auto name = call.asked("name"))
        return std::string{*name};
    return file_name_in(call.request.header("content-disposition")).value_or("");
}

Result<AttachmentView> upload(const Services& services, const Call& call)
{
    const auto case_id = call.id<CaseId>("case_id");
    if (!case_id)
        return std::unexpected{case_id.error()};
    if (const auto seen = see_case(services, *case_id, call); !seen)
        return std::unexpected{seen.error()};
    const auto name = given_name(call);
    const auto stored = store_upload(
        services,
        {*case_id, name, call.request.body, call.as<staff::Caller>().actor.name}
    );
    if (!stored)
        return std::unexpected{stored.error()};
    return view_of(*stored);
}

Result<AttachmentList> list(const Services& services, const Call& call)
{
    const auto case_id = call.id<CaseId>("case_id");
    if (!case_id)
        return std::unexpected{case_id.error()};
    if (const auto seen = see_case(services, *case_id, call); !seen)
        return std::unexpected{seen.error()};
    AttachmentList all;
    for (const auto& each :
         services.database.read([&](db::Tx& tx) { return list_attachments(tx, *case_id); }))
        all.items.push_back(view_of(each));
    return all;
}

Result<http::Response> download(const Services& services, const Call& call)
{
    const auto& id = call.param("attachment_id");
    const auto found = services.database.read([&](db::Tx& tx) { return find_attachment(tx, id); });
    if (!found)
        return deny(Denial::not_found, "not_found");
    if (const auto seen = see_case(services, found->case_id, call); !seen)
        return std::unexpected{seen.error()};
    auto bytes = services.blobs.get(found->sha256);
    if (!bytes)
        throw db::Fault{db::FaultKind::corrupt, "blob store: the bytes of an attachment are gone"};
    return file_response(*found, std::move(*bytes));
}

}  // namespace

http::Response file_response(const Attachment& attachment, std::string bytes)
{
    const bool is_shown = may_be_shown(attachment.media_type);
    http::Response response;
    response.content_type = is_shown ? attachment.media_type : "application/octet-stream";
    response.set(
        "Content-Disposition",
        content_disposition(
            is_shown ? Disposition::in_line : Disposition::attachment,
            attachment.file_name
        )
    );
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Content-Security-Policy", "sandbox; default-src 'none'");
    response.set("Cross-Origin-Resource-Policy", "same-origin");
    response.body = std::move(bytes);
    return response;
}

Result<Attachment> store_upload(const Services& services, const Upload& upload)
{
    if (upload.bytes.empty())
        return deny(Denial::invalid, "attachment_empty");
    if (upload.bytes.size() > max_blob_bytes)
        return deny(
            Denial::too_large,
            "attachment_too_large",
            {},
            {{"max", std::to_string(max_blob_bytes >> 20U)}}
        );
    NewAttachment attachment;
    attachment.case_id = upload.case_id;
    attachment.file_name = safe_file_name(upload.file_name);
    attachment.media_type = media_type_of(upload.bytes, attachment.file_name);
    attachment.bytes = static_cast<std::int64_t>(upload.bytes.size());
    attachment.sha256 = services.blobs.put(upload.bytes);
    const auto now = services.clock.now();
    return services.database.write([&](db::Tx& tx) {
        return add_attachment(tx, attachment, now, upload.actor);
    });
}

http::RouteTable attachment_routes(const Services& services)
{
    http::RouteTable table;
    table.push_back(route<NoBody, AttachmentView>(
        {.name = "upload_attachment",
         .method = "POST",
         .path = "/api/v1/cases/{case_id}/attachments",
         .summary = "Adds a file to a case; the body is the file itself.",
         .permission = "case_write",
         .query = {{"name", "The file's name; otherwise that of Content-Disposition."}},
         .status = 201,
         .has_raw_body = true,
         .max_body = max_blob_bytes},
        [services](const Call& call) { return upload(services, call); }
    ));
    table.push_back(route<NoBody, AttachmentList>(
        {.name = "list_attachments",
         .method = "GET",
         .path = "/api/v1/cases/{case_id}/attachments",
         .summary = "The files of a case, oldest first.",
         .permission = "case_read"},
        [services](const Call& call) { return list(services, call); }
    ));
    table.push_back(route<NoBody, http::Response>(
        {.name = "download_attachment",
         .method = "GET",
         .path = "/api/v1/attachments/{attachment_id}",
         .summary =
             "The bytes of a file; PNG, JPEG, GIF and WebP may be shown, everything else is a download.",
         .permission = "case_read",
         .answer_type = "application/octet-stream"},
        [services](const Call& call) { return download(services, call); }
    ));
    return table;
}

}  // namespace redress::messages
