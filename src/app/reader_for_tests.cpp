#include "app/reader_for_tests.hpp"

#include "base/hash.hpp"
#include "staff/rules_permissions.hpp"

#include <doctest/doctest.h>

namespace redress::app {
namespace {

http::Middleware middleware(Program& program, const cases::Actor& who)
{
    staff::Caller caller;
    caller.actor = who;
    auto person = *program.staff.directory.roster()->find(who.staff);
    person.must_change_password = false;
    caller.permissions = staff::permissions_of(person);
    http::Middleware chain;
    chain.authenticate = [caller](http::Call& call) -> Result<void> {
        call.actor = caller;
        return {};
    };
    return chain;
}

}  // namespace

RouteReader::RouteReader(Program& program, const cases::Actor& who, std::string language)
    : router_{program.routes(), middleware(program, who)}, language_{std::move(language)}
{}

json::object RouteReader::get(std::string path, std::string query) const
{
    return ask({.method = "GET", .path = std::move(path), .query = std::move(query)});
}

json::object RouteReader::post(std::string path, const json::object& body) const
{
    http::Request request{.method = "POST", .path = std::move(path)};
    request.headers.emplace_back("content-type", "application/json");
    request.headers.emplace_back("idempotency-key", random_hex(8));
    request.body = json::serialize(body);
    return ask(std::move(request));
}

json::object RouteReader::ask(http::Request request) const
{
    if (!language_.empty())
        request.headers.emplace_back("accept-language", language_);
    const auto answer = router_(std::move(request));
    REQUIRE_MESSAGE(answer.status / 100 == 2, answer.body);
    return parse_json(answer.body).as_object();
}

}  // namespace redress::app
