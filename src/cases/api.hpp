#pragma once

#include "cases/lifecycle.hpp"
#include "cases/receipt.hpp"
#include "http/route.hpp"

#include <functional>

namespace redress::cases {

/// A complaint as a client files it: fields of policies/fields.toml, and what decides on its way
/// in.
struct FileCase {
    json::object inputs;
    std::optional<std::string>
        external_id;           ///< the client's own number for it; the same again is the same case
    std::optional<bool> wait;  ///< true: received only, somebody registers it later
    std::optional<bool> keep;  ///< true: it stays with me, who received it; false: routed
    std::optional<TeamId> team;
};

/// A command to one case: the verb is the last part of the path.
struct GiveCommand {
    std::optional<json::object> inputs;
    std::optional<Instant> at;  ///< when it happened, if earlier than now
};

/// What the routes need; the application knows who asks.
struct Services {
    std::function<Result<Receipt>(const http::Call&, const FileCase&)> file;
    std::function<
        Result<Receipt>(const http::Call&, CaseId, std::string_view verb, const GiveCommand&)>
        submit;
};

/// POST /api/v1/cases and one route for every command a person may give. The lifecycle outlives
/// them.
[[nodiscard]] http::RouteTable routes(Services services, const Lifecycle& lifecycle);

BOOST_DESCRIBE_STRUCT(FileCase, (), (inputs, external_id, wait, keep, team))
BOOST_DESCRIBE_STRUCT(GiveCommand, (), (inputs, at))

}  // namespace redress::cases
