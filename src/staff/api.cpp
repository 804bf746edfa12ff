#include "staff/api.hpp"

#include "staff/api_parts.hpp"

#include <iterator>

namespace redress::staff {

http::RouteTable routes(Services& services)
{
    http::RouteTable all;
    for (auto* part : {account_routes, staff_routes, leave_routes, team_routes, key_routes}) {
        auto rows = part(services);
        all.insert(
            all.end(),
            std::make_move_iterator(rows.begin()),
            std::make_move_iterator(rows.end())
        );
    }
    return all;
}

}  // namespace redress::staff
