#include "base/text.hpp"
#include "cases/rules_draft.hpp"

#include <algorithm>
#include <re2/re2.h>

namespace redress::cases {
namespace {

std::string_view use_name(policy::LetterUse use)
{
    using enum policy::LetterUse;
    switch (use) {
        case ack:
            return "ack";
        case first_reply:
            return "first_reply";
        case decision:
            return "decision";
        case holding:
            return "holding";
        case extension:
            return "extension";
        case summary:
            return "summary";
        case decline:
            return "decline";
        case pause:
            return "pause";
        case forward:
            return "forward";
        case settlement:
            return "settlement";
        case promise_missed:
            return "promise_missed";
        case progress:
            return "progress";
    }
    return "";
}

bool is_called(const policy::Letter& letter, std::string_view id_or_use)
{
    return letter.id == id_or_use || use_name(letter.use) == id_or_use;
}

bool has_deadline(const Draft& draft, std::string_view id)
{
    return std::ranges::any_of(draft.current.clocks, [&](const auto& clock) {
        return clock.key.id == id;
    });
}

/// The recorded field that a path of a pack means.
std::string_view fact_behind(std::string_view path)
{
    static const std::map<std::string_view, std::string_view> facts{
        {"case.restated", ""},
        {"decision.reasons", "decision_reasons"},
        {"decision.plain", "decision_plain"},
        {"decision.remedy", "remedy_plain"},
        {"decision.legal_basis", "legal_basis"},
        {"appraisal.body", "appraiser"},
        {"appraisal.expected", "appraisal_expected"}};
    if (const auto found = facts.find(path); found != facts.end())
        return found->second;
    return path.starts_with("case.") ? path.substr(5) : std::string_view{};
}

bool is_resolved(const Draft& draft, std::string_view path)
{
    if (path == "case.ref_no" || path == "case.received_at" || path.starts_with("owner."))
        return true;
    if (path.starts_with("deadline."))
        return has_deadline(draft, path.substr(9, path.rfind('.') - 9));
    if (path == "promise.due")
        return next_promise_due(draft.current).has_value();
    if (path.starts_with("org."))
        return is_truthy(draft.context.organisation.if_contains(path.substr(4)));
    const auto fact = fact_behind(path);
    return !fact.empty() && is_truthy(known(draft, fact));
}

bool is_given(const Draft& draft, std::string_view element)
{
    const auto* fields = input(draft, "letter_fields");
    const auto* object = fields == nullptr ? nullptr : fields->if_object();
    return object != nullptr && !trim(string_at(*object, element)).empty();
}

bool is_enclosed(const Draft& draft, std::string_view element)
{
    const auto* list = input(draft, "attached_elements");
    const auto* array = list == nullptr ? nullptr : list->if_array();
    return array != nullptr && std::ranges::any_of(*array, [&](const json::value& one) {
               return one == json::string_view{element};
           });
}

bool is_contained(const Draft& draft, const policy::Element& element)
{
    using enum policy::ElementKind;
    if (!policy::holds(element.when, facts_for_when(draft.current, {})))
        return true;
    switch (element.kind) {
        case field:
            return is_given(draft, element.id) || is_resolved(draft, element.field);
        case attachment:
            return is_enclosed(draft, element.id);
        case choice:
            return is_given(draft, element.id) || !element.text.en.empty();
        case statement:
        case verbatim:
        case lint:
            return true;
    }
    return false;
}

Text title_of(const policy::Element& element)
{
    return element.text.en.empty() ? Text{element.id, element.id} : element.text;
}

/// The words a pack does not want to read, in either language.
std::string found_lint(const policy::Element& element, std::string_view text)
{
    for (const auto& pattern : {element.text.en, element.text.zh}) {
        std::string hit;
        if (!pattern.empty() && RE2::PartialMatch(text, "(?i)(" + pattern + ")", &hit))
            return hit;
    }
    return {};
}

bool is_never_obligatory(std::string_view letter)
{
    return letter == "acknowledgement" || letter == "appraisal_pause_notice" ||
           letter == "decision" || letter == "extension_notice";
}

}  // namespace

std::pair<const policy::Pack*, const policy::Letter*>
find_letter(const Draft& draft, std::string_view id)
{
    for (const auto* pack : draft.packs)
        if (const auto* letter = pack->letter(id))
            return {pack, letter};
    return {nullptr, nullptr};
}

std::vector<Refusal>
check_letter(const Draft& draft, const policy::Pack& pack, const policy::Letter& letter)
{
    std::vector<Refusal> refusals;
    const auto miss = [&](const std::string& id) {
        const auto* element = pack.element(id);
        if (element == nullptr || !is_contained(draft, *element))
            refusals.push_back(refusal(
                "letter_element",
                "letter_fields." + id,
                {{"element", element == nullptr ? id : "letter_element." + id},
                 {"letter", both(letter.title)}}
            ));
    };
    std::ranges::for_each(letter.must_contain, miss);
    std::ranges::for_each(letter.must_attach, [&](const std::string& id) {
        if (!is_enclosed(draft, id))
            refusals.push_back(refusal(
                "letter_enclosure",
                "attached_elements",
                {{"element", "letter_element." + id}, {"letter", both(letter.title)}}
            ));
    });
    for (const auto& id : letter.must_not_contain)
        if (const auto* element = pack.element(id))
            if (const auto words = found_lint(*element, input_text(draft, "text")); !words.empty())
                refusals.push_back(refusal(
                    "letter_lint",
                    "text",
                    {{"words", words}, {"rule", both(title_of(*element))}}
                ));
    return refusals;
}

std::vector<LetterPart>
letter_parts(const Case& current, std::string_view letter, const Context& context)
{
    const Command nothing_yet{"send_letter", {}, {}, std::nullopt};
    const Draft draft{
        current,
        nothing_yet,
        context,
        *context.lifecycle.find(nothing_yet.verb),
        {},
        context.now,
        packs_of(current, context.policies)};
    const auto [pack, found] = find_letter(draft, letter);
    std::vector<LetterPart> parts;
    if (found == nullptr)
        return parts;
    const auto facts = facts_for_when(current, {});
    for (const auto& id : found->must_contain) {
        const auto* element = pack->element(id);
        if (element == nullptr)
            parts.push_back({.element = id});
        else if (policy::holds(element->when, facts))
            parts.push_back(
                {id,
                 element->text,
                 element->kind == policy::ElementKind::attachment,
                 is_contained(draft, *element)}
            );
    }
    for (const auto& id : found->must_attach)
        parts.push_back({id, {}, true, false});
    return parts;
}

std::vector<Letter> letters_covered(const Draft& draft)
{
    const auto* main = find_letter(draft, input_text(draft, "letter")).second;
    std::vector<Letter> covered;
    for (const auto* pack : draft.packs)
        for (const auto& letter : pack->letters) {
            const bool is_main = letter.id == main->id;
            if (is_main || (letter.use == main->use && check_letter(draft, *pack, letter).empty()))
                covered.push_back({letter.id, std::string{use_name(letter.use)}, pack->id, draft.at}
                );
        }
    return covered;
}

bool is_letter_sent(const Draft& draft, std::string_view id_or_use)
{
    bool is_known = false;
    for (const auto* pack : draft.packs) {
        const bool has_one = std::ranges::any_of(pack->letters, [&](const auto& letter) {
            return is_called(letter, id_or_use);
        });
        const bool was_sent = std::ranges::any_of(draft.current.letters, [&](const Letter& sent) {
            return sent.pack == pack->id && (sent.id == id_or_use || sent.use == id_or_use);
        });
        if (has_one && !was_sent)
            return false;
        is_known = is_known || has_one;
    }
    return is_known || is_never_obligatory(id_or_use);
}

}  // namespace redress::cases
