#include "messages/rules_template.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace redress::messages {
namespace {

constexpr std::size_t max_code_bytes = 60;
constexpr std::string_view deadline_prefix = "deadline.";
constexpr std::string_view deadline_suffix = ".due";

constexpr std::array<std::string_view, 21> variables{
    "case.decision_plain",
    "case.decision_reasons",
    "case.description",
    "case.findings_plain",
    "case.investigation_plain",
    "case.prevention_plain",
    "case.product",
    "case.received_at",
    "case.ref_no",
    "case.remedy_asked",
    "case.remedy_plain",
    "case.subject",
    "customer.name",
    "org.external_body",
    "org.name",
    "org.review_contact",
    "org.status_url",
    "owner.contact",
    "owner.display_name",
    "owner.manager",
    "promise.due",
};
static_assert(std::ranges::is_sorted(variables));

bool is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_name(std::string_view name)
{
    return std::ranges::all_of(split(name, '.'), [](std::string_view word) {
        return !word.empty() && std::ranges::all_of(word, is_word_character);
    });
}

/// Reads a body from left to right.
class Reader {
public:
    explicit Reader(std::string_view body) : body_{body} {}

    Result<std::vector<Piece>> read()
    {
        while (at_ < body_.size()) {
            const auto brace = body_.find_first_of("{}", at_);
            text_ += body_.substr(at_, brace - at_);
            if (brace == std::string_view::npos)
                break;
            at_ = brace;
            if (!take_doubled() && !take_variable())
                return deny(
                    Denial::invalid,
                    "template_brace",
                    "body",
                    {{"line", std::to_string(line())}}
                );
        }
        flush();
        return std::move(pieces_);
    }

private:
    bool take_doubled()
    {
        if (at_ + 1 >= body_.size() || body_[at_ + 1] != body_[at_])
            return false;
        text_ += body_[at_];
        at_ += 2;
        return true;
    }

    bool take_variable()
    {
        if (body_[at_] == '}')
            return false;
        const auto end = body_.find_first_of("{}", at_ + 1);
        if (end == std::string_view::npos || body_[end] != '}')
            return false;
        const auto inside = body_.substr(at_ + 1, end - at_ - 1);
        const auto bar = inside.find('|');
        const auto name = trim(inside.substr(0, bar));
        if (!is_name(name))
            return false;
        flush();
        const auto otherwise =
            bar == std::string_view::npos ? std::string_view{} : inside.substr(bar + 1);
        pieces_.push_back({std::string{otherwise}, std::string{name}});
        at_ = end + 1;
        return true;
    }

    void flush()
    {
        if (!text_.empty())
            pieces_.push_back({std::move(text_), {}});
        text_.clear();
    }

    [[nodiscard]] std::ptrdiff_t line() const
    {
        return 1 + std::ranges::count(body_.substr(0, at_), '\n');
    }

    std::string_view body_;
    std::size_t at_{};
    std::string text_;
    std::vector<Piece> pieces_;
};

/// The variables of the pieces, ascending; refused when there are too many.
std::vector<std::string>
variables_of(const std::vector<Piece>& pieces, std::vector<Refusal>& refusals)
{
    std::set<std::string> names;
    for (const auto& piece : pieces)
        if (!piece.variable.empty())
            names.insert(piece.variable);
    if (names.size() > max_variables)
        refusals.push_back(
            {"template_variables_too_many", "body", {{"max", std::to_string(max_variables)}}}
        );
    for (const auto& name : names)
        if (!is_known_variable(name))
            refusals.push_back({"template_variable_unknown", "body", {{"name", name}}});
    return {names.begin(), names.end()};
}

bool is_code(std::string_view code)
{
    return !code.empty() && code.size() <= max_code_bytes &&
           std::ranges::all_of(code, is_word_character);
}

void check_length(
    const std::string& text,
    const char* field,
    std::size_t max,
    std::vector<Refusal>& refusals
)
{
    if (trim(text).empty())
        refusals.push_back({"template_text_missing", field, {}});
    if (count_code_points(text) > max)
        refusals.push_back({"text_too_long", field, {{"max", std::to_string(max)}}});
}

}  // namespace

Result<std::vector<Piece>> parse_template(std::string_view body)
{
    return Reader{body}.read();
}

std::span<const std::string_view> known_variables()
{
    return variables;
}

bool is_known_variable(std::string_view name)
{
    if (std::ranges::binary_search(variables, name))
        return true;
    if (!name.starts_with(deadline_prefix) || !name.ends_with(deadline_suffix))
        return false;
    return name.size() > deadline_prefix.size() + deadline_suffix.size() &&
           split(name, '.').size() == 3 && is_name(name);
}

Result<std::string> render(std::string_view body, const Facts& facts)
{
    const auto pieces = parse_template(body);
    if (!pieces)
        return std::unexpected{pieces.error()};
    std::string text;
    std::vector<Refusal> refusals;
    for (const auto& piece : *pieces) {
        const auto fact = facts.find(piece.variable);
        const bool has_value = fact != facts.end() && !fact->second.empty();
        const bool is_variable = !piece.variable.empty();
        if (is_variable && !has_value && !is_known_variable(piece.variable))
            refusals.push_back({"template_variable_unknown", "body", {{"name", piece.variable}}});
        else if (is_variable && !has_value && piece.text.empty())
            refusals.push_back({"template_value_missing", "body", {{"name", piece.variable}}});
        else
            text += is_variable && has_value ? fact->second : piece.text;
        if (text.size() > max_rendered_bytes)
            return deny(Denial::invalid, "template_result_too_long", "body");
    }
    if (!refusals.empty())
        return std::unexpected{Denied{Denial::conflict, std::move(refusals)}};
    return text;
}

Result<Template> checked(const TemplateDraft& draft)
{
    std::vector<Refusal> refusals;
    if (!is_code(draft.code))
        refusals.push_back({"template_code", "code", {{"max", std::to_string(max_code_bytes)}}});
    if (draft.language != "zh" && draft.language != "en")
        refusals.push_back({"template_language", "language", {}});
    check_length(draft.title, "title", max_title_code_points, refusals);
    check_length(draft.body, "body", max_body_code_points, refusals);
    Template result;
    if (const auto pieces = parse_template(draft.body))
        result.variables = variables_of(*pieces, refusals);
    else
        refusals.push_back(pieces.error().refusals.front());
    if (!refusals.empty())
        return std::unexpected{Denied{Denial::invalid, std::move(refusals)}};
    result.code = draft.code;
    result.language = draft.language;
    result.title = trim(to_valid_utf8(draft.title));
    result.body = to_valid_utf8(draft.body);
    result.use = draft.use;
    result.is_active = draft.is_active;
    return result;
}

}  // namespace redress::messages
