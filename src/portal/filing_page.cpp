#include "portal/filing_page.hpp"

#include "cases/lifecycle.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace redress::portal {
namespace {

/// In the order in which people would say them.
constexpr auto moods = std::to_array<std::string_view>({"calm", "upset", "angry", "furious"});
constexpr auto kinds =
    std::to_array<std::string_view>({"complaint", "question", "suggestion", "praise"});

/// One form while it is written.
class Form {
public:
    Form(Html& out, const FilingView& view, Lang lang) : out_{out}, view_{view}, lang_{lang} {}

    void write()
    {
        const auto form = out_.open(
            "form",
            {{"method", "post"},
             {"action", Address{"/"}},
             {"enctype", "multipart/form-data"},
             {"id", "form"},
             {"novalidate", !view_.refusals.empty()}}
        );
        write_seal(out_, view_.seal, lang_);
        write_prose({"what", "portal.what.label", "portal.what.hint"}, view_.complaint.what, "6");
        write_contact();
        write_prose(
            {"remedy", "portal.remedy.label", "portal.remedy.hint", {}, true},
            view_.complaint.remedy,
            "2"
        );
        write_choice("mood", "portal.mood", moods, view_.complaint.mood);
        write_files(out_, view_.refusals, lang_);
        write_more();
        out_.element("button", {{"type", "submit"}}, say(lang_, "portal.submit"));
        out_.element("p", {{"class", "hint"}}, say(lang_, "portal.submit.hint"));
    }

private:
    void write_prose(const FieldView& field, const std::string& text, std::string_view rows)
    {
        write_field(
            out_,
            field,
            view_.refusals,
            lang_,
            [&](const std::string& described, bool is_wrong) {
                const auto area = out_.open(
                    "textarea",
                    {{"id", field.name},
                     {"name", field.name},
                     {"rows", rows},
                     {"dir", "auto"},
                     {"required", !field.is_optional},
                     {"aria-invalid", is_wrong ? "true" : "false"},
                     {"aria-describedby", described}}
                );
                // A browser drops the first line break of a textarea.
                out_.text("\n" + text);
            }
        );
    }

    void write_line(const FieldView& field, const std::string& text, std::string_view filled_in_by)
    {
        write_field(
            out_,
            field,
            view_.refusals,
            lang_,
            [&](const std::string& described, bool is_wrong) {
                out_.empty(
                    "input",
                    {{"type", "text"},
                     {"id", field.name},
                     {"name", field.name},
                     {"value", text},
                     {"maxlength", std::to_string(max_line)},
                     {"dir", "auto"},
                     {"autocomplete", filled_in_by},
                     {"aria-invalid", is_wrong ? "true" : "false"},
                     {"aria-describedby", described}}
                );
            }
        );
    }

    void write_contact()
    {
        write_line(
            {"contact", "portal.contact.label", "portal.contact.hint"},
            view_.complaint.contact,
            "on"
        );
        const auto label = out_.open("label", {{"class", "tick"}});
        out_.empty(
            "input",
            {{"type", "checkbox"},
             {"name", "anonymous"},
             {"value", "1"},
             {"checked", view_.complaint.is_anonymous}}
        );
        out_.element("span", say(lang_, "portal.anonymous"));
    }

    [[nodiscard]] std::string label_of(std::string_view field, std::string_view value) const
    {
        for (const auto& [choice, text] : cases::lifecycle().find_field(field)->choices)
            if (choice == value)
                return text.in(lang_);
        return std::string{value};
    }

    void write_choice(
        std::string_view name,
        std::string_view legend,
        std::span<const std::string_view> values,
        std::string_view chosen
    )
    {
        const auto set = out_.open("fieldset");
        {
            const auto heading = out_.open("legend");
            out_.text(say(lang_, legend));
            if (chosen.empty() || name == "mood") {
                out_.text(" ");
                out_.element("small", say(lang_, "portal.optional"));
            }
        }
        std::vector<Option> options;
        for (const auto value : values)
            options.push_back({std::string{value}, label_of(name, value)});
        write_options(out_, name, options, chosen);
    }

    void write_more()
    {
        const auto& complaint = view_.complaint;
        const bool is_used = !complaint.name.empty() || complaint.kind != "complaint";
        const auto more = out_.open("details", {{"open", is_used}});
        out_.element("summary", say(lang_, "portal.more"));
        write_line(
            {"name", "portal.name.label", "portal.name.hint", {}, true},
            complaint.name,
            "name"
        );
        write_choice("kind", "portal.kind", kinds, complaint.kind);
    }

    Html& out_;
    const FilingView& view_;
    Lang lang_;
};

}  // namespace

http::Response filing_page(const Frame& frame, int status, const FilingView& view)
{
    const auto lang = frame.visitor.lang;
    return page(frame, status, [&](Html& out) {
        out.element("h1", say(lang, "portal.file.title"));
        if (view.refusals.empty())
            out.element("p", {{"class", "lead"}}, say(lang, "portal.file.lead"));
        auto refusals = view.refusals;
        const bool names_files =
            std::ranges::any_of(refusals, [](const Refusal& one) { return one.field == "files"; });
        if (view.had_files && !names_files)
            refusals.push_back({"portal_files_again", "files", {}});
        write_summary(out, refusals, lang);
        Form{out, view, lang}.write();
    });
}

http::Response
lost_page(const Frame& frame, int status, std::string_view key, std::string_view review_contact)
{
    const auto lang = frame.visitor.lang;
    return page(frame, status, [&](Html& out) {
        out.element("h1", frame.title);
        out.element("p", {{"class", "lead"}}, say(lang, key));
        const auto contact = std::string{review_contact};
        const auto box = out.open("section", {{"class", "card"}});
        out.element(
            "p",
            {{"dir", "auto"}},
            contact.empty() ? say(lang, "portal.lost.ask")
                            : say(lang, "portal.lost.ask_them", {{"contact", contact}})
        );
        out.element("p", say(lang, "portal.lost.why"));
    });
}

}  // namespace redress::portal
