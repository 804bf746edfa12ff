#pragma once

#include "app/door.hpp"
#include "http/route.hpp"
#include "messages/store_blobs.hpp"

#include <mutex>
#include <string>
#include <vector>

namespace redress::app {

/// Forgetting people (GDPR article 17; PIPL article 47): their words, names and files go, what
/// happened when and by which rule stays, and the chain verifies as before.
class Erasure {
public:
    /// Both outlive it.
    Erasure(db::Database& database, messages::BlobStore& blobs) : database_{database}, blobs_{blobs}
    {}

    /// For Door::Parts::on_change: once a case says that its complainant is forgotten, or is erased
    /// itself, everything personal about it goes in the same transaction.
    void follow(db::Tx& tx, Door& door, const cases::Change& change);
    /// For Door::Parts::on_commit: removes the bytes of forgotten files that no other case has.
    void remove_files();

private:
    db::Database& database_;
    messages::BlobStore& blobs_;
    std::mutex mutex_;
    std::vector<std::string> unnamed_;
};

struct Erased {
    CustomerId customer;
    std::int64_t cases{};  ///< whose personal part went with them
};
BOOST_DESCRIBE_STRUCT(Erased, (), (customer, cases))

/// Forgets a customer under all their records and in all their complaints. Refuses
/// "customer_has_open_cases", and whatever stands against forgetting a single case, such as a legal
/// hold; then nothing is forgotten.
[[nodiscard]] Result<Erased> erase_customer(
    Door& door,
    CustomerId customer,
    const std::string& reason,
    const cases::Actor& actor
);

/// POST /api/v1/customers/{customer_id}/erase
[[nodiscard]] http::RouteTable erasure_routes(Door& door);

}  // namespace redress::app
