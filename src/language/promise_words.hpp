#pragma once

#include "language/promise.hpp"

#include <optional>
#include <string_view>

namespace redress::language {

/// Stands for every byte of a time's words in the clauses judged here.
inline constexpr char time_mark = '\x01';

/// What the words around a time say of it.
enum class Saying {
    promise,
    other,   ///< something else: a condition, a doubt, a denial, what the customer shall do
    nothing  ///< no act at all; it may stand in the next clause
};

struct Judgement {
    Saying saying{};
    Promiser who{};
    double confidence{};
};

struct Judged {
    std::string_view clause;  ///< folded, times marked
    std::string_view before;  ///< of the same sentence
    std::string_view after;   ///< of the same sentence
    bool is_lapse{};          ///< 三天内 rather than 周五前
};

/// Whether a clause with a time promises it. Linear in what it is given.
[[nodiscard]] Judgement judge(const Judged& judged);

/// Whether a clause has an act in it that could be promised together with an earlier one.
[[nodiscard]] bool names_act(std::string_view clause);

}  // namespace redress::language
