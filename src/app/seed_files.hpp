#pragma once

#include "base/instant.hpp"
#include "base/json.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The files of demo/ as values.
namespace redress::app {

struct DemoStep {
    std::int64_t after_minutes{};
    std::string verb;
    std::string by;
    json::object inputs;
};

struct DemoCase {
    std::string key;
    double days_ago{};
    std::string owner;
    std::vector<DemoStep> steps;
};

struct DemoPerson {
    std::string login;
    std::string name;
    std::string team;
    std::vector<std::string> roles;
    std::int64_t limit_minor{};
    std::vector<std::string> languages;
    std::string email;
    std::string password;
};

struct DemoTeam {
    std::string id;
    std::string name_en;
    std::string name_zh;
    std::string lead;
};

struct DemoHouse {
    json::object organisation;
    std::string currency;
    std::vector<DemoTeam> teams;
    std::vector<DemoPerson> people;
};

/// A file of demo/ that is built in.
[[nodiscard]] std::string_view demo_file(std::string_view path);
[[nodiscard]] std::vector<DemoCase> read_demo_cases();
[[nodiscard]] DemoHouse read_demo_house();

/// The first complaints of the CFPB sample as if they had come in during the last hours before
/// `now`, one every few minutes, so that their clocks are running; and the mapping that reads them.
struct DemoSample {
    std::string csv;
    std::string mapping;
};
[[nodiscard]] DemoSample recent_sample(Instant now);

}  // namespace redress::app
