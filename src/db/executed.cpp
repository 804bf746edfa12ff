#include "db/executed.hpp"

#include <mutex>

namespace redress::db {

namespace {

struct Registry {
    std::mutex mutex;
    std::set<std::string, std::less<>> names;
};

Registry& registry()
{
    static Registry instance;
    return instance;
}

}  // namespace

std::set<std::string, std::less<>> executed_statements()
{
    Registry& all = registry();
    const std::lock_guard lock{all.mutex};
    return all.names;
}

void note_executed(std::string_view name)
{
    Registry& all = registry();
    const std::lock_guard lock{all.mutex};
    all.names.emplace(name);
}

}  // namespace redress::db
