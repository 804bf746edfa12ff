#include "base/catalogue.hpp"

#include "base/embedded.hpp"

#include <boost/json.hpp>

#include <functional>
#include <map>
#include <stdexcept>

namespace redress {
namespace embedded {
std::span<const File> catalogue();
}  // namespace embedded

namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

/// All catalogue files of one language, one per slice; a key belongs to one file only.
Texts load(std::string_view suffix)
{
    Texts texts;
    for (const auto& file : embedded::catalogue()) {
        if (!file.path.ends_with(suffix))
            continue;
        const auto parsed = boost::json::parse(file.bytes);
        for (const auto& [key, value] : parsed.as_object())
            if (!texts.emplace(key, value.as_string()).second)
                throw std::logic_error{"two catalogue files have the key " + std::string{key}};
    }
    return texts;
}

const Texts& texts_in(Lang lang)
{
    static const Texts zh = load(".zh.json");
    static const Texts en = load(".en.json");
    return lang == Lang::zh ? zh : en;
}

constexpr char between_languages = '\x1f';

}  // namespace

std::string both(const Text& text)
{
    return text.en + between_languages + text.in(Lang::zh);
}

std::vector<std::pair<std::string, std::string>> list_texts(Lang lang, std::string_view prefix)
{
    std::vector<std::pair<std::string, std::string>> found;
    for (const auto& [key, text] : texts_in(lang))
        if (key.starts_with(prefix))
            found.emplace_back(key, text);
    return found;
}

bool has_text(Lang lang, std::string_view key)
{
    return texts_in(lang).contains(key);
}

std::string
say(Lang lang, std::string_view key, const std::vector<std::pair<std::string, std::string>>& params)
{
    const auto& texts = texts_in(lang);
    const auto found = texts.find(key);
    return found == texts.end() ? std::string{key} : fill(found->second, params);
}

std::string say(Lang lang, const Refusal& refusal)
{
    auto params = refusal.params;
    for (auto& [name, value] : params)
        if (const auto middle = value.find(between_languages); middle != std::string::npos)
            value = lang == Lang::zh ? value.substr(middle + 1) : value.substr(0, middle);
        else if (has_text(lang, value))
            value = say(lang, value);
    return say(lang, "refusal." + refusal.code, params);
}

}  // namespace redress
