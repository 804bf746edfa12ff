#include "causes/rules.hpp"

#include "base/embedded.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <stdexcept>

namespace redress::embedded {
std::span<const File> default_causes();
}  // namespace redress::embedded

namespace redress::causes {
namespace {

bool is_code(std::string_view text)
{
    return !text.empty() && text.size() <= max_code && text.front() >= 'a' && text.front() <= 'z' &&
           std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
           });
}

bool is_name(std::string_view text)
{
    return !text.empty() && count_code_points(text) <= max_cause_name;
}

const Cause* find(std::span<const Cause> causes, std::string_view code)
{
    const auto found = std::ranges::find(causes, code, &Cause::code);
    return found == causes.end() ? nullptr : &*found;
}

/// Steps from the cause up to the top; more than there are causes in a circle.
std::size_t depth_of(const Cause& cause, std::span<const Cause> others)
{
    std::size_t depth = 1;
    const Cause* at = &cause;
    while (!at->parent.empty() && depth <= others.size() + 1) {
        at = at->parent == cause.code ? &cause : find(others, at->parent);
        if (at == nullptr)
            break;
        ++depth;
    }
    return depth;
}

/// How many levels hang below a code, itself not counted.
std::size_t height_of(std::string_view code, std::span<const Cause> causes, std::size_t room)
{
    std::size_t height = 0;
    for (const auto& cause : causes)
        if (room > 0 && cause.parent == code)
            height = std::max(height, 1 + height_of(cause.code, causes, room - 1));
    return height;
}

void check_place(const Cause& cause, std::span<const Cause> others, Denied& denied)
{
    if (!cause.parent.empty() && cause.parent != cause.code && !find(others, cause.parent)) {
        denied.refusals.push_back({"cause_parent_unknown", "parent", {{"code", cause.parent}}});
        return;
    }
    const auto depth = depth_of(cause, others);
    if (depth > others.size() + 1)
        denied.refusals.push_back({"cause_circle", "parent", {}});
    else if (depth + height_of(cause.code, others, max_depth + 1) > max_depth)
        denied.refusals.push_back({"cause_too_deep", "parent", {{"max", std::to_string(max_depth)}}}
        );
}

std::string text_at(const toml::table& table, std::string_view key)
{
    return table[key].value_or(std::string{});
}

}  // namespace

Result<Cause> checked(Cause cause, std::span<const Cause> all)
{
    std::vector<Cause> others;
    std::ranges::copy_if(all, std::back_inserter(others), [&](const Cause& one) {
        return !cause.id || one.id != cause.id;
    });
    Denied denied{Denial::invalid, {}};
    cause.name_en = trim(cause.name_en);
    cause.name_zh = trim(cause.name_zh);
    cause.regulator_code = trim(cause.regulator_code);
    if (!is_code(cause.code))
        denied.refusals.push_back({"cause_code", "code", {{"max", std::to_string(max_code)}}});
    if (find(others, cause.code) != nullptr)
        denied.refusals.push_back({"cause_taken", "code", {{"code", cause.code}}});
    if (!is_name(cause.name_en))
        denied.refusals.push_back({"cause_name", "name_en", {}});
    if (!is_name(cause.name_zh))
        denied.refusals.push_back({"cause_name", "name_zh", {}});
    if (count_code_points(cause.regulator_code) > max_code)
        denied.refusals.push_back(
            {"cause_regulator_code", "regulator_code", {{"max", std::to_string(max_code)}}}
        );
    check_place(cause, others, denied);
    if (!denied.refusals.empty())
        return std::unexpected{std::move(denied)};
    return cause;
}

std::vector<Cause> read_causes(std::string_view text)
{
    const auto document = toml::parse(text);
    std::vector<Cause> causes;
    const auto* tables = document["cause"].as_array();
    if (tables == nullptr)
        return causes;
    for (const auto& node : *tables) {
        const auto* table = node.as_table();
        const auto cause = table == nullptr ? Cause{}
                                            : Cause{
                                                  {},
                                                  1,
                                                  text_at(*table, "code"),
                                                  text_at(*table, "parent"),
                                                  text_at(*table, "en"),
                                                  text_at(*table, "zh"),
                                                  text_at(*table, "regulator"),
                                                  true};
        auto good = checked(cause, causes);
        if (!good)
            throw std::runtime_error{
                "causes, line " + std::to_string(node.source().begin.line) + ": " +
                good.error().refusals.front().code};
        causes.push_back(*std::move(good));
    }
    return causes;
}

const std::vector<Cause>& default_causes()
{
    static const auto causes = [] {
        std::vector<Cause> all;
        for (const auto& file : embedded::default_causes())
            for (auto& cause : read_causes(file.bytes))
                all.push_back(std::move(cause));
        return all;
    }();
    return causes;
}

}  // namespace redress::causes
