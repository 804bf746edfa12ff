#pragma once

#include "language/promise.hpp"
#include "policy/calendar.hpp"

#include <memory>
#include <string>
#include <vector>

namespace redress::language {

/// A labelled text of tests/coach/promises.*.txt.
struct PromiseCase {
    struct Marked {
        Span span;
        Instant due;
    };
    std::string text;
    std::vector<Marked> promises;
    Instant now;
    std::shared_ptr<const policy::Calendar> calendar;
};

/// Throws std::runtime_error naming the line that is not written as the first line says.
[[nodiscard]] std::vector<PromiseCase> read_promise_cases(const std::string& file);

struct PromiseFigures {
    std::size_t right{};
    std::size_t false_alarms{};
    std::size_t missed{};
    std::size_t due_exact{};
    std::string mistakes;  ///< a line each, for people

    [[nodiscard]] double f1() const;
    [[nodiscard]] double due_share() const;
};

/// Found and marked promises belong together when they share more than half of the shorter one.
[[nodiscard]] PromiseFigures measure_promises(const std::vector<PromiseCase>& cases);

}  // namespace redress::language
