#include "causes/store.hpp"

#include "base/described.hpp"
#include "causes/causes_sql.hpp"
#include "causes/rules.hpp"

#include <algorithm>

namespace redress::causes {
namespace {

using std::int64_t;
using std::string_view;

constexpr db::
    Command<CauseId, int64_t, string_view, string_view, string_view, string_view, string_view, bool>
        insert_row{"causes.insert_cause", sql::insert_cause};
constexpr db::Command<CauseId, int64_t, string_view, string_view, string_view, string_view, bool>
    update_row{"causes.update_cause", sql::update_cause};
constexpr db::Query<Cause, int64_t> select_all{"causes.list_causes", sql::list_causes};

void record(db::Tx& tx, ledger::Ledger& ledger, const Cause& cause, const CauseAuthor& author)
{
    auto payload = to_doc(cause).as_object();
    payload.erase("id");
    payload.erase("version");
    payload["is_active"] = cause.is_active;
    ledger.append(
        tx,
        {.stream = "cause",
         .entity = cause.id.value,
         .version = cause.version,
         .kind = cause.version == 1 ? "cause_created" : "cause_changed",
         .at = author.now,
         .recorded_at = author.now,
         .actor = author.name,
         .payload = to_canonical_json(payload),
         .personal = {}}
    );
}

void insert(db::Tx& tx, ledger::Ledger& ledger, Cause& cause, const CauseAuthor& author)
{
    cause.id = CauseId{ledger.next_id()};
    cause.version = 1;
    tx.run(
        insert_row,
        cause.id,
        cause.version,
        cause.code,
        cause.parent,
        cause.name_en,
        cause.name_zh,
        cause.regulator_code,
        cause.is_active
    );
    record(tx, ledger, cause, author);
}

}  // namespace

std::vector<Cause> list_causes(db::Tx& tx)
{
    return tx.all(select_all, static_cast<int64_t>(max_causes));
}

Result<Cause>
create_cause(db::Tx& tx, ledger::Ledger& ledger, Cause wish, const CauseAuthor& author)
{
    const auto others = list_causes(tx);
    if (others.size() >= max_causes)
        return deny(Denial::conflict, "causes_too_many", "", {{"max", std::to_string(max_causes)}});
    wish.id = {};
    wish.is_active = true;
    auto cause = checked(std::move(wish), others);
    if (cause)
        insert(tx, ledger, *cause, author);
    return cause;
}

Result<Cause> change_cause(
    db::Tx& tx,
    ledger::Ledger& ledger,
    const CauseTarget& target,
    const CausePatch& patch,
    const CauseAuthor& author
)
{
    const auto all = list_causes(tx);
    const auto found = std::ranges::find(all, target.id, &Cause::id);
    if (found == all.end())
        return deny(Denial::not_found, "cause_not_found");
    if (found->version != target.seen_version)
        return deny(Denial::stale, "cause_stale");
    Cause wish = *found;
    wish.parent = patch.parent.value_or(wish.parent);
    wish.name_en = patch.name_en.value_or(wish.name_en);
    wish.name_zh = patch.name_zh.value_or(wish.name_zh);
    wish.regulator_code = patch.regulator_code.value_or(wish.regulator_code);
    wish.is_active = patch.is_active.value_or(wish.is_active);
    auto cause = checked(std::move(wish), all);
    if (!cause || *cause == *found)
        return cause;
    ++cause->version;
    tx.run(
        update_row,
        cause->id,
        cause->version,
        cause->parent,
        cause->name_en,
        cause->name_zh,
        cause->regulator_code,
        cause->is_active
    );
    record(tx, ledger, *cause, author);
    return cause;
}

void seed_causes(db::Tx& tx, ledger::Ledger& ledger, Instant now)
{
    if (!list_causes(tx).empty())
        return;
    for (auto cause : default_causes())
        insert(tx, ledger, cause, {"system", now});
}

}  // namespace redress::causes
