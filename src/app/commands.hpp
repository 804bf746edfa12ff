#pragma once

namespace redress::app {

/// `redress …`: 0 done, 1 no (a refusal, a mistake found), 2 wrong usage, 3 the world is broken
/// (database, disk, port).
[[nodiscard]] int run(int argc, char** argv);

}  // namespace redress::app
