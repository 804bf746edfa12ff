#include "language/coach_model.hpp"

#include "base/embedded.hpp"
#include "base/require.hpp"

#include <algorithm>
#include <stdexcept>

namespace redress::embedded {
std::span<const File> coach_models();
}  // namespace redress::embedded

namespace redress::language {
namespace {

constexpr std::string_view heading = "redress coach 1";

}  // namespace

CoachModel::CoachModel(std::vector<std::string> rules, WordGroups groups, LinearModel model)
    : rules_{std::move(rules)}, groups_{std::move(groups)}, model_{std::move(model)}
{
    REQUIRE_THAT(rules_.size() == model_.heads());
}

Result<CoachModel> CoachModel::read(std::string_view file)
{
    ByteReader in{unsealed(heading, file)};
    WordGroups groups{std::string{in.text()}};
    std::vector<std::string> rules(in.count(max_heads));
    for (std::string& rule : rules)
        rule = std::string{in.text()};
    auto model = LinearModel::read(in);
    if (!model || model->heads() != rules.size() || !in.is_at_end())
        return deny(Denial::invalid, "model_unreadable");
    return CoachModel{std::move(rules), std::move(groups), *std::move(model)};
}

std::string CoachModel::write() const
{
    ByteWriter out;
    out.put_text(groups_.text());
    out.put_number(rules_.size());
    for (const std::string& rule : rules_)
        out.put_text(rule);
    model_.write(out);
    return sealed(heading, out.bytes());
}

std::optional<std::size_t> CoachModel::head_of(std::string_view rule) const
{
    const auto found = std::ranges::find(rules_, rule);
    if (found == rules_.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - rules_.begin());
}

std::vector<float> CoachModel::score(std::string_view folded, std::vector<Feature>& features) const
{
    collect_stretch_features(folded, groups_, features);
    return model_.score(model_.vocabulary().vector_of(features));
}

const CoachModel& built_in_coach_model()
{
    static const CoachModel model = [] {
        const auto files = embedded::coach_models();
        REQUIRE_THAT(files.size() == 1);
        auto read = CoachModel::read(files.front().bytes);
        if (!read)
            throw std::logic_error{"coach.model cannot be read"};
        return *std::move(read);
    }();
    return model;
}

}  // namespace redress::language
