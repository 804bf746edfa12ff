#include "desk/similar.hpp"

#include "cases/store.hpp"
#include "desk/desk_sql.hpp"
#include "search/store.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <ranges>

namespace redress::desk {
namespace {

constexpr db::Query<QueueRow, CaseId, StaffId> find_row{"desk.find_row", sql::find_row};
constexpr db::Query<CaseId, CustomerId, CaseId, std::int64_t> list_of_customer{
    "desk.list_of_customer",
    sql::list_of_customer};

constexpr std::size_t most_tokens_compared = 400;
constexpr std::size_t most_tokens_asked = 14;
constexpr std::int64_t most_hits_of_token = 80;
constexpr std::size_t most_cases_compared = 14;
constexpr std::int64_t most_of_customer = 3;
/// A word that more than this share of the texts has tells two matters apart no longer.
constexpr double common_share = 0.05;

/// The rarest words that other texts have too; words that nobody else was seen to use fill the
/// rest, since only a part of the texts was seen.
std::vector<std::string>
worth_asking(std::vector<std::string> tokens, const language::Rarity& rarity)
{
    const auto common = common_share * static_cast<double>(rarity.texts());
    std::erase_if(tokens, [&](const auto& token) {
        const auto with = rarity.texts_with(token);
        return with > 2 && static_cast<double>(with) > common;
    });
    const auto rank = [&](const std::string& token) {
        const auto with = rarity.texts_with(token);
        return with >= 2 ? with : std::numeric_limits<std::int64_t>::max() - with;
    };
    std::ranges::stable_sort(tokens, {}, rank);
    if (tokens.size() > most_tokens_asked)
        tokens.resize(most_tokens_asked);
    return tokens;
}

/// Cases by the weight of the words they share, the heaviest first.
std::vector<CaseId>
candidates(db::Tx& tx, const SimilarOrder& order, const std::vector<std::string>& tokens)
{
    std::map<CaseId, double> weights;
    for (const auto& token : worth_asking(tokens, order.rarity)) {
        search::Question question;
        question.wanted.push_back({{token}, false});
        std::map<CaseId, double> found;
        const auto newest = std::numeric_limits<std::int64_t>::max();
        for (const auto& hit : search::list_hits(tx, question, newest, most_hits_of_token))
            found[hit.entity] = order.rarity.weight(token);
        for (const auto& [id, weight] : found)
            weights[id] += weight;
    }
    weights.erase(order.value.id);
    std::vector<std::pair<double, CaseId>> ranked;
    ranked.reserve(weights.size());
    for (const auto& [id, weight] : weights)
        ranked.emplace_back(weight, id);
    std::ranges::sort(ranked, std::greater{});
    std::vector<CaseId> ids;
    for (const auto& [weight, id] : ranked | std::views::take(most_cases_compared))
        ids.push_back(id);
    return ids;
}

SimilarCase compared(const cases::Case& other, QueueRow row)
{
    SimilarCase similar;
    similar.row = std::move(row);
    similar.outcome = string_at(other.facts, "outcome");
    similar.is_settled = !cases::is_open(other.state);
    for (const auto& remedy : other.remedies) {
        const bool counts = remedy.state == cases::RemedyState::approved ||
                            remedy.state == cases::RemedyState::settled;
        if (!counts || (!similar.currency.empty() && similar.currency != remedy.currency))
            continue;
        similar.redress_minor += remedy.amount_minor;
        similar.currency = remedy.currency;
    }
    return similar;
}

}  // namespace

std::vector<std::string> telling_tokens_of(const cases::Case& value)
{
    std::string text;
    for (const auto* name : {"subject", "description"}) {
        text += string_at(value.personal, name);
        text += '\n';
    }
    text += string_at(value.facts, "product");
    return language::telling_tokens(text, most_tokens_compared);
}

std::int64_t alike(
    const std::vector<std::string>& one,
    const std::vector<std::string>& other,
    const language::Rarity& rarity
)
{
    const auto square = [&](const std::string& token) { return std::pow(rarity.weight(token), 2); };
    const auto total = [&](const std::vector<std::string>& tokens) {
        double sum = 0;
        for (const auto& token : tokens)
            sum += square(token);
        return sum;
    };
    std::vector<std::string> shared;
    std::ranges::set_intersection(one, other, std::back_inserter(shared));
    const auto whole = std::sqrt(total(one) * total(other));
    return whole > 0 ? std::lround(100 * total(shared) / whole) : 0;
}

std::vector<SimilarCase> list_similar(db::Tx& tx, const SimilarOrder& order)
{
    const auto tokens = telling_tokens_of(order.value);
    auto ids = candidates(tx, order, tokens);
    if (order.value.customer)
        for (const auto id :
             tx.all(list_of_customer, order.value.customer, order.value.id, most_of_customer))
            if (std::ranges::find(ids, id) == ids.end())
                ids.push_back(id);
    std::vector<SimilarCase> found;
    for (const auto id : ids) {
        auto row = tx.one(find_row, id, order.reader);
        const auto other = row ? cases::find_case(tx, id) : std::nullopt;
        if (!other)
            continue;
        auto similar = compared(*other, *std::move(row));
        similar.is_same_customer = order.value.customer && other->customer == order.value.customer;
        similar.alike = alike(tokens, telling_tokens_of(*other), order.rarity);
        if (similar.alike >= least_alike || similar.is_same_customer)
            found.push_back(std::move(similar));
    }
    std::ranges::stable_sort(found, std::greater{}, &SimilarCase::alike);
    if (found.size() > most_similar)
        found.resize(most_similar);
    return found;
}

}  // namespace redress::desk
