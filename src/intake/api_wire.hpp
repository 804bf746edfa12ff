#pragma once

#include "http/wire.hpp"
#include "intake/import_job.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

/// What the routes of imports take and give.
namespace redress::intake {

struct ImportForm {
    static constexpr auto wire_limits = std::to_array<http::Limit>(
        {{"file_name", 1, 200}, {"mapping", 1, 100'000}, {"csv", 1, std::int64_t{8} << 20U}}
    );
    std::string file_name;
    std::string mapping;  ///< TOML, see docs/import.md
    std::string csv;
};

struct PreviewForm {
    static constexpr auto wire_limits =
        std::to_array<http::Limit>({{"mapping", 0, 100'000}, {"csv", 1, 1'000'000}});
    std::optional<std::string> mapping;  ///< without one only the columns are told
    std::string csv;                     ///< the beginning of the file is enough
};

struct PreviewRowView {
    std::int64_t line{};
    std::optional<std::string> external_id;
    std::optional<Instant> received_at;
    json::object fields;
    std::vector<std::string> refusals;  ///< in the reader's language; then it would be rejected
};

struct PreviewView {
    std::vector<std::string> columns;
    std::vector<std::string> unused;
    std::vector<std::string> mistakes;
    std::vector<PreviewRowView> rows;
};

struct ImportView {
    ImportJobId id;
    ImportState state{};
    std::string file_name;
    StaffId started_by;
    std::int64_t row_count{};
    std::int64_t imported{};
    std::int64_t duplicates{};
    std::int64_t rejected{};
    std::int64_t bytes_done{};
    std::int64_t bytes_total{};
    Instant created_at;
    Instant updated_at;
    std::optional<std::string> trouble;  ///< why it failed, in the reader's language
};

struct ImportList {
    std::vector<ImportView> items;
    std::optional<std::string> next_cursor;
};

/// A list of imports goes from the newest to the oldest.
struct ImportPlace {
    std::int64_t before{};
};

BOOST_DESCRIBE_STRUCT(PreviewForm, (), (mapping, csv))
BOOST_DESCRIBE_STRUCT(PreviewRowView, (), (line, external_id, received_at, fields, refusals))
BOOST_DESCRIBE_STRUCT(PreviewView, (), (columns, unused, mistakes, rows))
BOOST_DESCRIBE_STRUCT(ImportForm, (), (file_name, mapping, csv))
BOOST_DESCRIBE_STRUCT(
    ImportView,
    (),
    (id,
     state,
     file_name,
     started_by,
     row_count,
     imported,
     duplicates,
     rejected,
     bytes_done,
     bytes_total,
     created_at,
     updated_at,
     trouble)
)
BOOST_DESCRIBE_STRUCT(ImportList, (), (items, next_cursor))
BOOST_DESCRIBE_STRUCT(ImportPlace, (), (before))

}  // namespace redress::intake
