#pragma once

#include "app/program.hpp"
#include "db/test_database.hpp"

#include <filesystem>
#include <functional>
#include <memory>

namespace redress::app {

/// A program on a fresh store with a handler, a lead and a compliance officer, on a clock that
/// stands still.
class TestProgram {
public:
    explicit TestProgram(db::Dialect dialect);
    ~TestProgram();
    TestProgram(const TestProgram&) = delete;
    TestProgram& operator=(const TestProgram&) = delete;

    Program& operator*() { return *program_; }
    Program* operator->() { return program_.get(); }
    VirtualClock& clock() { return clock_; }
    [[nodiscard]] const Settings& settings() const { return settings_; }
    /// Ends the program and starts another on the same store.
    void restart();

    [[nodiscard]] cases::Actor handler() const { return actor_of("zhang.min"); }
    [[nodiscard]] cases::Actor lead() const { return actor_of("zhou.ping"); }
    [[nodiscard]] cases::Actor compliance() const { return actor_of("gu.zheng"); }
    /// Files a complaint by phone that stays with the handler.
    Receipt file(std::string_view description = "冰箱不制冷", const AnswerKey& key = {});

private:
    [[nodiscard]] cases::Actor actor_of(std::string_view login) const;

    db::TestDatabase store_;
    VirtualClock clock_;
    Settings settings_;
    std::unique_ptr<Program> program_;
};

/// The chain verifies and every case is what its events say.
void check_whole(Program& program);

/// Runs once on each kind of database.
void for_each_program(const std::function<void(TestProgram&)>& test);

}  // namespace redress::app
