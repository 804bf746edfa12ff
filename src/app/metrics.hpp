#pragma once

#include "http/access_log.hpp"

#include <memory>
#include <string>

namespace redress::db {
class Database;
}  // namespace redress::db

namespace redress::app {

/// Prometheus figures of this process. Any thread.
class Metrics {
public:
    Metrics();
    ~Metrics();

    /// One answered request, by route, method and status.
    void count(const http::AccessLine& line);
    /// The text exposition format, with what the database has to tell.
    [[nodiscard]] std::string text(const db::Database& database, std::size_t streams) const;

private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace redress::app
