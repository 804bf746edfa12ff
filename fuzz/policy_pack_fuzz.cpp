// links: redress_policy
// Whatever stands in a pack, loading answers: with the pack, or with mistakes that name the file.
#include "base/require.hpp"
#include "policy/library.hpp"

#include <cstdint>

using namespace redress::policy;

namespace {

/// The lifecycle and the calendars, which a pack refers to; the other packs would only be read
/// again and again.
std::vector<SourceFile> files_beside()
{
    auto files = built_in_files();
    std::erase_if(files, [](const SourceFile& file) {
        return file.path != "lifecycle.toml" && !file.path.starts_with("calendars/");
    });
    return files;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    static const auto beside = files_beside();
    auto files = beside;
    files.push_back({"packs/tried.toml", {reinterpret_cast<const char*>(bytes), size}});
    const auto loaded = Library::load(files, Organisation{});
    REQUIRE_THAT(loaded.library != nullptr);
    for (const auto& mistake : loaded.mistakes)
        REQUIRE_THAT(!mistake.file.empty() && !mistake.code.empty());
    return 0;
}
