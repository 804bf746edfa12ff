#include "operations/manifest.hpp"

#include "base/digest.hpp"
#include "base/document.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "operations/files.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace redress::operations {
namespace fs = std::filesystem;
namespace {

constexpr const char* manifest_file = "manifest.json";
constexpr const char* seal_file = "manifest.sha256";

bool leads_out(const std::string& path)
{
    const fs::path relative{path};
    return relative.is_absolute() || path.empty() ||
           std::ranges::any_of(relative, [](const fs::path& part) { return part == ".."; });
}

}  // namespace

void write_manifest(const fs::path& folder, const Manifest& manifest)
{
    const std::string text = write_doc(manifest) + "\n";
    write_durably(folder / manifest_file, text);
    write_durably(folder / seal_file, sha256_hex(text) + "\n");
}

Result<Manifest> read_manifest(const fs::path& folder)
{
    const std::vector<std::pair<std::string, std::string>> where{{"folder", folder.string()}};
    if (!fs::is_regular_file(folder / manifest_file) || !fs::is_regular_file(folder / seal_file))
        return deny(Denial::not_found, "backup_not_one", "folder", where);
    const std::string text = read_whole(folder / manifest_file);
    const std::string seal = read_whole(folder / seal_file);
    if (sha256_hex(text) + "\n" != seal)
        return deny(Denial::conflict, "backup_manifest_changed", "folder", where);
    auto manifest = read_doc<Manifest>(text);
    if (manifest.format != manifest_format)
        return deny(Denial::conflict, "backup_newer_format", "folder", where);
    return manifest;
}

BackupFile look_at(const fs::path& folder, const std::string& path)
{
    std::ifstream in{folder / path, std::ios::binary};
    if (!in.is_open())
        throw std::runtime_error{"cannot read " + (folder / path).string()};
    const auto bytes = static_cast<std::int64_t>(fs::file_size(folder / path));
    return {path, bytes, sha256_of(in)};
}

Result<void> check_files(const fs::path& folder, const Manifest& manifest)
{
    Denied denied{Denial::conflict, {}};
    for (const auto& file : manifest.files) {
        const char* code = nullptr;
        if (leads_out(file.path))
            code = "backup_manifest_changed";
        else if (!fs::is_regular_file(folder / file.path))
            code = "backup_file_missing";
        else if (look_at(folder, file.path) != file)
            code = "backup_file_changed";
        if (code != nullptr)
            denied.refusals.push_back(
                {code, "folder", {{"file", file.path}, {"folder", folder.string()}}}
            );
    }
    if (!denied.refusals.empty())
        return std::unexpected{std::move(denied)};
    return {};
}

}  // namespace redress::operations
