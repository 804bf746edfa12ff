#include "http/router.hpp"

#include "http/conditional.hpp"
#include "http/query.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace redress::http {

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> any;                              ///< "{name}"
    std::map<std::string, const Route*, std::less<>> here;  ///< by method
    std::map<std::string, const Route*, std::less<>> rest;  ///< by method, "{name*}"
};

/// Where a path leads: the route, or the methods it would take.
struct Router::Match {
    const Route* route{};
    std::vector<std::string_view> values;  ///< of the {names}, still encoded
    std::vector<std::string> allowed;
};

namespace {

bool is_name(std::string_view segment)
{
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

bool is_rest(std::string_view segment)
{
    return is_name(segment) && segment.ends_with("*}");
}

/// Names of a pattern in their order, without braces and star.
std::vector<std::string_view> names_in(std::string_view pattern)
{
    std::vector<std::string_view> names;
    for (const auto segment : split(pattern, '/'))
        if (is_name(segment))
            names.push_back(segment.substr(1, segment.size() - (is_rest(segment) ? 3 : 2)));
    return names;
}

[[noreturn]] void reject(const Route& route, const std::string& why)
{
    throw std::logic_error{"route " + route.method + ' ' + route.path + ": " + why};
}

std::string join(const std::vector<std::string>& words)
{
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

/// The walk of one request through the tree.
template <class Node, class Match>
class Walk {
public:
    Walk(std::string_view method, std::string_view path, Match& match)
        : method_{method}, path_{path}, match_{match}
    {}

    /// `at` is the place of the '/' before the next segment, or the end. Literal segments win over
    /// names.
    bool go(const Node& node, std::size_t at)
    {
        if (at == path_.size())
            return take(node.here);
        const auto end = std::min(path_.find('/', at + 1), path_.size());
        const auto segment = path_.substr(at + 1, end - at - 1);
        if (const auto literal = node.literals.find(segment);
            literal != node.literals.end() && go(*literal->second, end))
            return true;
        if (node.any && !segment.empty() && with(segment, [&] { return go(*node.any, end); }))
            return true;
        return !node.rest.empty() && with(path_.substr(at + 1), [&] { return take(node.rest); });
    }

private:
    template <class Next>
    bool with(std::string_view value, Next next)
    {
        match_.values.push_back(value);
        if (next())
            return true;
        match_.values.pop_back();
        return false;
    }

    bool take(const auto& routes)
    {
        if (const auto found = routes.find(method_); found != routes.end()) {
            match_.route = found->second;
            return true;
        }
        for (const auto& [method, route] : routes)
            match_.allowed.push_back(method);
        return false;
    }

    std::string_view method_;
    std::string_view path_;
    Match& match_;
};

}  // namespace

Router::Router(RouteTable table, Middleware middleware)
    : table_{std::move(table)}, middleware_{std::move(middleware)}, root_{std::make_unique<Node>()}
{
    for (const auto& route : table_)
        add(route);
}

Router::~Router() = default;

void Router::add(const Route& route)
{
    if (!route.path.starts_with('/') || !route.handler)
        reject(route, "a path begins with '/' and has a handler");
    const auto segments = split(std::string_view{route.path}.substr(1), '/');
    auto* node = root_.get();
    auto* routes = &node->here;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const auto segment = segments[i];
        if (is_rest(segment)) {
            if (i + 1 < segments.size())
                reject(route, "only the last segment can take the rest");
            routes = &node->rest;
            continue;
        }
        if (!is_name(segment) && segment.find_first_of("{}*") != std::string_view::npos)
            reject(route, "a {name} is a whole segment");
        auto& next = is_name(segment) ? node->any : node->literals[std::string{segment}];
        if (!next)
            next = std::make_unique<Node>();
        node = next.get();
        routes = &node->here;
    }
    if (!routes->emplace(route.method, &route).second)
        reject(route, "there are two rows of this method and path");
}

Router::Match Router::match(const Request& request) const
{
    Match match;
    const std::string_view method =
        request.method == "HEAD" ? "GET" : std::string_view{request.method};
    Walk<Node, Match> walk{method, request.path, match};
    walk.go(*root_, 0);
    if (std::ranges::find(match.allowed, "GET") != match.allowed.end())
        match.allowed.emplace_back("HEAD");
    return match;
}

std::size_t Router::body_limit(const Request& head, std::size_t otherwise) const
{
    const auto found = match(head);
    return found.route != nullptr && found.route->max_body > 0 ? found.route->max_body : otherwise;
}

bool Router::keeps_beginning(const Request& head) const
{
    const auto found = match(head);
    return found.route != nullptr && found.route->keeps_beginning;
}

Response Router::operator()(const Request& request) const
{
    const Reader reader{preferred_language(request.header("accept-language")), request.trace_id};
    const auto found = match(request);
    const std::string_view pattern =
        found.route == nullptr ? std::string_view{"-"} : std::string_view{found.route->path};
    Response response;
    try {
        response = answer(request, found);
    } catch (const std::exception& exception) {
        if (middleware_.on_exception)
            middleware_.on_exception(request, pattern, exception);
        const bool is_fault = middleware_.is_fault && middleware_.is_fault(exception);
        response = is_fault ? fault_answer(reader) : internal_answer(reader);
    }
    response.route = pattern;
    return response;
}

Response Router::answer(const Request& request, const Match& match) const
{
    const Reader reader{preferred_language(request.header("accept-language")), request.trace_id};
    if (match.route == nullptr && !match.allowed.empty()) {
        const auto allowed = join(match.allowed);
        auto response = problem(
            405,
            {"method_not_allowed", {}, {{"method", request.method}, {"allowed", allowed}}},
            reader
        );
        response.set("Allow", allowed);
        return response;
    }
    if (match.route == nullptr) {
        auto page = middleware_.otherwise ? middleware_.otherwise(request) : std::nullopt;
        return page ? std::move(*page) : problem(404, {"no_such_page", {}, {}}, reader);
    }
    Call call{
        .request = request,
        .route = *match.route,
        .lang = reader.lang,
        .status = match.route->status};
    const auto names = names_in(match.route->path);
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto value = decode_percent(match.values[i]);
        if (!value)
            return problem(400, {"percent_wrong", {}, {}}, reader);
        call.path.emplace_back(names[i], std::move(*value));
    }
    auto response = run(call);
    for (auto& [name, value] : call.headers)
        response.set(name, std::move(value));
    return response;
}

