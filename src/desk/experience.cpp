#include "desk/experience.hpp"

#include "base/require.hpp"
#include "cases/model.hpp"
#include "desk/desk_sql.hpp"
#include "desk/similar.hpp"
#include "language/classifier_training.hpp"

#include <limits>
#include <map>

namespace redress::desk {
namespace {

struct DocRow {
    CaseId id;
    std::string doc;
};
BOOST_DESCRIBE_STRUCT(DocRow, (), (id, doc))

constexpr db::Query<DocRow, std::int64_t, std::int64_t> list_docs_before{
    "desk.list_docs_before",
    sql::list_docs_before};
constexpr db::Query<std::int64_t> find_newest{"desk.find_newest", sql::find_newest};
constexpr Micros stays_fresh = std::chrono::hours{6};
constexpr std::int64_t page = 100;
constexpr std::size_t least_texts_of_label = 5;
constexpr std::size_t least_texts = 20;
constexpr std::size_t most_bytes_learnt = 3'000;

using Texts = std::vector<language::LabelledText>;

/// A category that hardly occurs teaches nothing but noise.
Texts common_enough(Texts texts)
{
    std::map<std::string, std::size_t> counts;
    for (const auto& text : texts)
        ++counts[text.label];
    std::erase_if(texts, [&](const auto& text) {
        return counts.at(text.label) < least_texts_of_label;
    });
    return texts;
}

void take(const cases::Case& value, Experience& experience, Texts& texts)
{
    const auto description = string_at(value.personal, "description");
    experience.rarity.learn(telling_tokens_of(value));
    const auto category = string_at(value.facts, "category");
    const bool teaches = !cases::is_open(value.state) && value.kind == "complaint" &&
                         !category.empty() && !description.empty();
    if (teaches && texts.size() < most_texts_learnt)
        texts.push_back(
            {std::string{category}, std::string{description.substr(0, most_bytes_learnt)}}
        );
}

}  // namespace

std::shared_ptr<const Experience> Learner::current() const
{
    const std::lock_guard lock{mutex_};
    return current_;
}

void Learner::keep_up(Instant now)
{
    const auto known = current();
    const auto newest = database_.read([](db::Tx& tx) { return tx.one(find_newest); }).value_or(0);
    const auto grown = newest - known->newest_case;
    const bool is_old = now - known->learnt_at > stays_fresh;
    if (grown <= 0 || (grown <= known->rarity.texts() / 20 && !is_old))
        return;
    auto fresh = learn(now);
    const std::lock_guard lock{mutex_};
    current_ = std::move(fresh);
}

std::shared_ptr<const Experience> Learner::learn(Instant now)
{
    auto experience = std::make_shared<Experience>();
    experience->learnt_at = now;
    Texts texts;
    auto before = std::numeric_limits<std::int64_t>::max();
    while (experience->rarity.texts() < most_cases_learnt) {
        const auto rows =
            database_.read([&](db::Tx& tx) { return tx.all(list_docs_before, before, page); });
        for (const auto& row : rows)
            take(cases::from_json(row.doc), *experience, texts);
        if (!rows.empty()) {
            experience->newest_case = std::max(experience->newest_case, rows.front().id.value);
            before = rows.back().id.value;
        }
        if (std::ssize(rows) < page)
            break;
    }
    texts = common_enough(std::move(texts));
    experience->categorised = std::ssize(texts);
    if (texts.size() >= least_texts)
        if (auto trained = language::train_classifier(texts))
            experience->categories = *std::move(trained);
    return experience;
}

}  // namespace redress::desk
