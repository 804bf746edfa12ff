#pragma once

#include "base/instant.hpp"
#include "base/json.hpp"
#include "base/refusal.hpp"
#include "cases/lifecycle.hpp"

#include <optional>
#include <string>
#include <vector>

namespace redress::intake {

/// A row as the mapping reads it, or why it cannot be read.
struct PreviewRow {
    std::int64_t line{};
    std::string external_id;
    std::optional<Instant> received_at;
    json::object fields;
    std::vector<Refusal> refusals;
};

/// What an import would make of the beginning of a file; nothing is stored.
struct Preview {
    std::vector<std::string> columns;  ///< headings of the file
    std::vector<std::string> unused;   ///< those that the mapping does not name
    std::vector<PreviewRow> rows;
    std::vector<std::string> mistakes;  ///< of the mapping, in words; then there are no rows
};

struct PreviewQuestion {
    std::string mapping;  ///< TOML; "" to see the columns only
    std::string csv;      ///< UTF-8; the beginning of the file is enough
    Instant now;
    Lang lang{};
};

/// Rows read for one preview.
inline constexpr std::size_t preview_rows = 20;

/// Refused: "import_empty". A last row that is cut off is one that cannot be read.
[[nodiscard]] Result<Preview>
preview_of(const PreviewQuestion& question, const cases::Lifecycle& lifecycle);

}  // namespace redress::intake
