#pragma once

#include "db/database.hpp"
#include "http/hub.hpp"
#include "ledger/ledger.hpp"

namespace redress::app {

/// Tells the streams what was committed, by whichever node, in the order of the chain. Used by one
/// task at a time.
class Feed {
public:
    /// Starts after what is there already.
    Feed(db::Database& database, http::Hub& hub);

    /// Publishes the next page of events; true when there may be more.
    bool publish_next();

    [[nodiscard]] std::int64_t last_published() const { return last_; }

private:
    db::Database& database_;
    http::Hub& hub_;
    std::int64_t last_{};
};

}  // namespace redress::app
