#pragma once

#include "app/program.hpp"

#include <string>

namespace redress::app {

struct StoreOrder {
    std::string file;
    std::string mapping;
    std::string encoding;
    std::string rejects;  ///< "" is FILE.rejects.csv
    bool rebuild{};
};

/// `redress import complaints`: goes on where an earlier run of the same file ended.
int import_complaints(const Settings& settings, const StoreOrder& order, Lang lang);
/// `redress verify [--rebuild]`: names the first event at which the chain does not hold.
int verify_store(const Settings& settings, bool rebuild, Lang lang);
int back_up_store(const Settings& settings, const std::string& folder, Lang lang);
int restore_store(const Settings& settings, const std::string& folder, Lang lang);
int export_store(const Settings& settings, const std::string& folder, Lang lang);
int examine_store(const Settings& settings, Lang lang);

}  // namespace redress::app
