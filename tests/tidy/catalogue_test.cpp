// The texts of both languages against each other and against the places that use them.
#include "lexer.hpp"
#include "source.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <doctest/doctest.h>
#include <map>
#include <re2/re2.h>
#include <set>

using namespace redress::tidy;

namespace {

struct Entry {
    std::string path;
    std::string text;
};

using Texts = std::map<std::string, Entry, std::less<>>;

constexpr std::string_view folder = "catalogue/";

bool is_catalogue(const File& file, std::string_view language)
{
    return file.path.starts_with(folder) && file.path.ends_with(fmt::format(".{}.json", language));
}

/// The object's pairs as written, so that a key given twice is seen twice.
std::vector<std::pair<std::string, std::string>> pairs_of(const File& file)
{
    boost::json::error_code error;
    const auto parsed = boost::json::parse(file.text, error);
    if (error || !parsed.is_object())
        return {};
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto& [key, value] : parsed.as_object())
        if (value.is_string())
            pairs.emplace_back(std::string{key}, std::string{value.as_string()});
    return pairs;
}

/// Keys of a flat object of texts, each as often as it is written.
std::size_t count_keys(const File& file)
{
    static const RE2 key{R"re("(?:[^"\\]|\\.)*"\s*:\s*"(?:[^"\\]|\\.)*")re"};
    re2::StringPiece rest{file.text};
    std::size_t count = 0;
    while (RE2::FindAndConsume(&rest, key))
        ++count;
    return count;
}

Texts texts_of(const Tree& files, std::string_view language)
{
    Texts texts;
    for (const auto& file : files)
        if (is_catalogue(file, language))
            for (auto& [key, text] : pairs_of(file))
                texts.try_emplace(key, Entry{file.path, text});
    return texts;
}

Findings check_files(const Tree& files)
{
    Findings found;
    std::map<std::pair<std::string, std::string>, std::string> owners;
    for (const auto& file : files) {
        if (!file.path.starts_with(folder))
            continue;
        const std::string language = is_catalogue(file, "en") ? "en" : "zh";
        const auto pairs = pairs_of(file);
        if (pairs.empty() || count_keys(file) != pairs.size())
            found.push_back({file.path, 1, "shape", "not a flat object of texts with each key once"}
            );
        for (const auto& [key, text] : pairs) {
            const auto [owner, fresh] = owners.try_emplace({language, key}, file.path);
            if (!fresh)
                found.push_back(
                    {file.path, 1, key, fmt::format("{} is in {} too", key, owner->second)}
                );
            if (text.empty())
                found.push_back({file.path, 1, key, key + " has no text"});
        }
    }
    return found;
}

std::set<std::string> params_of(const std::string& text)
{
    static const RE2 param{R"(\{([a-z_]+)\})"};
    std::set<std::string> params;
    re2::StringPiece rest{text};
    for (std::string name; RE2::FindAndConsume(&rest, param, &name);)
        params.insert(name);
    return params;
}

Findings check_languages(const Tree& files)
{
    Findings found;
    const auto en = texts_of(files, "en");
    const auto zh = texts_of(files, "zh");
    for (const auto& [key, entry] : en) {
        const auto other = zh.find(key);
        if (other == zh.end())
            found.push_back({entry.path, 1, key, key + " has no Chinese text"});
        else if (params_of(entry.text) != params_of(other->second.text))
            found.push_back(
                {other->second.path,
                 1,
                 key,
                 key + ": the two languages fill different {parameters}"}
            );
    }
    for (const auto& [key, entry] : zh)
        if (!en.contains(key))
            found.push_back({entry.path, 1, key, key + " has no English text"});
    return found;
}

struct Use {
    std::string key;
    std::string path;
    std::size_t line{};
};

/// The first text among a call's arguments, unless it is the beginning of a longer one that is put
/// together.
const Token* first_text(const std::vector<Token>& tokens, std::size_t open)
{
    std::size_t depth = 0;
    for (auto i = open; i + 1 < tokens.size(); ++i) {
        const bool mark = tokens[i].kind == TokenKind::mark;
        depth += mark && (tokens[i].text == "(" || tokens[i].text == "{") ? 1U : 0U;
        if (mark && (tokens[i].text == ")" || tokens[i].text == "}") && --depth == 0)
            return nullptr;
        if (tokens[i].kind == TokenKind::text && depth == 1)
            return tokens[i + 1].text == "+" || tokens[i - 1].text == "+" ? nullptr : &tokens[i];
    }
    return nullptr;
}

