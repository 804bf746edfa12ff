#pragma once

#include "app/program.hpp"
#include "http/router.hpp"

#include <string>

namespace redress::app {

/// The routes of the whole house, asked as one person. Fails the test unless it is done.
class RouteReader {
public:
    /// `language` is what the person asks for, "" for what the house has.
    RouteReader(Program& program, const cases::Actor& who, std::string language = {});

    [[nodiscard]] json::object get(std::string path, std::string query = {}) const;
    [[nodiscard]] json::object post(std::string path, const json::object& body) const;

private:
    [[nodiscard]] json::object ask(http::Request request) const;

    http::Router router_;
    std::string language_;
};

}  // namespace redress::app
