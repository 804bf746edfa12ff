#pragma once

#include "http/problem.hpp"
#include "http/wire.hpp"

#include <any>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace redress::http {

struct Route;

/// One request on its way through a route.
struct Call {
    const Request& request;
    const Route& route;
    Lang lang{Lang::en};
    std::any actor{};  ///< set by Middleware::authenticate
    std::vector<std::pair<std::string_view, std::string>> path{};   ///< decoded {names} of the path
    std::vector<std::pair<std::string_view, std::string>> query{};  ///< decoded, declared ones only
    std::optional<std::int64_t> version{};  ///< of If-Match, there when Route::needs_if_match
    std::string idempotency_key{};          ///< there when Route::needs_key
    int status{};                           ///< of the answer; the route's unless changed
    Headers headers{};                      ///< added to the answer

    [[nodiscard]] Reader reader() const { return {lang, request.trace_id}; }
    /// A {name} of the path; asking for one that the pattern does not have is a bug.
    [[nodiscard]] const std::string& param(std::string_view name) const;
    /// A path parameter as an id; refused as not found when it is no positive number.
    template <class SomeId>
    [[nodiscard]] Result<SomeId> id(std::string_view name) const
    {
        const auto number = param_number(name);
        if (!number)
            return deny(Denial::not_found, "not_found");
        return SomeId{*number};
    }
    /// A query parameter, absent when the request has none of that name.
    [[nodiscard]] std::optional<std::string_view> asked(std::string_view name) const;
    /// The same as a number or time; the router has checked the form.
    [[nodiscard]] std::optional<std::int64_t> asked_number(std::string_view name) const;
    [[nodiscard]] std::optional<Instant> asked_instant(std::string_view name) const;
    [[nodiscard]] bool asked_flag(std::string_view name) const;
    /// A query parameter as a described enum.
    template <class E>
    [[nodiscard]] Result<std::optional<E>> asked_choice(std::string_view name) const
    {
        const auto text = asked(name);
        if (!text)
            return std::optional<E>{};
        const auto found = named<E>(*text);
        if (!found)
            return deny(
                Denial::invalid,
                "choice_unknown",
                std::string{name},
                {{"value", std::string{*text}}}
            );
        return found;
    }
    template <class Actor>
    [[nodiscard]] const Actor& as() const
    {
        return std::any_cast<const Actor&>(actor);
    }

private:
    [[nodiscard]] std::optional<std::int64_t> param_number(std::string_view name) const;
};

enum class QueryType { text, number, flag, instant };
BOOST_DESCRIBE_ENUM(QueryType, text, number, flag, instant)

struct QueryParam {
    std::string name{};
    std::string about{};  ///< one sentence for the reader of the API
    QueryType type{QueryType::text};
    bool is_required{};
};

using CallHandler = std::function<Response(Call&)>;
using SchemaFn = std::function<json::object(Schemas&)>;

/// A row of the route table: everything about one method on one path.
struct Route {
    std::string name{};    ///< operation id, "file_case"; unique
    std::string method{};  ///< "GET", "POST", …; HEAD follows from GET
    std::string path{};  ///< "/api/v1/cases/{case_id}"; a last "{name*}" takes the rest of the path
    std::string summary{};     ///< one sentence in English
    std::string permission{};  ///< the application's word; "" = no right needed
    std::string rate_class{};  ///< the application's word; "" = its default
    std::vector<QueryParam> query{};
    int status{200};         ///< of success
    bool needs_key{};        ///< Idempotency-Key required
    bool needs_if_match{};   ///< If-Match required
    bool has_raw_body{};     ///< the handler reads call.request.body itself, any content type
    std::size_t max_body{};  ///< bytes; 0 = the server's default
    bool keeps_beginning{};  ///< a longer body is not refused: see Request::is_cut
    bool takes_any_query{};  ///< links of others may have grown parameters; Call::query stays empty
    std::string answer_type{"application/json"};
    SchemaFn
        request{};  ///< filled by route<>(); a row whose body says more than its type replaces it
    SchemaFn response{};    ///< filled by route<>()
    CallHandler handler{};  ///< filled by route<>()
};

using RouteTable = std::vector<Route>;

/// For route<>(): a request without body; an answer without body (204); an answer the handler
/// builds itself.
struct NoBody {};
struct NoContent {};

namespace detail {

/// nullopt when the body may be read as JSON, otherwise the 415 answer.
std::optional<Response> refuse_content_type(const Call& call);
Response success(Call& call, std::string body);
Response no_content(Call& call);

template <class Res, class Answer>
Response to_response(Call& call, Answer answer)
{
    if (!answer)
        return problem(answer.error(), call.reader());
    if constexpr (std::is_same_v<Res, Response>)
        return std::move(*answer);
    else if constexpr (std::is_same_v<Res, NoContent>)
        return no_content(call);
    else
        return success(call, write_json(*answer));
}

}  // namespace detail

/// A typed row: `route<FileCase, Receipt>({.name = "file_case", …}, [&](Call&, const FileCase&) ->
/// Result<Receipt> {…})`. With Req = NoBody the function takes only the call. With Res = Response
/// it answers itself, with Res = NoContent it returns Result<void> or Result<NoContent>.
template <class Req, class Res, class Function>
[[nodiscard]] Route route(Route row, Function function)
{
    if constexpr (!std::is_same_v<Req, NoBody>)
        row.request = &schema_of<Req>;
    if constexpr (std::is_same_v<Res, NoContent>)
        row.status = 204;
    else if constexpr (!std::is_same_v<Res, Response>)
        row.response = &schema_of<Res>;
    row.handler = [function = std::move(function)](Call& call) -> Response {
        if constexpr (std::is_same_v<Req, NoBody>)
            return detail::to_response<Res>(call, function(call));
        else {
            if (auto refused = detail::refuse_content_type(call))
                return std::move(*refused);
            const auto body = read_json<Req>(call.request.body);
            if (!body)
                return problem(body.error(), call.reader());
            return detail::to_response<Res>(call, function(call, *body));
        }
    };
    return row;
}

}  // namespace redress::http
