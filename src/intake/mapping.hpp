#pragma once

#include "base/json.hpp"
#include "base/text.hpp"
#include "cases/lifecycle.hpp"
#include "policy/zone.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace redress::intake {

/// Which column is what (docs/import.md). A plain value, immutable once loaded.
struct Mapping {
    using Headings = std::vector<std::string>;
    using Values = std::map<std::string, std::string, std::less<>>;

    std::string system;
    char delimiter = ',';
    std::string encoding = "auto";
    std::vector<std::pair<std::string, Headings>> columns;      ///< field to headings
    Headings external_id;                                       ///< empty: known by file and line
    Headings received_at;                                       ///< empty: a constant
    std::vector<std::pair<std::string, std::string>> contacts;  ///< kind to heading
    json::object constants;
    std::vector<std::string> formats;
    std::shared_ptr<const policy::Zone> zone;  ///< of times without one; set when there are formats
    std::map<std::string, Values, std::less<>> values;
    std::string hash;  ///< of the text it was read from
};

/// What is wrong with a mapping. `code` is the catalogue key "mapping.<code>".
struct MappingMistake {
    int line{};  ///< 0: of the file as a whole
    std::string code;
    std::vector<std::pair<std::string, std::string>> params;
    friend bool operator==(const MappingMistake&, const MappingMistake&) = default;
};

/// "crm.toml:12: reason", the reason in the language.
[[nodiscard]] std::string to_text(const MappingMistake& mistake, std::string_view file, Lang lang);

struct LoadedMapping {
    std::optional<Mapping> mapping;        ///< there when there is no mistake
    std::vector<MappingMistake> mistakes;  ///< in line order
};

/// Never throws on what is written in the text.
[[nodiscard]] LoadedMapping load_mapping(std::string_view toml, const cases::Lifecycle& lifecycle);

/// A field of policies/fields.toml that the command `receive` takes; nullptr for any other.
[[nodiscard]] const cases::Field*
find_importable(const cases::Lifecycle& lifecycle, std::string_view field);

}  // namespace redress::intake
