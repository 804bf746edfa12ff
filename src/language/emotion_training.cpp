#include "language/emotion_training.hpp"

#include "base/require.hpp"
#include "language/training_set.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace redress::language {
namespace {

constexpr std::size_t turns = 5;
constexpr std::size_t fewest_texts = 50;
constexpr std::size_t most_knots = 24;
/// From this amount on a feeling counts as there.
constexpr float there = 1;

using Scored = std::vector<std::pair<float, bool>>;

/// Scores of every text by a model that has not seen it, `count_of_measures` to a text.
class HeldOut {
public:
    HeldOut(const TrainingSet& set, const Task& whole) : scores_(set.size() * whole.heads)
    {
        for (std::size_t turn = 0; turn < turns; ++turn) {
            Task part = whole;
            for (std::size_t i = turn; i < set.size(); i += turns)
                part.costs[i] = 0;
            const Weights weights = train(set, part);
            for (std::size_t i = turn; i < set.size(); i += turns)
                std::ranges::copy(
                    weights.score(set[i]),
                    scores_.begin() + static_cast<std::ptrdiff_t>(i * whole.heads)
                );
        }
    }

    [[nodiscard]] float score(std::size_t text, std::size_t measure) const
    {
        return scores_[text * count_of_measures + measure];
    }

private:
    std::vector<float> scores_;
};

/// The threshold with the best F1, by going once through the scores from the highest.
float best_threshold(Scored scored)
{
    std::ranges::sort(scored, std::ranges::greater{});
    const auto all =
        static_cast<double>(std::ranges::count(scored, true, &Scored::value_type::second));
    double hits = 0;
    double best = -1;
    float threshold = 0;
    for (std::size_t i = 0; i < scored.size(); ++i) {
        hits += scored[i].second ? 1.0 : 0.0;
        const double f1 = 2 * hits / (static_cast<double>(i + 1) + all);
        if (f1 > best && i + 1 < scored.size()) {
            best = f1;
            threshold = (scored[i].first + scored[i + 1].first) / 2;
        }
    }
    return threshold;
}

/// The slope that makes confidence most likely, both sides counting alike.
float best_slope(const Scored& scored, float threshold)
{
    const auto with =
        static_cast<double>(std::ranges::count(scored, true, &Scored::value_type::second));
    const double without = static_cast<double>(scored.size()) - with;
    float best = 1;
    double least = std::numeric_limits<double>::max();
    for (float slope = 0.5F; slope < 20; slope *= 1.15F) {
        double loss = 0;
        for (const auto& [score, is_there] : scored) {
            const double margin =
                static_cast<double>(slope) * static_cast<double>(score - threshold);
            loss += std::log1p(std::exp(is_there ? -margin : margin)) / (is_there ? with : without);
        }
        if (loss < least) {
            least = loss;
            best = slope;
        }
    }
    return best;
}

/// Mean amounts over bins of equally many texts, made ascending by joining neighbours.
std::vector<Calibration::Knot> ascending_knots(std::vector<std::pair<float, float>> pairs)
{
    struct Bin {
        double score{};
        double amount{};
        double size{};
    };
    std::ranges::sort(pairs);
    const std::size_t each = std::max<std::size_t>(1, (pairs.size() + most_knots - 1) / most_knots);
    std::vector<Bin> bins;
    for (std::size_t begin = 0; begin < pairs.size(); begin += each) {
        Bin bin;
        for (std::size_t i = begin; i < std::min(pairs.size(), begin + each); ++i) {
            bin.score += static_cast<double>(pairs[i].first);
            bin.amount += static_cast<double>(pairs[i].second);
            ++bin.size;
        }
        bins.push_back(bin);
        const auto is_falling = [&] {
            const auto& last = bins.back();
            const auto& before = bins[bins.size() - 2];
            return last.amount * before.size <= before.amount * last.size;
        };
        while (bins.size() > 1 && is_falling()) {
            Bin& before = bins[bins.size() - 2];
            before = {
                before.score + bins.back().score,
                before.amount + bins.back().amount,
                before.size + bins.back().size};
            bins.pop_back();
        }
    }
    std::vector<Calibration::Knot> knots;
    for (const Bin& bin : bins)
        knots.push_back(
            {static_cast<float>(bin.score / bin.size), static_cast<float>(bin.amount / bin.size)}
        );
    return knots;
}

/// The score from which on a text is given a level, so that of the texts said to have a feeling the
/// same share is given it as of those that truly have the feeling.
float score_with_same_share(
    std::vector<float> said,
    std::span<const std::pair<float, float>> pairs,
    float least
)
{
    std::size_t have_it = 0;
    std::size_t have_least = 0;
    for (const auto& [score, amount] : pairs) {
        have_it += amount >= there ? 1U : 0U;
        have_least += amount >= least ? 1U : 0U;
    }
    if (said.empty() || have_least == 0)
        return std::numeric_limits<float>::max();
    std::ranges::sort(said, std::ranges::greater{});
    const std::size_t place = said.size() * have_least / have_it;
    return said[std::min(std::max<std::size_t>(place, 1), said.size()) - 1];
}

class Measuring {
public:
    Measuring(std::span<const FeltText> texts, const HeldOut& held_out, std::size_t measure)
    {
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const float score = held_out.score(i, measure);
            const float amount = texts[i].amounts[measure];
            if (texts[i].is_yardstick)
                scored_.emplace_back(score, amount >= there);
            if (texts[i].is_graded)
                graded_.emplace_back(score, amount);
            all_.emplace_back(score, amount);
        }
    }

