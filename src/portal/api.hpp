#pragma once

#include "base/clock.hpp"
#include "cases/receipt.hpp"
#include "cases/rules.hpp"
#include "db/database.hpp"
#include "http/route.hpp"
#include "messages/store_attachments.hpp"
#include "messages/store_blobs.hpp"
#include "staff/directory.hpp"

#include <functional>
#include <string>
#include <vector>

/// The front door for people who complain: pages without an account, written by the server, whole
/// without JavaScript.
namespace redress::portal {

/// Of routes whose answer never depends on who is signed in.
inline constexpr std::string_view rate_class = "public";

/// One sending of one form: what it may be carried out once for.
struct Once {
    std::string key;   ///< tells nothing of the form's seal
    std::string hash;  ///< of what was written: something else under the same key is refused
};

/// A complaint that is to go through the door.
struct Filing {
    std::string text;
    json::object inputs;
    std::vector<messages::NewAttachment> files;  ///< their bytes are stored; without case
    std::string link_hash;                       ///< stored with the case
    Once once;
};

/// What a complainant does about their case, as one change.
struct Doing {
    CaseId id;
    std::vector<cases::Command> commands;
    std::vector<messages::NewAttachment> files;  ///< named by the first command
    Once once;
};

/// References outlive the routes.
struct Services {
    db::Database& database;
    const Clock& clock;
    const policy::Library& policies;
    staff::Directory& directory;
    messages::BlobStore& blobs;
    std::string public_url;  ///< "https://complain.example.org", "" goes by each request
    std::function<cases::Context(Instant)> context;
    std::function<Result<cases::Receipt>(const Filing&)> file;
    std::function<Result<cases::Receipt>(const Doing&)> carry_out;
    std::function<http::Response(const messages::Attachment&, std::string bytes)> file_response;
    /// Whether the case exists for the caller.
    std::function<bool(CaseId, const http::Call&)> may_see_case;
    /// Records for the house that a link was made, and stores it, in one change.
    std::function<Result<void>(CaseId, const http::Call&, const std::string& link_hash)> hand_out;
};

/// `/`, `/lost`, `/c/{token}…` and `/portal/…` for everybody, `/api/v1/portal/…` for the house.
/// Asks the database for the portal's secret.
[[nodiscard]] http::RouteTable routes(const Services& services);

}  // namespace redress::portal
