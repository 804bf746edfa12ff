// links: redress_policy
// Whatever stands in a pack, loading answers: with the pack, or with mistakes that name the file.
#include "base/require.hpp"
#include "policy/library.hpp"

#include <cstdint>

using namespace redress::policy;

namespace {

/// The built-in files and the one that is tried.
std::vector<SourceFile> files_with(std::string bytes)
{
    auto files = built_in_files();
    files.push_back({"packs/tried.toml", std::move(bytes)});
    return files;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const auto files = files_with({reinterpret_cast<const char*>(bytes), size});
    const auto loaded = Library::load(files, Organisation{});
    REQUIRE_THAT(loaded.library != nullptr);
    for (const auto& mistake : loaded.mistakes)
        REQUIRE_THAT(!mistake.file.empty() && !mistake.code.empty());
    return 0;
}
