#include "notices/model.hpp"

#include "base/catalogue.hpp"

#include <utility>
#include <vector>

namespace redress::notices {
namespace {

std::string said(const json::value& value, Lang lang)
{
    if (const auto* text = value.if_string())
        return has_text(lang, *text) ? say(lang, *text) : std::string{*text};
    if (const auto* both = value.if_object()) {
        const auto chosen = string_at(*both, lang == Lang::zh ? "zh" : "en");
        return std::string{chosen.empty() ? string_at(*both, to_tag(Lang::en)) : chosen};
    }
    return json::serialize(value);
}

}  // namespace

std::string text_of(const Notification& notification, Lang lang)
{
    std::vector<std::pair<std::string, std::string>> params;
    const auto payload = parse_json(notification.payload);
    for (const auto& [name, value] : payload.as_object())
        params.emplace_back(name, said(value, lang));
    return say(lang, "notification." + notification.kind, params);
}

}  // namespace redress::notices