/// Keys that the program certainly asks for: deny(kind, "code"), Refusal{"code"} and say(language,
/// "key").
std::vector<Use> uses_of(const Tree& files)
{
    std::vector<Use> uses;
    for (const auto& file : files) {
        if (!is_cpp(file) || is_test(file) || !file.path.starts_with("src/"))
            continue;
        const auto tokens = lex(file.text).tokens;
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            const bool refuses = (tokens[i].text == "deny" && tokens[i + 1].text == "(") ||
                                 (tokens[i].text == "Refusal" && tokens[i + 1].text == "{");
            const bool says = tokens[i].text == "say" && tokens[i + 1].text == "(";
            const auto* text = refuses || says ? first_text(tokens, i + 1) : nullptr;
            if (text != nullptr)
                uses.push_back(
                    {(refuses ? "refusal." : "") + std::string{text->text}, file.path, text->line}
                );
        }
    }
    return uses;
}

Findings check_known(const Tree& files)
{
    Findings found;
    const auto en = texts_of(files, "en");
    for (const auto& use : uses_of(files))
        if (!en.contains(use.key))
            found.push_back(
                {use.path, use.line, use.key, fmt::format("{} is not in catalogue/", use.key)}
            );
    return found;
}

using Words = std::set<std::string, std::less<>>;

void add_code_words(const File& file, Words& words)
{
    for (const auto& token : lex(file.text).tokens)
        if (token.kind != TokenKind::mark)
            words.emplace(token.text);
}

/// Every run of letters, digits, "_" and ".", so that `page.channel.${id}` gives the beginning
/// "page.channel.".
void add_page_words(const File& file, Words& words)
{
    static const RE2 run{R"(([A-Za-z0-9_.]+))"};
    re2::StringPiece rest{file.text};
    for (std::string word; RE2::FindAndConsume(&rest, run, &word);)
        words.insert(word);
}

/// What the program writes, and what names packages, is no use of a text.
bool is_foreign(const File& file)
{
    return file.path == "web/openapi.json" || file.path.ends_with("package-lock.json");
}

/// What keys may be put together from.
Words words_of(const Tree& files)
{
    Words words;
    for (const auto& file : files) {
        if (is_cpp(file) && !is_test(file) && file.path.starts_with("src/"))
            add_code_words(file, words);
        if (file.path.starts_with("policies/") ||
            (file.path.starts_with("web/") && !is_foreign(file)))
            add_page_words(file, words);
    }
    return words;
}

/// Whether two words side by side make it, the second one beginning with "_" or ".".
bool is_joined(std::string_view key, const Words& words)
{
    for (std::size_t i = 1; i < key.size(); ++i)
        if ((key[i] == '_' || key[i] == '.') && words.contains(key.substr(0, i)) &&
            words.contains(key.substr(i)))
            return true;
    return false;
}

/// Whether a text with places to fill, such as "{}_too_{}", can become it.
bool is_filled(std::string_view key, const Words& words)
{
    static const RE2 shape{R"([a-z0-9_.]*(\{\}[a-z0-9_.]*)+)"};
    for (const auto& word : words) {
        if (word.size() < 8 || !RE2::FullMatch(word, shape))
            continue;
        auto pattern = RE2::QuoteMeta(word);
        RE2::GlobalReplace(&pattern, R"(\\\{\\\})", "[a-z0-9_]+");
        if (RE2::FullMatch(key, pattern))
            return true;
    }
    return false;
}

/// Whether every part between dots is a word or a number.
bool is_made_of(std::string_view key, const Words& words)
{
    for (;;) {
        const auto part = key.substr(0, key.find('.'));
        const bool number = part.find_first_not_of("0123456789") == std::string_view::npos;
        if (!number && !words.contains(part))
            return false;
        if (part.size() == key.size())
            return true;
        key.remove_prefix(part.size() + 1);
    }
}

