#pragma once

#include "base/clock.hpp"
#include "base/text.hpp"
#include "db/database.hpp"
#include "http/route.hpp"
#include "ledger/ledger.hpp"
#include "messages/model.hpp"
#include "messages/store_blobs.hpp"
#include "staff/model.hpp"

#include <functional>

/// Attachments and templates over HTTP. The actor of a call is a staff::Caller.
namespace redress::messages {

/// References outlive the routes.
struct Services {
    db::Database& database;
    ledger::Ledger& ledger;
    const Clock& clock;
    BlobStore& blobs;
    /// Whether the case exists for the caller.
    std::function<bool(CaseId, const staff::Caller&)> may_see_case;
    /// What templates may name about the case (rules_facts.hpp), in the language.
    std::function<Result<Facts>(CaseId, Lang)> facts;
};

[[nodiscard]] http::RouteTable routes(const Services& services);

/// An attachment as it leaves the house: never run, never guessed at, in a page only when it is a
/// picture.
[[nodiscard]] http::Response file_response(const Attachment& attachment, std::string bytes);

/// Stores the bytes and the row; for every door through which files come. Refuses
/// "attachment_empty", "attachment_too_large" and what add_attachment refuses. Outside a write job.
struct Upload {
    CaseId case_id;
    std::string_view file_name;
    std::string_view bytes;
    std::string actor;
};
[[nodiscard]] Result<Attachment> store_upload(const Services& services, const Upload& upload);

}  // namespace redress::messages
