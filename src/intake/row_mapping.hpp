#pragma once

#include "base/csv.hpp"
#include "intake/mapping.hpp"
#include "intake/model.hpp"

#include <string>
#include <vector>

namespace redress::intake {

/// Where a row comes from, beside the row itself.
struct RowOrigin {
    std::string_view file_hash;
    Instant now;
};

/// A mapping bound to the heading of one file: turns rows into Inbounds.
class RowMapping {
public:
    /// Refused: "import_heading_missing" and "import_heading_twice" for every heading concerned.
    [[nodiscard]] static Result<RowMapping> bind(
        const Mapping& mapping,
        std::vector<std::string> header,
        const cases::Lifecycle& lifecycle
    );

    /// Everything that is wrong with the row at once: what the reader found, "import_ragged",
    /// "import_value", "import_time", "import_time_in_future", "import_time_too_old". Apostrophes
    /// that guard formulas are taken off.
    [[nodiscard]] Result<Inbound> to_inbound(const CsvRow& row, const RowOrigin& origin) const;

    [[nodiscard]] const std::vector<std::string>& header() const { return header_; }

private:
    using Columns = std::vector<std::size_t>;

    struct Bound {
        const cases::Field* field{};
        Columns columns;
        const Mapping::Values* values{};
    };

    RowMapping(const Mapping& mapping, std::vector<std::string> header);

    [[nodiscard]] std::string cell(const CsvRow& row, const Columns& columns) const;
    [[nodiscard]] std::string heading(const Columns& columns) const;
    void read_field(
        const CsvRow& row,
        const Bound& bound,
        Inbound& to,
        std::vector<Refusal>& refusals
    ) const;
    void read_time(const CsvRow& row, Instant now, Inbound& to, std::vector<Refusal>& refusals)
        const;

    const Mapping* mapping_;
    std::vector<std::string> header_;
    std::vector<Bound> fields_;
    std::vector<std::pair<std::string, Columns>> contacts_;
    Columns external_id_;
    Columns received_at_;
};

/// The two columns before the original ones in a file of rejects; a file that begins with them is
/// read without them.
inline constexpr std::string_view reject_line_heading = "redress_line";
inline constexpr std::string_view reject_reason_heading = "redress_reason";

}  // namespace redress::intake