/// A key is used when it stands somewhere as a whole, when a text with places to fill or two texts
/// make it, or when a text ending in a dot begins it and the rest is made of words.
bool is_used(std::string_view key, const Words& words)
{
    constexpr std::string_view refusal = "refusal.";
    if (words.contains(key) || is_joined(key, words) || is_filled(key, words))
        return true;
    if (key.starts_with(refusal))
        return is_used(key.substr(refusal.size()), words);
    for (auto dot = key.find('.'); dot != std::string_view::npos; dot = key.find('.', dot + 1)) {
        const auto rest = key.substr(dot + 1);
        if (words.contains(key.substr(0, dot + 1)) &&
            (is_made_of(rest, words) || is_joined(rest, words)))
            return true;
    }
    return false;
}

Findings check_used(const Tree& files)
{
    Findings found;
    const auto words = words_of(files);
    for (const auto& [key, entry] : texts_of(files, "en"))
        if (!is_used(key, words))
            found.push_back(
                {entry.path, 1, key, key + " is used nowhere; remove it from both languages"}
            );
    return found;
}

Tree sample(std::string en, std::string zh, std::string code)
{
    return {
        {"catalogue/a.en.json", std::move(en)},
        {"catalogue/a.zh.json", std::move(zh)},
        {"src/a/a.cpp", std::move(code)}};
}

}  // namespace

TEST_CASE("catalogue files are flat and each key has one place")
{
    expect_clean("catalogue files", check_files(tree()));
}

TEST_CASE("Chinese and English have the same texts")
{
    expect_clean("catalogue languages", check_languages(tree()));
}

TEST_CASE("every text that is asked for exists")
{
    expect_clean("catalogue known", check_known(tree()));
}

TEST_CASE("every text is used")
{
    expect_clean("catalogue used", check_used(tree()));
}

TEST_CASE("a broken, doubled or empty catalogue is found")
{
    CHECK(check_files({{"catalogue/a.en.json", R"({"a":"A"})"}}).empty());
    CHECK(check_files({{"catalogue/a.en.json", R"({"a":"A")"}}).size() == 1);
    CHECK(check_files({{"catalogue/a.en.json", R"({"a":"A","a":"B"})"}}).size() == 1);
    CHECK(check_files({{"catalogue/a.en.json", R"({"a":""})"}}).size() == 1);
    CHECK(
        check_files(
            {{"catalogue/a.en.json", R"({"a":"A"})"}, {"catalogue/b.en.json", R"({"a":"A"})"}}
        ).size() == 1
    );
}

TEST_CASE("a text of one language only, or with other parameters, is found")
{
    CHECK(check_languages(sample(R"({"a":"{x} and {y}"})", R"({"a":"{y}和{x}"})", "")).empty());
    CHECK(check_languages(sample(R"({"a":"A","b":"B"})", R"({"a":"A"})", "")).size() == 1);
    CHECK(check_languages(sample(R"({"a":"A"})", R"({"a":"A","b":"B"})", "")).size() == 1);
    CHECK(check_languages(sample(R"({"a":"{x}"})", R"({"a":"{y}"})", "")).size() == 1);
}

TEST_CASE("a text that does not exist is found where it is asked for")
{
    const auto count = [](std::string code) {
        return check_known(sample(R"({"refusal.late":"L","title":"T"})", "{}", std::move(code)))
            .size();
    };
    CHECK(count(R"x(f() { return deny(Denial::conflict, "late", "at"); })x") == 0);
    CHECK(count(R"x(f() { return deny(Denial::conflict, "early"); })x") == 1);
    CHECK(count(R"x(f() { return Refusal{"early", "at", {}}; })x") == 1);
    CHECK(count(R"x(f() { return say(lang, "title"); })x") == 0);
    CHECK(count(R"x(f() { return say(lang, "subtitle"); })x") == 1);
    CHECK(count(R"x(f() { return say(lang, "state." + id); })x") == 0);
}

TEST_CASE("a text that nobody uses is found")
{
    const auto count = [](std::string key, std::string code) {
        return check_used(sample(fmt::format(R"({{"{}":"A"}})", key), "{}", std::move(code)))
            .size();
    };
    CHECK(count("title", "auto a = \"title\";") == 0);
    CHECK(count("title", "auto a = \"subtitle\";") == 1);
    CHECK(count("refusal.late", "auto a = deny(x, \"late\");") == 0);
    CHECK(
        count(
            "state.closed",
            "auto a = say(lang, \"state.\" + id);  enum class State { closed };"
        ) == 0
    );
    CHECK(
        count("state.lost", "auto a = say(lang, \"state.\" + id);  enum class State { closed };") ==
        1
    );
}
