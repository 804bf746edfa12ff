#pragma once

#include "app/program.hpp"

#include <iosfwd>
#include <string>

namespace redress::app {

struct AdministratorOrder {
    std::string login;
    std::string name;
    std::string password;  ///< "" : a line of standard input
};
/// `redress admin create`.
int create_administrator(const Settings& settings, AdministratorOrder order, Lang lang);

struct KeyOrder {
    std::string name;
    std::string by;     ///< login of the person who answers for it
    std::string roles;  ///< "intake,manager"
};
/// `redress key create`: prints the key once.
int create_api_key(const Settings& settings, const KeyOrder& order, Lang lang);

/// `redress schema openapi`.
int print_openapi(std::ostream& out);

}  // namespace redress::app
