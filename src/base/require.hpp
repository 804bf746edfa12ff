#pragma once

#include <source_location>

namespace redress {

/// Reports a broken assumption of our own with its place and ends the program (tests see the
/// abort).
[[noreturn]] void
bug(const char* expression, std::source_location where = std::source_location::current());

}  // namespace redress

/// Never compiled out: an assumption about our own code, not about input or the world.
#define REQUIRE_THAT(expression) ((expression) ? static_cast<void>(0) : ::redress::bug(#expression))
