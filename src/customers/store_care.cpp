#include "customers/store_care.hpp"

#include "cases/model.hpp"
#include "customers/customers_sql.hpp"

#include <algorithm>

namespace redress::customers {
namespace {

constexpr db::Query<std::string, CustomerId, std::int64_t, StaffId> case_docs{
    "customers.list_case_docs",
    sql::list_case_docs};

void add(CarePromises& promises, cases::PromiseState state)
{
    using enum cases::PromiseState;
    switch (state) {
        case open:
        case renegotiated:
            ++promises.open;
            break;
        case kept:
            ++promises.kept;
            break;
        case made_good:
            ++promises.made_good;
            break;
        case broken:
            ++promises.broken;
            break;
        case waived:
            ++promises.waived;
            break;
    }
}

void add(CustomerCare& care, const cases::Case& one)
{
    care.feelings.push_back(
        {one.id,
         one.ref_no,
         one.received_at,
         std::max(one.anger_at_most, one.anger),
         one.anger,
         one.satisfaction}
    );
    for (const auto& promise : one.promises)
        add(care.promises, promise.state);
    for (const auto& contact : one.contacts)
        if (!contact.moment.empty())
            care.moments.push_back({one.id, contact.at, contact.moment});
}

}  // namespace

CustomerCare care_for(db::Tx& tx, CustomerId survivor, StaffId reader)
{
    CustomerCare care;
    for (const auto& doc : tx.all(case_docs, survivor, max_cared_for, reader))
        add(care, cases::from_json(doc));
    std::ranges::sort(care.feelings, {}, &CareFeeling::received_at);
    std::ranges::sort(care.moments, {}, &CareMoment::at);
    return care;
}

}  // namespace redress::customers
