#include "policy/overlay.hpp"

#include "policy/toml_tree.hpp"

namespace redress::policy {
namespace {

/// Where a file belongs in the policies folder, by the schema it names.
std::string place_of(const std::string& bytes)
{
    const auto root = parse_toml(bytes);
    const TomlNode* schema = root ? root->find("schema") : nullptr;
    const std::string_view word = schema == nullptr ? std::string_view{} : schema->text;
    if (word.starts_with("redress.holidays/"))
        return "calendars/";
    if (word.starts_with("redress.bindings/"))
        return "bindings.toml";
    if (word.starts_with("redress.lifecycle/"))
        return "lifecycle.toml";
    if (word.starts_with("redress.fields/"))
        return "fields.toml";
    return "packs/";
}

/// The id and version of a pack, so that a file under test takes the place of the built-in one it
/// replaces.
std::pair<std::string, std::string> identity_of(const std::string& bytes)
{
    const auto text_at = [](const TomlNode& table, std::string_view key) {
        const TomlNode* value = table.find(key);
        return value == nullptr ? std::string{} : value->text;
    };
    const auto root = parse_toml(bytes);
    if (!root)
        return {};
    const TomlNode* pack = root->find("pack");
    return pack == nullptr ? std::pair{text_at(*root, "id"), std::string{}}
                           : std::pair{text_at(*pack, "id"), text_at(*pack, "version")};
}

}  // namespace

std::string lay_over(std::vector<SourceFile>& files, const SourceFile& file)
{
    const auto& [name, bytes] = file;
    const std::string place = place_of(bytes);
    if (!place.ends_with('/')) {
        std::erase_if(files, [&](const SourceFile& one) { return one.path == place; });
        files.push_back({place, bytes});
        return place;
    }
    const auto identity = identity_of(bytes);
    std::erase_if(files, [&](const SourceFile& one) {
        return one.path.starts_with(place) && !identity.first.empty() &&
               identity_of(one.bytes) == identity;
    });
    files.push_back({place + name, bytes});
    return files.back().path;
}

}  // namespace redress::policy
