#pragma once

#include "policy/library.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace redress::language {

/// What a guide entry is about: a field of policies/fields.toml, whose choices are the ids.
enum class GuideOf { need, customer_type };

struct ObjectionAnswer {
    Text says;
    Text answer;
};

/// How to meet people with a need, or of a type: steps in order, beginnings of sentences, answers
/// to what they may object.
struct GuideEntry {
    GuideOf of{};
    std::string id;
    std::vector<std::string> sources;  ///< source documents "000" to "004"
    std::vector<Text> approach;
    std::vector<Text> starters;
    std::vector<ObjectionAnswer> objections;
};

/// Immutable; any thread.
struct Guide {
    std::vector<GuideEntry> entries;

    /// nullptr when the guide says nothing of it.
    [[nodiscard]] const GuideEntry* find(GuideOf of, std::string_view id) const;
};

struct LoadedGuide {
    Guide guide;
    std::vector<policy::Mistake> mistakes;
};

/// Reads files of schema redress.guide/1. Never throws on what is written.
[[nodiscard]] LoadedGuide load_guide(std::span<const policy::SourceFile> files);
/// The folder guide/ built into the program; throws std::logic_error should it be wrong (a test
/// keeps that from happening). Read once.
[[nodiscard]] const Guide& built_in_guide();

[[nodiscard]] std::string_view to_word(GuideOf of);

}  // namespace redress::language
