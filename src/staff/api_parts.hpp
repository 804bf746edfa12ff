#pragma once

#include "http/conditional.hpp"
#include "http/cursor.hpp"
#include "http/route.hpp"
#include "staff/model.hpp"
#include "staff/services.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

/// What the files of this API share.
namespace redress::staff {

[[nodiscard]] http::RouteTable account_routes(Services& services);
[[nodiscard]] http::RouteTable staff_routes(Services& services);
[[nodiscard]] http::RouteTable team_routes(Services& services);
[[nodiscard]] http::RouteTable leave_routes(Services& services);
[[nodiscard]] http::RouteTable key_routes(Services& services);

/// The place in a list that ascends by id.
struct StaffPlace {
    std::int64_t after{};
};
BOOST_DESCRIBE_STRUCT(StaffPlace, (), (after))

inline const std::vector<http::QueryParam>& page_query()
{
    static const std::vector<http::QueryParam> params{
        {.name = "cursor", .about = "next_cursor of the page before."},
        {.name = "limit", .about = "Items per page, 1 to 200.", .type = http::QueryType::number}};
    return params;
}

[[nodiscard]] inline std::int64_t asked_limit(const http::Call& call)
{
    constexpr std::int64_t usual = 50;
    constexpr std::int64_t most = 200;
    return std::clamp(call.asked_number("limit").value_or(usual), std::int64_t{1}, most);
}

template <class IdType>
[[nodiscard]] Result<IdType> asked_after(const http::Call& call)
{
    const auto cursor = call.asked("cursor");
    if (!cursor)
        return IdType{};
    const auto place = http::read_cursor<StaffPlace>(*cursor);
    if (!place)
        return std::unexpected{place.error()};
    return IdType{place->after};
}

/// A page of rows as items, with a cursor when it is full.
template <class Page, class Row, class ToItem>
[[nodiscard]] Page page_of(const std::vector<Row>& rows, std::int64_t limit, ToItem to_item)
{
    Page page;
    page.items.reserve(rows.size());
    for (const auto& row : rows)
        page.items.push_back(to_item(row));
    if (!rows.empty() && static_cast<std::int64_t>(rows.size()) == limit)
        page.next_cursor = http::write_cursor(StaffPlace{rows.back().id.value});
    return page;
}

[[nodiscard]] inline const Caller& caller_of(const http::Call& call)
{
    return call.as<Caller>();
}

/// Says which version the answer shows.
inline void tag(http::Call& call, std::int64_t version)
{
    call.headers.emplace_back("ETag", http::etag_of(version));
}

/// An id as an optional member: 0 is absent.
template <class IdType>
[[nodiscard]] std::optional<IdType> present(IdType id)
{
    return id ? std::optional{id} : std::nullopt;
}

}  // namespace redress::staff
