#include "app/answers.hpp"

#include "app/app_sql.hpp"

namespace redress::app {
namespace {

constexpr db::Command<
    std::string_view,
    std::string_view,
    std::string_view,
    std::int64_t,
    std::string_view,
    Instant>
    insert_answer{"app.insert_answer", sql::insert_answer};
constexpr db::Query<Answer, std::string_view, std::string_view> find{
    "app.find_answer",
    sql::find_answer};
constexpr db::Command<Instant> delete_answers_before{
    "app.delete_answers_before",
    sql::delete_answers_before};

}  // namespace

Result<std::optional<Answer>> find_answer(db::Tx& tx, const AnswerKey& key)
{
    auto answer = tx.one(find, key.scope, key.key);
    if (answer && answer->request_hash != key.request_hash)
        return deny(Denial::conflict, "key_reused", "Idempotency-Key");
    return answer;
}

bool remember_answer(db::Tx& tx, const AnswerKey& key, const Answer& answer, Instant now)
{
    return tx.run(
               insert_answer,
               key.scope,
               key.key,
               key.request_hash,
               answer.status,
               answer.body,
               now
           ) == 1;
}

void forget_old_answers(db::Tx& tx, Instant now)
{
    tx.run(delete_answers_before, now - answer_lifetime);
}

}  // namespace redress::app
