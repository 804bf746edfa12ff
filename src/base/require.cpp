#include "base/require.hpp"

#include <cstdio>
#include <cstdlib>

namespace redress {

void bug(const char* expression, std::source_location where)
{
    std::fprintf(
        stderr,
        "bug: %s does not hold at %s:%u in %s\n",
        expression,
        where.file_name(),
        where.line(),
        where.function_name()
    );
    std::abort();
}

}  // namespace redress
