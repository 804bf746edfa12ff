#include "http/wire.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <set>

namespace redress::http {
namespace {

using boost::system::error_code;
using json::string_view;

/// Builds the value and watches what Boost.JSON lets pass: a key given twice (the last would win),
/// NUL in a text (no database stores it), a number too large for a double (it would become
/// infinite).
class BodyHandler {
public:
    static constexpr std::size_t max_object_size = 100'000;
    static constexpr std::size_t max_array_size = 1'000'000;
    static constexpr std::size_t max_key_size = 1'000;
    static constexpr std::size_t max_string_size = std::size_t{32} << 20U;

    std::vector<Refusal> refusals;

    json::value release() { return stack_.release(); }

    bool on_document_begin(error_code&)
    {
        stack_.reset();
        return true;
    }
    static bool on_document_end(error_code&) { return true; }
    bool on_array_begin(error_code&) { return enter(false); }
    bool on_array_end(std::size_t size, error_code&)
    {
        stack_.push_array(size);
        return leave();
    }
    bool on_object_begin(error_code&) { return enter(true); }
    bool on_object_end(std::size_t size, error_code&)
    {
        stack_.push_object(size);
        return leave();
    }
    bool on_key_part(string_view part, std::size_t, error_code&)
    {
        key_ += part;
        stack_.push_chars(part);
        return true;
    }
    bool on_key(string_view rest, std::size_t, error_code&)
    {
        key_ += rest;
        stack_.push_key(rest);
        auto& level = levels_.back();
        level.key = key_;
        key_.clear();
        look_for_nul(level.key);
        if (!level.keys.insert(level.key).second)
            refuse("field_twice");
        return true;
    }
    bool on_string_part(string_view part, std::size_t, error_code&)
    {
        look_for_nul(part);
        stack_.push_chars(part);
        return true;
    }
    bool on_string(string_view rest, std::size_t, error_code&)
    {
        look_for_nul(rest);
        stack_.push_string(rest);
        return next();
    }
    bool on_number_part(string_view part, error_code&)
    {
        number_ += part;
        return true;
    }
    bool on_int64(std::int64_t number, string_view, error_code&)
    {
        number_.clear();
        stack_.push_int64(number);
        return next();
    }
    bool on_uint64(std::uint64_t number, string_view, error_code&)
    {
        number_.clear();
        stack_.push_uint64(number);
        return next();
    }
    /// Boost 1.81 is a last bit off now and then; the text is read again exactly.
    bool on_double(double number, string_view rest, error_code&)
    {
        number_ += rest;
        double exact = 0;
        if (std::from_chars(number_.data(), number_.data() + number_.size(), exact).ec ==
            std::errc{})
            number = exact;
        number_.clear();
        if (!std::isfinite(number))
            refuse("number_infinite");
        stack_.push_double(number);
        return next();
    }
    bool on_bool(bool value, error_code&)
    {
        stack_.push_bool(value);
        return next();
    }
    bool on_null(error_code&)
    {
        stack_.push_null();
        return next();
    }
    static bool on_comment_part(string_view, error_code&) { return true; }
    static bool on_comment(string_view, error_code&) { return true; }

private:
    struct Level {
        bool is_object{};
        std::size_t index{};
        std::string key;
        std::set<std::string> keys;
    };

    bool enter(bool is_object)
    {
        levels_.emplace_back().is_object = is_object;
        return true;
    }
    bool leave()
    {
        levels_.pop_back();
        return next();
    }
    bool next()
    {
        if (!levels_.empty())
            ++levels_.back().index;
        return true;
    }
    void look_for_nul(std::string_view text)
    {
        if (text.find('\0') != std::string_view::npos)
            refuse("text_has_nul");
    }
    void refuse(std::string code)
    {
        if (refusals.size() < max_reported_refusals)
            refusals.push_back({std::move(code), path(), {}});
    }
    [[nodiscard]] std::string path() const
    {
        std::string text;
        for (const auto& level : levels_) {
            if (!level.is_object)
                text += fmt::format("[{}]", level.index);
            else if (text.empty())
                text = level.key;
            else
                text += "." + level.key;
        }
        return text;
    }

    json::value_stack stack_;
    std::vector<Level> levels_;
    std::string key_;
    std::string number_;
};

std::unexpected<Denied> malformed(std::string_view body, std::size_t place, const error_code& error)
{
    if (error == json::error::too_deep)
        return deny(
            Denial::invalid,
            "json_too_deep",
            "",
            {{"max", std::to_string(max_json_depth)}}
        );
    if (!is_valid_utf8(body))
        return deny(Denial::invalid, "json_not_utf8");
    const auto before = body.substr(0, place);
    const auto line = 1 + std::ranges::count(before, '\n');
    const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0: the first line
    const auto column = 1 + count_code_points(before.substr(line_start));
    return deny(
        Denial::invalid,
        "json_malformed",
        "",
        {{"line", std::to_string(line)}, {"column", std::to_string(column)}}
    );
}

}  // namespace

Result<json::value> parse_body(std::string_view body)
{
    if (trim(body).empty())
        return deny(Denial::invalid, "body_missing");
    json::parse_options options;
    options.max_depth = max_json_depth;
    json::basic_parser<BodyHandler> parser{options};
    error_code error;
    const auto parsed = parser.write_some(false, body.data(), body.size(), error);
    if (error || parsed < body.size())
        return malformed(body, parsed, error);
    if (!parser.handler().refusals.empty())
        return std::unexpected{Denied{Denial::invalid, std::move(parser.handler().refusals)}};
    return parser.handler().release();
}

}  // namespace redress::http
