#include "db/pool.hpp"

#include "db/fault.hpp"

#include <utility>

namespace redress::db {

Pool::Pool(Engine& engine, int size, std::chrono::milliseconds patience)
    : engine_{engine}, patience_{patience}, free_{size}
{}

Pool::Lease::Lease(Pool& pool, std::unique_ptr<Connection> connection)
    : pool_{pool}, connection_{std::move(connection)}
{}

Pool::Lease::~Lease()
{
    pool_.put_back(std::move(connection_));
}

Pool::Lease Pool::take()
{
    std::unique_ptr<Connection> connection;
    {
        std::unique_lock lock{mutex_};
        if (!came_free_.wait_for(lock, patience_, [this] { return free_ > 0; }))
            throw Fault{FaultKind::busy, "no connection for reading came free in time"};
        --free_;
        if (!idle_.empty()) {
            connection = std::move(idle_.back());
            idle_.pop_back();
        }
    }
    if (connection)
        return {*this, std::move(connection)};
    try {
        return {*this, engine_.connect(Role::read)};
    } catch (...) {
        put_back(nullptr);
        throw;
    }
}

void Pool::put_back(std::unique_ptr<Connection> connection)
{
    {
        const std::lock_guard lock{mutex_};
        ++free_;
        if (connection && connection->is_usable())
            idle_.push_back(std::move(connection));
    }
    came_free_.notify_one();
}

void Pool::close_idle()
{
    std::vector<std::unique_ptr<Connection>> closing;
    const std::lock_guard lock{mutex_};
    closing.swap(idle_);
}

}  // namespace redress::db