/// Everything that comes before the handler and may say no.
Result<void> Router::admit(Call& call) const
{
    for (const auto* step : {&middleware_.authenticate, &middleware_.limit, &middleware_.authorise})
        if (*step)
            if (auto admitted = (*step)(call); !admitted)
                return admitted;
    if (call.route.takes_any_query)
        return {};
    auto query = read_query(call.request.query, call.route.query);
    if (!query)
        return std::unexpected{std::move(query.error())};
    call.query = std::move(*query);
    return {};
}

Response Router::run(Call& call) const
{
    if (const auto admitted = admit(call); !admitted)
        return problem(admitted.error(), call.reader());
    if (call.route.needs_if_match) {
        const auto header = call.request.header("if-match");
        if (header.empty())
            return problem(428, {"if_match_missing", "If-Match", {}}, call.reader());
        const auto version = parse_if_match(header);
        if (!version)
            return problem(version.error(), call.reader());
        call.version = *version;
    }
    if (!call.route.needs_key)
        return call.route.handler(call);
    const auto header = call.request.header("idempotency-key");
    if (header.empty())
        return problem(400, {"idempotency_key_missing", "Idempotency-Key", {}}, call.reader());
    auto key = parse_idempotency_key(header);
    if (!key)
        return problem(key.error(), call.reader());
    call.idempotency_key = std::move(*key);
    return middleware_.once ? middleware_.once(call, call.route.handler) : call.route.handler(call);
}

}  // namespace redress::http
