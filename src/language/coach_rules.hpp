#pragma once

#include "base/text.hpp"
#include "language/coach_model.hpp"
#include "language/phrases.hpp"
#include "policy/library.hpp"
#include "policy/when.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace redress::language {

enum class RuleKind {
    against,  ///< a hint where its phrases stand
    wanted    ///< a hint when its phrases are missing
};
/// Where the hint of something missing points: the first sentence or the last one.
enum class Anchor { opening, closing };

/// One rule of the reply coach, as coach/*.toml gives it; docs/coach.md describes the fields.
/// Phrases are numbers of the book.
struct CoachRule {
    std::string id;
    RuleKind kind{};
    Anchor anchor{};
    int weight{};        ///< what it takes from a score of 100
    std::string source;  ///< the source document: "000" to "004"
    policy::Condition when;
    bool is_once{};            ///< only the first place is told
    std::size_t at_least = 1;  ///< so many phrases make the fault
    bool is_met_by_promise{};  ///< a promise with a time is what is wanted
    bool restates_customer{};  ///< the customer's own words are what is wanted
    Text title, why, better;
    /// From which score of the classifier on a sentence counts, and below which its phrases do
    /// not.
    struct Learned {
        std::size_t head{};
        float sure{};
        float doubt{};
    };
    std::optional<Learned> learned;
    std::vector<int> match;
    std::vector<int> alone;         ///< one is enough, whatever at_least says
    std::vector<int> soft;          ///< harmless in a reply that names a time
    std::vector<int> unless;        ///< in the same sentence
    std::vector<int> unless_near;   ///< in the same sentence or one beside it
    std::vector<int> unless_reply;  ///< anywhere
    std::vector<int> before;        ///< what is wanted must stand before these
};

/// The rules and their phrases. Immutable; any thread.
struct CoachBook {
    std::vector<CoachRule> rules;
    PhraseBook phrases;
    const CoachModel* model{};  ///< outlives the book; never null

    [[nodiscard]] const CoachRule* find(std::string_view id) const;
};

struct LoadedCoach {
    CoachBook book;
    std::vector<policy::Mistake> mistakes;
};

/// Reads files of schema redress.coach/1: words first, then rules. Never throws on what is written.
/// Rules listen to `model`, which must outlive the book.
[[nodiscard]] LoadedCoach load_coach(
    std::span<const policy::SourceFile> files,
    const CoachModel& model = built_in_coach_model()
);
/// The folder coach/ built into the program, listening to a model of one's own.
[[nodiscard]] LoadedCoach load_built_in_coach(const CoachModel& model);
/// The folder coach/ built into the program; throws std::logic_error should it be wrong (a test
/// keeps that from happening). Read once.
[[nodiscard]] const CoachBook& built_in_coach();
/// coach/ below a directory, for operators with rules of their own.
[[nodiscard]] std::vector<policy::SourceFile> read_coach_folder(const std::string& folder);

}  // namespace redress::language
