#include "db/engine.hpp"

#include "db/fault.hpp"
#include "db/postgres_engine.hpp"
#include "db/sqlite_engine.hpp"

#include <string_view>

namespace redress::db {

std::unique_ptr<Engine> make_engine(const Options& options)
{
    constexpr std::string_view sqlite = "sqlite:";
    const std::string_view url = options.url;
    if (url.starts_with(sqlite))
        return std::make_unique<SqliteEngine>(
            std::filesystem::path{url.substr(sqlite.size())},
            options
        );
    if (url.starts_with("postgresql://") || url.starts_with("postgres://") ||
        url.find('=') != std::string_view::npos)
        return std::make_unique<PostgresEngine>(options);
    throw Fault{
        FaultKind::other,
        "the database address must be sqlite:PATH, postgresql://… or key=value pairs as libpq takes them"};
}

}  // namespace redress::db
