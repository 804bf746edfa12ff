#pragma once

#include "base/refusal.hpp"
#include "search/model.hpp"

#include <string_view>

namespace redress::search {

inline constexpr std::size_t most_characters = 200;
inline constexpr std::size_t most_phrases = 12;

/// Reads what a person typed: words, "phrases in quotation marks", -unwanted ones, and filters in
/// English or Chinese: owner:me owner:zhang.min state:open state:deciding due:<2h due:overdue
/// emotion:angry emotion:furious channel:phone kind:complaint (负责人:我 状态:未结 到期:<2小时
/// 情绪:愤怒 渠道:phone 类型:complaint). A word of three letters or more also finds longer words
/// that begin so. Refused: "search_empty", "search_too_long", "search_filter_unknown",
/// "search_value_unknown", "search_only_unwanted".
[[nodiscard]] Result<Question> read_question(std::string_view text);

/// The phrases as SQLite's FTS5 and as PostgreSQL's tsquery take them; "" without wanted ones.
[[nodiscard]] std::string to_fts5(const Question& question);
[[nodiscard]] std::string to_tsquery(const Question& question);

}  // namespace redress::search
