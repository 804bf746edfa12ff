#include "app/seed_files.hpp"

#include "base/csv.hpp"
#include "base/embedded.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace redress::embedded {
std::span<const File> demo();
}  // namespace redress::embedded

namespace redress::app {
namespace {

json::value to_json(const toml::node& node)
{
    if (const auto* table = node.as_table()) {
        json::object object;
        for (const auto& [key, value] : *table)
            object[key.str()] = to_json(value);
        return object;
    }
    if (const auto* array = node.as_array()) {
        json::array list;
        for (const auto& value : *array)
            list.push_back(to_json(value));
        return list;
    }
    if (const auto* text = node.as_string())
        return json::string{text->get()};
    if (const auto* number = node.as_integer())
        return number->get();
    if (const auto* number = node.as_floating_point())
        return number->get();
    return node.value_or(false);
}

std::string text(const toml::table& table, std::string_view key)
{
    return table[key].value_or(std::string{});
}

std::vector<std::string> texts(const toml::table& table, std::string_view key)
{
    std::vector<std::string> all;
    if (const auto* array = table[key].as_array())
        for (const auto& item : *array)
            all.push_back(item.value_or(std::string{}));
    return all;
}

/// The tables of an array of tables.
template <class Visit>
void each_table(const toml::table& root, std::string_view key, Visit visit)
{
    if (const auto* array = root[key].as_array())
        for (const auto& item : *array)
            visit(*item.as_table());
}

}  // namespace

std::string_view demo_file(std::string_view path)
{
    const auto files = embedded::demo();
    const auto found = std::ranges::find(files, path, &embedded::File::path);
    if (found == files.end())
        throw std::logic_error{"the demonstration is not built in"};
    return found->bytes;
}

std::vector<DemoCase> read_demo_cases()
{
    const auto root = toml::parse(demo_file("cases_zh.toml"));
    std::vector<DemoCase> cases;
    each_table(root, "case", [&](const toml::table& row) {
        DemoCase one{text(row, "key"), row["days_ago"].value_or(0.0), text(row, "owner"), {}};
        each_table(row, "step", [&](const toml::table& step) {
            const auto* inputs = step["inputs"].as_table();
            one.steps.push_back(
                {step["after_minutes"].value_or(std::int64_t{0}),
                 text(step, "verb"),
                 text(step, "by"),
                 inputs == nullptr ? json::object{} : to_json(*inputs).as_object()}
            );
        });
        cases.push_back(std::move(one));
    });
    return cases;
}

DemoHouse read_demo_house()
{
    const auto root = toml::parse(demo_file("staff.toml"));
    DemoHouse house{
        to_json(*root["organisation"].as_table()).as_object(),
        root["organisation"]["currency"].value_or(std::string{}),
        {},
        {}};
    each_table(root, "team", [&](const toml::table& row) {
        house.teams.push_back(
            {text(row, "id"),
             row["name"]["en"].value_or(std::string{}),
             row["name"]["zh"].value_or(std::string{}),
             text(row, "lead")}
        );
    });
    each_table(root, "staff", [&](const toml::table& row) {
        house.people.push_back(
            {text(row, "login"),
             row["name"]["zh"].value_or(std::string{}),
             text(row, "team"),
             texts(row, "roles"),
             row["limit_minor"].value_or(std::int64_t{0}),
             texts(row, "languages"),
             text(row, "email"),
             text(row, "password")}
        );
    });
    return house;
}

DemoSample recent_sample(Instant now)
{
    constexpr std::int64_t complaints = 40;
    constexpr Micros apart = std::chrono::minutes{4};
    bool is_read = false;
    CsvReader reader{
        [&]() -> std::string_view {
            return std::exchange(is_read, true) ? std::string_view{} : demo_file("cfpb_sample.csv");
        },
        {}};
    DemoSample sample;
    CsvRow row;
    for (std::int64_t i = 0; i <= complaints && reader.next(row); ++i) {
        if (i > 0)
            row.cells.front() =
                to_rfc3339({(now - (complaints - i) * apart).us / 1'000'000 * 1'000'000});
        append_csv(sample.csv, row.cells);
    }
    sample.mapping = demo_file("cfpb_mapping.toml");
    const auto formats = sample.mapping.find("formats = ");
    const auto end = sample.mapping.find('\n', sample.mapping.find("zone = "));
    sample.mapping
        .replace(formats, end - formats, "formats = [\"%Y-%m-%dT%H:%M:%SZ\"]\nzone = \"UTC\"");
    return sample;
}

}  // namespace redress::app
