#pragma once

#include "language/classifier_training.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace redress::bench {

using Texts = std::vector<language::LabelledText>;

/// The corpora of one folder (../shared/data), each read when it is asked for; what is missing is
/// named on stderr and reads as empty.
class Corpora {
public:
    explicit Corpora(std::filesystem::path folder) : folder_{std::move(folder)} {}

    [[nodiscard]] std::string bytes_of(const std::filesystem::path& file) const;
    /// Label TAB text with a heading.
    [[nodiscard]] Texts labelled(const std::filesystem::path& file) const;
    /// Label and review, CSV with a heading.
    [[nodiscard]] Texts reviews(const std::filesystem::path& file) const;
    /// Shopping reviews by domain.
    [[nodiscard]] std::map<std::string, Texts> shopping() const;
    /// Narratives of the CFPB about five products, at most 80 of each, so that none outweighs the
    /// others.
    [[nodiscard]] Texts bureau() const;

private:
    template <class Take>
    void for_each_row(const std::filesystem::path& file, const Take& take) const;

    std::filesystem::path folder_;
};

struct Split {
    Texts learned;
    Texts kept_back;
};

/// Every fifth text is kept back, by what it says: equal texts stay on one side.
[[nodiscard]] Split split_of(const Texts& texts, std::uint32_t turn = 0);

}  // namespace redress::bench
