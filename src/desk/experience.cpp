#include "desk/experience.hpp"

#include "base/text.hpp"
#include "cases/model.hpp"
#include "desk/case_page.hpp"
#include "desk/desk_sql.hpp"
#include "desk/similar.hpp"

#include <functional>
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
struct CorrectionRow {
    std::int64_t seq{};
    CaseId entity;
    std::string payload;
};
BOOST_DESCRIBE_STRUCT(CorrectionRow, (), (seq, entity, payload))

constexpr db::Query<CorrectionRow, std::int64_t, std::int64_t> list_corrections_before{
    "desk.list_corrections_before",
    sql::list_corrections_before};
constexpr db::Query<std::int64_t> find_newest{"desk.find_newest", sql::find_newest};
constexpr Micros stays_fresh = std::chrono::hours{6};
constexpr std::int64_t page = 100;
constexpr std::size_t least_texts_of_label = 5;
constexpr std::size_t least_texts = 20;
constexpr std::size_t most_characters_learnt = 1'000;

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

/// Calls `take` with the newest cases, the newest first, until it has had enough.
void each_case(db::Database& database, const std::function<bool(const cases::Case&)>& take)
{
    auto before = std::numeric_limits<std::int64_t>::max();
    while (true) {
        const auto rows =
            database.read([&](db::Tx& tx) { return tx.all(list_docs_before, before, page); });
        for (const auto& row : rows)
            if (!take(cases::from_json(row.doc)))
                return;
        if (std::ssize(rows) < page)
            return;
        before = rows.back().id.value;
    }
}

void add_categorised(const cases::Case& value, Texts& texts)
{
    const auto description = string_at(value.personal, "description");
    const auto category = string_at(value.facts, "category");
    if (!cases::is_open(value.state) && value.kind == "complaint" && !category.empty() &&
        !description.empty())
        texts.push_back(
            {std::string{category},
             std::string{first_code_points(description, most_characters_learnt)}}
        );
}

/// The words that a correction is about, if they are still there.
std::optional<Corrected> corrected_by(db::Tx& tx, const CorrectionRow& row)
{
    const auto payload = parse_json(row.payload).as_object();
    const auto version = int_at(payload, "corrects");
    if (version == 0)
        return std::nullopt;
    const auto said = list_story(tx, row.entity, version + 1, 1);
    if (said.empty() || said.front().version != version || !said.front().personal)
        return std::nullopt;
    const auto of = string_at(parse_json(said.front().payload).at("read").as_object(), "of");
    const auto personal = parse_json(*said.front().personal).as_object();
    const auto given = payload.at("with").as_object();
    Corrected corrected{std::string{string_at(given, "feeling")}, int_at(given, "anger"), {}};
    for (const auto* part : {"set", "with"})
        if (const auto* half = personal.if_contains(part); half != nullptr && half->is_object())
            if (const auto text = string_at(half->get_object(), of); !text.empty())
                corrected.text = text;
    return corrected.text.empty() ? std::nullopt : std::optional{std::move(corrected)};
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
    each_case(database_, [&](const cases::Case& value) {
        experience->rarity.learn(telling_tokens_of(value));
        experience->newest_case = std::max(experience->newest_case, value.id.value);
        if (texts.size() < most_texts_learnt)
            add_categorised(value, texts);
        return experience->rarity.texts() < most_cases_learnt;
    });
    texts = common_enough(std::move(texts));
    experience->categorised = std::ssize(texts);
    if (texts.size() >= least_texts)
        if (auto trained = language::train_classifier(texts))
            experience->categories = *std::move(trained);
    return experience;
}

std::vector<language::LabelledText> list_categorised(db::Database& database, std::size_t limit)
{
    Texts texts;
    each_case(database, [&](const cases::Case& value) {
        add_categorised(value, texts);
        return texts.size() < limit;
    });
    return texts;
}

std::vector<Corrected> list_corrected(db::Database& database, std::size_t limit)
{
    std::vector<Corrected> found;
    auto before = std::numeric_limits<std::int64_t>::max();
    while (found.size() < limit) {
        const auto last = database.read([&](db::Tx& tx) {
            const auto rows = tx.all(list_corrections_before, before, page);
            for (const auto& row : rows)
                if (auto corrected = corrected_by(tx, row); corrected && found.size() < limit)
                    found.push_back(*std::move(corrected));
            return std::ssize(rows) < page ? std::nullopt : std::optional{rows.back().seq};
        });
        if (!last)
            break;
        before = *last;
    }
    return found;
}

}  // namespace redress::desk