    [[nodiscard]] Calibration calibration() const
    {
        Calibration made;
        const auto& pairs = graded_.empty() ? all_ : graded_;
        made.threshold = best_threshold(scored_);
        made.slope = best_slope(scored_, made.threshold);
        made.knots = ascending_knots(pairs);
        std::vector<float> said;
        for (const auto& [score, amount] : pairs)
            if (score >= made.threshold)
                said.push_back(score);
        made.score_of_two = score_with_same_share(said, pairs, 2);
        made.score_of_three = score_with_same_share(said, pairs, 3);
        return made;
    }

    [[nodiscard]] MeasureFigures figures(const Calibration& calibration) const
    {
        std::vector<std::pair<float, float>> pairs;
        for (const auto& [score, amount] : graded_)
            pairs.emplace_back(calibration.amount(score), amount);
        return {area_under_curve(scored_), f1_at(scored_, calibration.threshold), pearson(pairs)};
    }

private:
    Scored scored_;
    std::vector<std::pair<float, float>> graded_;
    std::vector<std::pair<float, float>> all_;
};

}  // namespace

double area_under_curve(std::vector<std::pair<float, bool>> scored)
{
    std::ranges::sort(scored);
    double ranks = 0;
    double with = 0;
    for (std::size_t i = 0; i < scored.size();) {
        std::size_t end = i;
        while (end < scored.size() && scored[end].first == scored[i].first)
            ++end;
        const double rank = static_cast<double>(i + end + 1) / 2;
        for (; i < end; ++i)
            if (scored[i].second) {
                ranks += rank;
                ++with;
            }
    }
    const double without = static_cast<double>(scored.size()) - with;
    return with * without == 0 ? 0 : (ranks - with * (with + 1) / 2) / (with * without);
}

double f1_at(std::span<const std::pair<float, bool>> scored, float threshold)
{
    double hits = 0;
    double both = 0;
    for (const auto& [score, is_there] : scored) {
        const bool is_said = score >= threshold;
        hits += is_said && is_there ? 1 : 0;
        both += (is_said ? 1 : 0) + (is_there ? 1 : 0);
    }
    return both == 0 ? 0 : 2 * hits / both;
}

double pearson(std::span<const std::pair<float, float>> pairs)
{
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (const auto& pair : pairs) {
        const auto a = static_cast<double>(pair.first);
        const auto b = static_cast<double>(pair.second);
        x += a;
        y += b;
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }
    const auto n = static_cast<double>(pairs.size());
    const double spread = std::sqrt((n * xx - x * x) * (n * yy - y * y));
    return spread > 0 ? (n * xy - x * y) / spread : 0;
}

TrainedEmotion train_emotion(std::span<const FeltText> texts, std::size_t most_terms)
{
    REQUIRE_THAT(texts.size() >= fewest_texts);
    std::vector<std::string_view> bodies;
    Task task;
    task.loss = Loss::squared;
    task.heads = count_of_measures;
    for (const FeltText& text : texts) {
        bodies.push_back(text.text);
        task.targets.insert(task.targets.end(), text.amounts.begin(), text.amounts.end());
        task.costs.push_back(text.is_held_back ? 0 : text.cost);
    }
    const TrainingSet set{bodies, most_terms};
    const HeldOut held_out{set, task};
    TrainedEmotion trained;
    trained.part.model = LinearModel{set.vocabulary(), train(set, task)};
    for (std::size_t measure = 0; measure < count_of_measures; ++measure) {
        const Measuring measuring{texts, held_out, measure};
        trained.part.calibrations[measure] = measuring.calibration();
        trained.figures[measure] = measuring.figures(trained.part.calibrations[measure]);
    }
    return trained;
}

}  // namespace redress::language
