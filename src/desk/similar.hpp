#pragma once

#include "cases/model.hpp"
#include "desk/experience.hpp"
#include "desk/queue.hpp"

#include <string>
#include <vector>

namespace redress::desk {

/// A case that resembles another (A6), and how it was settled (E5).
struct SimilarCase {
    QueueRow row;
    std::int64_t alike{};  ///< shared words by their rarity, 0 to 100
    bool is_same_customer{};
    std::string outcome;
    std::int64_t redress_minor{};  ///< granted or given
    std::string currency;
    bool is_settled{};
};

struct SimilarOrder {
    const cases::Case& value;
    StaffId reader;  ///< cases about the reader are left out
    const language::Rarity& rarity;
};

inline constexpr std::size_t most_similar = 6;
/// Below this, two texts share no more than anybody's words.
inline constexpr std::int64_t least_alike = 18;

/// The most alike first, those of the same customer among them. Looks at a bounded number of
/// entries of the search index, so that it costs the same at any size.
[[nodiscard]] std::vector<SimilarCase> list_similar(db::Tx& tx, const SimilarOrder& order);

/// The words by which a case is compared: of subject, description and product.
[[nodiscard]] std::vector<std::string> telling_tokens_of(const cases::Case& value);

/// Of two sorted lists of words: the cosine of their weights in percent.
[[nodiscard]] std::int64_t alike(
    const std::vector<std::string>& one,
    const std::vector<std::string>& other,
    const language::Rarity& rarity
);

}  // namespace redress::desk
