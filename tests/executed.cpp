// Part of every test program that may use a database: leaves behind which statements it ran, for
// tests/statements.
//   REDRESS_EXECUTED   the folder to leave it in; nothing is left when unset

#include "db/executed.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace {

class Report {
public:
    // The registry has to be there first, so that it outlives this.
    Report() { static_cast<void>(redress::db::executed_statements()); }
    ~Report()
    {
        const char* const folder = std::getenv("REDRESS_EXECUTED");
        if (folder == nullptr || *folder == '\0')
            return;
        std::filesystem::create_directories(folder);
        std::ofstream out{std::filesystem::path{folder} / program_invocation_short_name};
        for (const auto& name : redress::db::executed_statements())
            out << name << '\n';
    }
    Report(const Report&) = delete;
    Report& operator=(const Report&) = delete;
};

const Report report;

}  // namespace
