#pragma once

#include "base/text.hpp"

#include <string>

namespace redress::app {

/// What `redress classifier …` was asked for.
struct ClassifierOrder {
    std::string input;  ///< file of label TAB text
    std::string model;
    std::string text;         ///< "" to read lines of the input
    std::string data;         ///< folder of corpora
    std::string corrections;  ///< "" or a file of `classifier export --of feelings`
    bool as_json{};
};

/// Each gives 0, 1 when the input does not do, 2 when a file cannot be read or written.
int learn_categories(const ClassifierOrder& order, Lang lang);
int measure_categories(const ClassifierOrder& order, Lang lang);
int explain_category(const ClassifierOrder& order, Lang lang);
/// Makes the model that ships from the corpora and from the complaints that lie beside the model.
int train_emotion_model(const ClassifierOrder& order, Lang lang);

}  // namespace redress::app
