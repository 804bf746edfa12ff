#pragma once

#include "db/engine.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace redress::db {

/// Sessions that read, opened when first needed, at most `size`. Any thread.
class Pool {
public:
    Pool(Engine& engine, int size, std::chrono::milliseconds patience);

    /// A session on loan; goes back when destroyed, unless it is broken.
    class Lease {
    public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection);
        ~Lease();
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        [[nodiscard]] Connection& operator*() const { return *connection_; }

    private:
        Pool& pool_;
        std::unique_ptr<Connection> connection_;
    };

    /// Throws Fault{busy} when none came free in time, and what opening one throws.
    [[nodiscard]] Lease take();
    /// Closes what is not on loan: after one session was lost the others are likely to be.
    void close_idle();

private:
    void put_back(std::unique_ptr<Connection> connection);

    Engine& engine_;
    std::chrono::milliseconds patience_;
    std::mutex mutex_;
    std::condition_variable came_free_;
    std::vector<std::unique_ptr<Connection>> idle_;
    int free_;
};

}  // namespace redress::db
