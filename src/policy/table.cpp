#include "policy/table.hpp"

#include "policy/words.hpp"

#include <algorithm>

namespace redress::policy {
namespace {

using Kind = TomlNode::Kind;

bool is_id(std::string_view text)
{
    static constexpr std::size_t longest = 80;
    const auto is_allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view{"_-.:@"}.find(c) != std::string_view::npos;
    };
    return !text.empty() && text.size() <= longest && std::ranges::all_of(text, is_allowed);
}

}  // namespace

Table::Table(const TomlNode& node, const Reading& reading, std::string where)
    : node_{&node}, reading_{&reading}, where_{std::move(where)}
{}

const TomlNode* Table::find(std::string_view key)
{
    asked_.emplace_back(key);
    return node_->find(key);
}

void Table::wrong(
    std::string_view key,
    std::string code,
    std::vector<std::pair<std::string, std::string>> params
)
{
    const TomlNode* value = node_->find(key);
    params.emplace_back("key", key);
    params.emplace_back("where", where_);
    reading_
        ->wrong(value != nullptr ? value->line : node_->line, std::move(code), std::move(params));
}

const TomlNode* Table::find_of(std::string_view key, Kind kind, std::string_view kind_name)
{
    const TomlNode* value = find(key);
    if (value == nullptr || value->kind == kind)
        return value;
    wrong(key, "wrong_type", {{"expected", std::string{"policy.type."}.append(kind_name)}});
    return nullptr;
}

std::string Table::text(std::string_view key)
{
    const TomlNode* value = find_of(key, Kind::text, "text");
    return value == nullptr ? std::string{} : value->text;
}

std::string Table::need_text(std::string_view key)
{
    if (node_->find(key) == nullptr)
        wrong(key, "missing_key");
    return text(key);
}

std::string Table::need_id(std::string_view key)
{
    std::string id = need_text(key);
    if (node_->find(key) != nullptr && !is_id(id))
        wrong(key, "bad_id", {{"value", id}});
    return id;
}

Text Table::both(std::string_view key)
{
    auto inner = table(key);
    if (!inner)
        return {};
    Text text{inner->need_text("en"), inner->need_text("zh")};
    inner->finish();
    return text;
}

Text Table::need_both(std::string_view key)
{
    if (node_->find(key) == nullptr)
        wrong(key, "missing_key");
    return both(key);
}

std::vector<std::string> Table::texts(std::string_view key)
{
    std::vector<std::string> all;
    const TomlNode* list = find_of(key, Kind::list, "list");
    if (list == nullptr)
        return all;
    for (const TomlNode& item : list->items) {
        if (item.kind != Kind::text)
            wrong(key, "wrong_type", {{"expected", "policy.type.texts"}});
        else if (std::ranges::find(all, item.text) != all.end())
            wrong(key, "listed_twice", {{"value", item.text}});
        else
            all.push_back(item.text);
    }
    return all;
}

std::vector<Date> Table::dates(std::string_view key)
{
    std::vector<Date> all;
    const TomlNode* list = find_of(key, Kind::list, "list");
    if (list == nullptr)
        return all;
    for (const TomlNode& item : list->items) {
        if (item.kind == Kind::date)
            all.push_back(item.date);
        else
            wrong(key, "wrong_type", {{"expected", "policy.type.date"}});
    }
    return all;
}

std::optional<std::int64_t> Table::integer(std::string_view key)
{
    const TomlNode* value = find_of(key, Kind::integer, "integer");
    return value == nullptr ? std::nullopt : std::optional{value->integer};
}

std::optional<double> Table::number(std::string_view key)
{
    const TomlNode* value = find(key);
    if (value != nullptr && value->kind == Kind::real)
        return value->real;
    if (value != nullptr && value->kind == Kind::integer)
        return static_cast<double>(value->integer);
    if (value != nullptr)
        wrong(key, "wrong_type", {{"expected", "policy.type.number"}});
    return std::nullopt;
}

bool Table::boolean(std::string_view key, bool fallback)
{
    const TomlNode* value = find_of(key, Kind::boolean, "boolean");
    return value == nullptr ? fallback : value->boolean;
}

std::optional<Date> Table::date(std::string_view key)
{
    const TomlNode* value = find_of(key, Kind::date, "date");
    return value == nullptr ? std::nullopt : std::optional{value->date};
}

Amount Table::amount()
{
    static constexpr std::int64_t most = 1'000'000;
    Amount made;
    const auto n = integer("n");
    if (n && (*n < 0 || *n > most))
        wrong("n", "bad_value", {{"value", std::to_string(*n)}, {"allowed", "0 … 1000000"}});
    else if (!n && node_->find("n") == nullptr)
        wrong("n", "missing_key");
    made.n = n.value_or(0);
    const std::string unit = need_text("unit");
    if (const auto read = read_unit(unit))
        made.unit = *read;
    else if (!unit.empty())
        wrong(
            "unit",
            "bad_value",
            {{"value", unit}, {"allowed", "minute, hour, day, business_day, week, month, year"}}
        );
    return made;
}

std::vector<Table> Table::tables(std::string_view key)
{
    std::vector<Table> all;
    const TomlNode* list = find_of(key, Kind::list, "tables");
    if (list == nullptr)
        return all;
    for (const TomlNode& item : list->items) {
        if (item.kind == Kind::table)
            all.emplace_back(item, *reading_, std::string{key});
        else
            wrong(key, "wrong_type", {{"expected", "policy.type.tables"}});
    }
    return all;
}

std::optional<Table> Table::table(std::string_view key)
{
    const TomlNode* value = find_of(key, Kind::table, "table");
    return value == nullptr ? std::nullopt
                            : std::optional{Table{*value, *reading_, std::string{key}}};
}

Origin Table::origin() const
{
    Origin made{reading_->file, node_->line};
    for (const auto& [key, value] : node_->entries)
        made.key_lines.emplace_back(key, value.line);
    return made;
}

void Table::finish()
{
    for (const auto& [key, value] : node_->entries)
        if (std::ranges::find(asked_, key) == asked_.end())
            wrong(key, "unknown_key");
}

}  // namespace redress::policy
