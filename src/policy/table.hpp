#pragma once

#include "base/text.hpp"
#include "policy/library.hpp"
#include "policy/toml_tree.hpp"

#include <initializer_list>
#include <optional>

namespace redress::policy {

/// A file being read, and what was found wrong with it.
struct Reading {
    std::string file;
    std::vector<Mistake>& mistakes;

    void wrong(
        int line,
        std::string code,
        std::vector<std::pair<std::string, std::string>> params = {}
    ) const
    {
        mistakes.push_back({file, line, std::move(code), std::move(params), false});
    }
};

/// A TOML table read key by key. What is missing or of the wrong kind is noted and read as empty;
/// keys nobody asked for are noted by finish().
class Table {
public:
    Table(const TomlNode& node, const Reading& reading, std::string where);

    [[nodiscard]] std::string text(std::string_view key);
    [[nodiscard]] std::string need_text(std::string_view key);
    /// An identifier: lower case, digits, `_ - . : @`.
    [[nodiscard]] std::string need_id(std::string_view key);
    [[nodiscard]] Text both(std::string_view key);
    [[nodiscard]] Text need_both(std::string_view key);
    [[nodiscard]] std::vector<std::string> texts(std::string_view key);
    [[nodiscard]] std::vector<Date> dates(std::string_view key);
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key);
    [[nodiscard]] std::optional<double> number(std::string_view key);
    [[nodiscard]] bool boolean(std::string_view key, bool fallback);
    [[nodiscard]] std::optional<Date> date(std::string_view key);
    [[nodiscard]] Amount amount();
    [[nodiscard]] std::vector<Table> tables(std::string_view key);
    [[nodiscard]] std::optional<Table> table(std::string_view key);
    /// Every key with its text; for maps and weights.
    [[nodiscard]] const TomlNode& node() const { return *node_; }

    /// A word out of a few.
    template <class Value>
    [[nodiscard]] Value choose(
        std::string_view key,
        std::initializer_list<std::pair<std::string_view, Value>> words,
        std::optional<Value> fallback = {}
    )
    {
        const std::string word = fallback ? text(key) : need_text(key);
        std::string allowed;
        for (const auto& [name, value] : words) {
            if (name == word)
                return value;
            allowed.append(allowed.empty() ? "" : ", ").append(name);
        }
        if (!word.empty())
            wrong(key, "bad_value", {{"value", word}, {"allowed", allowed}});
        return fallback.value_or(words.begin()->second);
    }

    [[nodiscard]] const TomlNode* find(std::string_view key);
    /// Takes note of a mistake at a key of this table.
    void wrong(
        std::string_view key,
        std::string code,
        std::vector<std::pair<std::string, std::string>> params = {}
    );
    void finish();

    [[nodiscard]] Origin origin() const;
    [[nodiscard]] const Reading& reading() const { return *reading_; }

private:
    const TomlNode* find_of(std::string_view key, TomlNode::Kind kind, std::string_view kind_name);

    const TomlNode* node_;
    const Reading* reading_;
    std::string where_;
    std::vector<std::string> asked_;
};

}  // namespace redress::policy
