#include "language/emotion_model.hpp"

#include <algorithm>
#include <cmath>

namespace redress::language {
namespace {

constexpr std::string_view heading = "redress emotion 1";
constexpr std::size_t max_knots = 64;
constexpr float largest_amount = 3;

void write_part(ByteWriter& out, const EmotionPart& part)
{
    for (const Calibration& calibration : part.calibrations) {
        out.put_real(calibration.threshold);
        out.put_real(calibration.slope);
        out.put_real(calibration.score_of_two);
        out.put_real(calibration.score_of_three);
        out.put_number(calibration.knots.size());
        for (const auto& knot : calibration.knots) {
            out.put_real(knot.score);
            out.put_real(knot.amount);
        }
    }
    part.model.write(out);
}

bool read_part(ByteReader& in, EmotionPart& part)
{
    for (Calibration& calibration : part.calibrations) {
        calibration.threshold = in.real();
        calibration.slope = in.real();
        calibration.score_of_two = in.real();
        calibration.score_of_three = in.real();
        calibration.knots.resize(in.count(max_knots));
        for (auto& knot : calibration.knots) {
            knot.score = in.real();
            knot.amount = in.real();
        }
        const auto is_backward = [](const auto& a, const auto& b) { return !(a.score < b.score); };
        if (calibration.knots.empty() ||
            std::ranges::adjacent_find(calibration.knots, is_backward) != calibration.knots.end())
            return false;
    }
    auto model = LinearModel::read(in);
    if (!model || model->heads() != count_of_measures)
        return false;
    part.model = std::move(*model);
    return true;
}

}  // namespace

float Calibration::confidence(float score) const
{
    return 1 / (1 + std::exp(-slope * (score - threshold)));
}

float Calibration::amount(float score) const
{
    auto above = std::ranges::upper_bound(knots, score, {}, &Knot::score);
    if (above == knots.begin() || knots.size() == 1)
        return std::clamp(knots.front().amount, 0.0F, largest_amount);
    if (above == knots.end())
        --above;
    const Knot& below = *(above - 1);
    const float part = (score - below.score) / (above->score - below.score);
    return std::clamp(below.amount + part * (above->amount - below.amount), 0.0F, largest_amount);
}

int Calibration::level(float score) const
{
    if (score < threshold)
        return 0;
    return score >= score_of_three ? 3 : score >= score_of_two ? 2 : 1;
}

std::string EmotionModel::write() const
{
    ByteWriter out;
    out.put_text(sources);
    write_part(out, zh);
    write_part(out, en);
    return sealed(heading, out.bytes());
}

Result<EmotionModel> EmotionModel::read(std::string_view file)
{
    ByteReader in{unsealed(heading, file)};
    EmotionModel model;
    model.sources = std::string{in.text()};
    if (!read_part(in, model.zh) || !read_part(in, model.en) || !in.is_at_end())
        return deny(Denial::invalid, "model_unreadable");
    return model;
}

}  // namespace redress::language
