#include "portal/page.hpp"

#include "portal/complaint.hpp"

#include <algorithm>

namespace redress::portal {
namespace {

std::string_view tag_of(Lang lang)
{
    return lang == Lang::zh ? "zh-CN" : "en";
}

void write_head(Html& out, const Frame& frame)
{
    const auto head = out.open("head");
    out.empty("meta", {{"charset", "utf-8"}});
    out.empty("meta", {{"name", "viewport"}, {"content", "width=device-width"}});
    out.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    if (frame.is_private)
        out.empty("meta", {{"name", "robots"}, {"content", "noindex"}});
    out.element("title", frame.title + (frame.house.empty() ? "" : " · " + frame.house));
    out.empty("link", {{"rel", "stylesheet"}, {"href", Address{"/portal/portal.css"}}});
    if (frame.has_script)
        out.element("script", {{"src", Address{"/portal/portal.js"}}, {"defer"}}, "");
}

void write_bar(Html& out, const Frame& frame)
{
    const auto lang = frame.visitor.lang;
    const auto other = lang == Lang::zh ? Lang::en : Lang::zh;
    const auto bar = out.open("header");
    {
        const auto house = frame.house.empty() ? say(lang, "portal.house") : frame.house;
        const auto link = out.open("a", {{"href", Address{"/"}}, {"class", "house"}});
        out.element("bdi", house);
    }
    const auto there = frame.here + "?lang=" + std::string{code_of(other)};
    out.element(
        "a",
        {{"href", Address{there}},
         {"class", "switch"},
         {"lang", tag_of(other)},
         {"hreflang", tag_of(other)},
         {"rel", "nofollow"}},
        say(other, "portal.language")
    );
}

void write_foot(Html& out, const Frame& frame)
{
    const auto foot = out.open("footer");
    if (frame.here != "/lost")
        out.element("a", {{"href", Address{"/lost"}}}, say(frame.visitor.lang, "portal.lost.link"));
    if (frame.here != "/")
        out.element("a", {{"href", Address{"/"}}}, say(frame.visitor.lang, "portal.file.link"));
}

const Refusal* find_refusal(const std::vector<Refusal>& refusals, std::string_view field)
{
    const auto found = std::ranges::find(refusals, field, &Refusal::field);
    return found == refusals.end() ? nullptr : &*found;
}

}  // namespace

http::Response page(const Frame& frame, int status, const std::function<void(Html&)>& content)
{
    const auto lang = frame.visitor.lang;
    Html out;
    out.doctype();
    {
        const auto html = out.open("html", {{"lang", tag_of(lang)}});
        write_head(out, frame);
        const auto body = out.open("body");
        out.element("a", {{"href", Address{"#main"}}, {"class", "skip"}}, say(lang, "portal.skip"));
        write_bar(out, frame);
        {
            const auto main = out.open("main", {{"id", "main"}});
            content(out);
        }
        write_foot(out, frame);
    }
    http::Response response{.status = status, .content_type = "text/html; charset=utf-8"};
    response.body = out.take();
    response.set("Vary", "Accept-Language, Cookie");
    response.set("Cache-Control", "no-store");
    if (frame.is_private) {
        response.set("Referrer-Policy", "no-referrer");
        response.set("X-Robots-Tag", "noindex, nofollow");
    }
    return response;
}

void write_summary(Html& out, const std::vector<Refusal>& refusals, Lang lang)
{
    if (refusals.empty())
        return;
    const auto box = out.open(
        "div",
        {{"class", "wrong"}, {"role", "alert"}, {"id", "wrong"}, {"tabindex", "-1"}, {"autofocus"}}
    );
    out.element("h2", say(lang, "portal.wrong"));
    const auto list = out.open("ul");
    for (const auto& refusal : refusals) {
        const auto item = out.open("li");
        if (refusal.field.empty())
            out.text(say(lang, refusal));
        else
            out.element("a", {{"href", Address{"#" + refusal.field}}}, say(lang, refusal));
    }
}

void write_field(
    Html& out,
    const FieldView& field,
    const std::vector<Refusal>& refusals,
    Lang lang,
    const std::function<void(const std::string& described_by, bool is_wrong)>& control
)
{
    const auto* wrong = find_refusal(refusals, field.name);
    const std::string name{field.name};
    const auto box = out.open("div", {{"class", "field"}});
    {
        const auto label = out.open("label", {{"for", name}});
        out.text(say(lang, field.label, field.params));
        if (field.is_optional) {
            out.text(" ");
            out.element("small", say(lang, "portal.optional"));
        }
    }
    std::string described;
    if (!field.hint.empty()) {
        described = name + "-hint";
        out.element(
            "p",
            {{"class", "hint"}, {"id", described}},
            say(lang, field.hint, field.params)
        );
    }
    if (wrong != nullptr) {
        const auto id = name + "-wrong";
        described = id + (described.empty() ? "" : " " + described);
        out.element("p", {{"class", "error"}, {"id", id}}, say(lang, *wrong));
    }
    control(described, wrong != nullptr);
}

void write_options(
    Html& out,
    std::string_view name,
    const std::vector<Option>& options,
    std::string_view chosen
)
{
    const auto row = out.open("div", {{"class", "options"}});
    for (const auto& option : options) {
        const auto label = out.open("label");
        out.empty(
            "input",
            {{"type", "radio"},
             {"name", name},
             {"value", option.value},
             {"checked", option.value == chosen}}
        );
        out.element("span", option.label);
    }
}

void write_words(Html& out, std::string_view words)
{
    out.element("p", {{"class", "words"}, {"dir", "auto"}}, words);
}

void write_files(Html& out, const std::vector<Refusal>& refusals, Lang lang)
{
    const auto most = std::to_string(max_files);
    const auto megabytes = std::to_string(max_file_bytes >> 20U);
    write_field(
        out,
        {"files",
         "portal.files.label",
         "portal.files.hint",
         {{"most", most}, {"megabytes", megabytes}},
         true},
        refusals,
        lang,
        [&](const std::string& described, bool is_wrong) {
            out.empty(
                "input",
                {{"type", "file"},
                 {"id", "files"},
                 {"name", "files"},
                 {"multiple"},
                 {"data-most", most},
                 {"data-megabytes", megabytes},
                 {"data-too-many", say(lang, "portal.files.too_many", {{"most", most}})},
                 {"data-too-large", say(lang, "portal.files.too_large", {{"most", megabytes}})},
                 {"data-sending", say(lang, "portal.files.sending")},
                 {"aria-describedby", described},
                 {"aria-invalid", is_wrong ? "true" : "false"}}
            );
        }
    );
}

void write_seal(Html& out, std::string_view token, Lang lang)
{
    out.empty("input", {{"type", "hidden"}, {"name", "seal"}, {"value", token}});
    const auto trap = out.open("div", {{"class", "apart"}, {"aria-hidden", "true"}});
    const auto label = out.open("label");
    out.text(say(lang, "portal.trap"));
    out.empty(
        "input",
        {{"type", "text"}, {"name", "website"}, {"tabindex", "-1"}, {"autocomplete", "off"}}
    );
}

}  // namespace redress::portal
