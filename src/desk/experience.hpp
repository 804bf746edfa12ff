#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "language/classifier_training.hpp"
#include "language/rarity.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace redress::desk {

/// What the house's own cases teach. Immutable once it is learnt.
struct Experience {
    language::Rarity rarity;
    std::optional<language::Classifier> categories;  ///< of closed cases; needs two with ten texts
    std::int64_t categorised{};                      ///< texts that taught them
    std::int64_t newest_case{};
    Instant learnt_at;
};

inline constexpr std::int64_t most_cases_learnt = 10'000;
inline constexpr std::size_t most_texts_learnt = 4'000;

/// The category and description of closed complaints among the newest cases, at most `limit`.
[[nodiscard]] std::vector<language::LabelledText>
list_categorised(db::Database& database, std::size_t limit);

/// What customers wrote whose reading somebody has corrected, the newest first, at most `limit`;
/// none of whom is forgotten.
struct Corrected {
    std::string feeling;
    std::int64_t anger{};
    std::string text;
};
[[nodiscard]] std::vector<Corrected> list_corrected(db::Database& database, std::size_t limit);

/// Learns from the newest cases and keeps what was learnt last. Any thread.
class Learner {
public:
    explicit Learner(db::Database& database) : database_{database} {}

    /// Never null; empty before anything was learnt.
    [[nodiscard]] std::shared_ptr<const Experience> current() const;
    /// Learns anew when a twentieth of the cases is new, or some are and hours have passed. Reads
    /// in small steps; seconds for most_cases_learnt. Throws db::Fault. One thread at a time.
    void keep_up(Instant now);

private:
    [[nodiscard]] std::shared_ptr<const Experience> learn(Instant now);

    db::Database& database_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Experience> current_{std::make_shared<Experience>()};
};

}  // namespace redress::desk
