#include "http/openapi.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace redress::http {
namespace {

constexpr std::size_t indent_width = 2;

void append_pretty(std::string& out, const json::value& value, std::size_t depth);

/// `each` appends one entry.
void append_block(
    std::string& out,
    std::string_view brackets,
    const auto& entries,
    std::size_t depth,
    auto each
)
{
    out += brackets[0];
    for (bool is_first = true; const auto& entry : entries) {
        out += is_first ? "\n" : ",\n";
        is_first = false;
        out.append((depth + 1) * indent_width, ' ');
        each(entry);
    }
    if (!entries.empty()) {
        out += '\n';
        out.append(depth * indent_width, ' ');
    }
    out += brackets[1];
}

void append_pretty(std::string& out, const json::value& value, std::size_t depth)
{
    if (const auto* object = value.if_object())
        append_block(out, "{}", *object, depth, [&](const auto& member) {
            append_json(out, std::string_view{member.key()});
            out += ": ";
            append_pretty(out, member.value(), depth + 1);
        });
    else if (const auto* array = value.if_array())
        append_block(out, "[]", *array, depth, [&](const auto& item) {
            append_pretty(out, item, depth + 1);
        });
    else
        out += json::serialize(value);
}

json::object header_param(std::string_view name, std::string_view about)
{
    return {
        {"name", name},
        {"in", "header"},
        {"required", true},
        {"description", about},
        {"schema", {{"type", "string"}}}};
}

json::object schema_of_query(QueryType type)
{
    switch (type) {
        case QueryType::number:
            return {{"type", "integer"}, {"format", "int64"}};
        case QueryType::flag:
            return {{"type", "boolean"}};
        case QueryType::instant:
            return {{"type", "string"}, {"format", "date-time"}};
        case QueryType::text:
            break;
    }
    return {{"type", "string"}};
}

/// "{name}" and "{name*}" of a pattern; names that end in _id are numbers.
json::array path_params(std::string_view pattern)
{
    json::array params;
    for (const auto segment : split(pattern, '/')) {
        if (!segment.starts_with('{'))
            continue;
        const auto name = segment.substr(1, segment.find_first_of("*}") - 1);
        params.push_back(
            {{"name", name},
             {"in", "path"},
             {"required", true},
             {"schema",
              schema_of_query(name.ends_with("_id") ? QueryType::number : QueryType::text)}}
        );
    }
    return params;
}

json::array params_of(const Route& route)
{
    auto params = path_params(route.path);
    for (const auto& param : route.query) {
        json::object row{{"name", param.name}, {"in", "query"}, {"required", param.is_required}};
        if (!param.about.empty())
            row.emplace("description", param.about);
        row.emplace("schema", schema_of_query(param.type));
        params.emplace_back(std::move(row));
    }
    if (route.needs_key)
        params.emplace_back(header_param(
            "Idempotency-Key",
            "1 to 128 visible ASCII characters; the same key is carried out once."
        ));
    if (route.needs_if_match)
        params.emplace_back(
            header_param("If-Match", "The version that was looked at, as ETag gave it.")
        );
    return params;
}

/// {type: {"schema": schema}}
json::object content(std::string_view type, json::object schema)
{
    json::object body;
    body.emplace(type, json::object{{"schema", std::move(schema)}});
    return body;
}

json::object success_of(const Route& route, Schemas& schemas)
{
    json::object response{{"description", route.status == 204 ? "Done." : "The answer."}};
    if (route.response != nullptr)
        response.emplace("content", content("application/json", route.response(schemas)));
    else if (route.status != 204)
        response.emplace("content", content(route.answer_type, {}));
    return response;
}

json::object operation_of(const Route& route, Schemas& schemas)
{
    json::object operation{{"operationId", route.name}, {"summary", route.summary}};
    if (!route.permission.empty())
        operation.emplace("x-permission", route.permission);
    if (auto params = params_of(route); !params.empty())
        operation.emplace("parameters", std::move(params));
    if (route.request != nullptr || route.has_raw_body) {
        auto body =
            route.request != nullptr
                ? content("application/json", route.request(schemas))
                : content("application/octet-stream", {{"type", "string"}, {"format", "binary"}});
        operation.emplace(
            "requestBody",
            json::object{{"required", true}, {"content", std::move(body)}}
        );
    }
    json::object problem{{"description", "What is wrong, in the reader's language."}};
    problem.emplace("content", content("application/problem+json", schema_of<Problem>(schemas)));
    operation.emplace(
        "responses",
        json::object{
            {std::to_string(route.status), success_of(route, schemas)},
            {"default", std::move(problem)}}
    );
    return operation;
}

std::string without_star(std::string path)
{
    std::erase(path, '*');
    return path;
}

}  // namespace

std::string pretty_json(const json::value& value)
{
    std::string out;
    append_pretty(out, value, 0);
    out += '\n';
    return out;
}

std::string openapi(const RouteTable& table, const ApiTitle& head)
{
    Schemas schemas;
    json::object paths;
    for (const auto& route : table) {
        auto& item = paths[without_star(route.path)];
        if (!item.is_object())
            item.emplace_object();
        item.get_object().emplace(to_lower_ascii(route.method), operation_of(route, schemas));
    }
    json::object components;
    for (const auto& [name, schema] : schemas.components())
        components.emplace(name, schema);
    return pretty_json(
        {{"openapi", "3.1.0"},
         {"info",
          {{"title", head.title}, {"version", head.version}, {"description", head.description}}},
         {"paths", std::move(paths)},
         {"components", {{"schemas", std::move(components)}}}}
    );
}

}  // namespace redress::http
