#pragma once

#include "base/described.hpp"
#include "base/refusal.hpp"
#include "db/tx.hpp"

#include <optional>
#include <string>

namespace redress::app {

/// The name under which a client may send the same request again without doing it twice.
struct AnswerKey {
    std::string scope;  ///< who asks; keys of others never meet
    std::string key;    ///< Idempotency-Key
    std::string request_hash;

    [[nodiscard]] bool is_given() const { return !key.empty(); }
};

struct Answer {
    std::string request_hash;
    std::int64_t status{};
    std::string body;
};

BOOST_DESCRIBE_STRUCT(Answer, (), (request_hash, status, body))

/// How long an answer is remembered.
inline constexpr Micros answer_lifetime = std::chrono::hours{48};

/// What was answered under this key; refused as "key_reused" when that was another request.
[[nodiscard]] Result<std::optional<Answer>> find_answer(db::Tx& tx, const AnswerKey& key);

/// Remembers the answer within the transaction that it tells of. False when the key was answered
/// meanwhile: undo then.
[[nodiscard]] bool
remember_answer(db::Tx& tx, const AnswerKey& key, const Answer& answer, Instant now);

/// Forgets what is older than answer_lifetime.
void forget_old_answers(db::Tx& tx, Instant now);

}  // namespace redress::app
