#include "portal/tracking_page.hpp"

#include "portal/when.hpp"

#include <algorithm>

namespace redress::portal {
namespace {

/// The page of one case while it is written.
class Page {
public:
    Page(Html& out, const Frame& frame, const TrackingView& view)
        : out_{out}, frame_{frame}, view_{view}, shown_{view.tracked}, lang_{frame.visitor.lang}
    {}

    void write()
    {
        write_news();
        write_status();
        write_proposal();
        if (shown_.choices.may_rate || shown_.choices.may_object)
            write_rating();
        write_talk();
    }

private:
    [[nodiscard]] std::string told_at(Instant at) const
    {
        return told(at, view_.now, view_.zone, lang_);
    }
    [[nodiscard]] std::string owner() const
    {
        return shown_.owner.empty() ? say(lang_, "portal.owner") : shown_.owner;
    }

    void write_news()
    {
        const auto& news = frame_.visitor.news;
        if (!view_.refusals.empty())
            return write_summary(out_, view_.refusals, lang_);
        has_news_ = has_text(lang_, "portal.news." + news);
        if (!has_news_)
            return;
        const auto box = out_.open("section", {{"class", "news"}, {"role", "status"}});
        out_.element("h1", say(lang_, "portal.news." + news, {{"owner", owner()}}));
        if (news == "filed")
            write_link();
    }

    void write_link()
    {
        out_.element("p", say(lang_, "portal.link.label"));
        out_.element(
            "a",
            {{"class", "link"}, {"href", Address{view_.path}}},
            frame_.visitor.origin + view_.path
        );
        out_.element("p", {{"class", "hint"}}, say(lang_, "portal.link.hint"));
    }

    [[nodiscard]] std::string state_key() const
    {
        if (shown_.state == cases::State::archived)
            return "portal.state.closed";
        return "portal.state." + std::string{name_of(shown_.state)};
    }

    void write_status()
    {
        const auto box = out_.open("section", {{"class", "card"}});
        const auto state = say(lang_, state_key(), {{"owner", owner()}});
        if (has_news_)
            out_.element("h2", state);
        else
            out_.element("h1", state);
        const auto facts = out_.open("dl");
        write_fact("portal.fact.reference", shown_.ref_no);
        write_fact("portal.fact.owner", owner());
        if (shown_.next_news)
            write_next(*shown_.next_news);
        write_fact("portal.fact.received", told_at(shown_.received_at));
    }

    void write_fact(std::string_view label, std::string_view text)
    {
        const auto row = out_.open("div");
        out_.element("dt", say(lang_, label));
        const auto value = out_.open("dd");
        out_.element("bdi", text);
    }

    /// A time that has passed is said to have passed.
    void write_next(Instant next)
    {
        if (next >= view_.now)
            return write_fact("portal.fact.next", told_at(next));
        write_fact("portal.fact.late", say(lang_, "portal.late", {{"time", told_at(next)}}));
    }

    void write_proposal()
    {
        const auto& choices = shown_.choices;
        if (!choices.may_accept)
            return;
        const auto box = out_.open("section", {{"class", "card offer"}});
        out_.element("h2", say(lang_, "portal.proposal"));
        for (const auto& paragraph : shown_.proposal)
            write_words(out_, paragraph);
        if (shown_.proposal.empty())
            out_.element("p", say(lang_, "portal.proposal.below"));
        {
            const auto accept = open_details("accept", "portal.accept");
            const auto form = open_form("accept");
            out_.element("p", say(lang_, "portal.accept.sure"));
            out_.element("button", {{"type", "submit"}}, say(lang_, "portal.accept.yes"));
        }
        if (!choices.may_counter && !choices.may_escalate)
            return;
        const auto counter = open_details("counter", "portal.counter");
        const auto form = open_form("counter");
        write_text(
            choices.may_counter ? "portal.counter.label" : "portal.escalate.label",
            "counter",
            true
        );
        out_.element("button", {{"type", "submit"}}, say(lang_, "portal.counter.send"));
    }

    Html::Element open_details(std::string_view act, std::string_view summary)
    {
        auto details = out_.open("details", {{"open", view_.refused_act == act}});
        out_.element("summary", say(lang_, summary));
        return details;
    }

    Html::Element open_form(std::string_view act)
    {
        auto form = out_.open(
            "form",
            {{"method", "post"},
             {"action", Address{view_.path}},
             {"enctype", "multipart/form-data"},
             {"id", act}}
        );
        out_.empty("input", {{"type", "hidden"}, {"name", "act"}, {"value", act}});
        write_seal(out_, view_.seal, lang_);
        return form;
    }

    /// Only the form that was sent shows what was wrong with it.
    [[nodiscard]] std::vector<Refusal> refusals_of(std::string_view act) const
    {
        return view_.refused_act == act ? view_.refusals : std::vector<Refusal>{};
    }

    void write_text(std::string_view label, std::string_view act, bool is_required)
    {
        const auto refusals = refusals_of(act);
        // One page has several of these; the refused one owns the name that the summary leads to.
        const bool is_refused = view_.refused_act == act;
        const auto id = is_refused || (view_.refused_act.empty() && act == "write")
                            ? std::string{"text"}
                            : "text-" + std::string{act};
        write_field(
            out_,
            {id, label, {}, {{"owner", owner()}}, !is_required},
            refusals,
            lang_,
            [&](const std::string& described, bool is_wrong) {
                const auto area = out_.open(
                    "textarea",
                    {{"id", id},
                     {"name", "text"},
                     {"rows", "4"},
                     {"dir", "auto"},
                     {"aria-invalid", is_wrong ? "true" : "false"},
                     {"aria-describedby", described}}
                );
                out_.text("\n");
                if (is_refused)
                    out_.text(view_.typed);
            }
        );
    }

    void write_rating()
    {
        const auto box = out_.open("section", {{"class", "card"}});
        out_.element("h2", say(lang_, "portal.rate"));
        if (shown_.process_rating != 0 && shown_.outcome_rating != 0)
            out_.element(
                "p",
                say(lang_,
                    "portal.rated",
                    {{"process", std::to_string(shown_.process_rating)},
                     {"outcome", std::to_string(shown_.outcome_rating)}})
            );
        const auto form = open_form("rate");
        write_scale("process");
        write_scale("outcome");
        write_text("portal.rate.comment", "rate", false);
        if (shown_.choices.may_object || shown_.choices.may_reopen) {
            const auto label = out_.open("label", {{"class", "tick"}});
            out_.empty("input", {{"type", "checkbox"}, {"name", "again"}, {"value", "1"}});
            out_.element("span", say(lang_, "portal.rate.again", {{"owner", owner()}}));
        }
        out_.element("button", {{"type", "submit"}}, say(lang_, "portal.rate.send"));
    }

    void write_scale(std::string_view name)
    {
        const auto refusals = refusals_of("rate");
        const auto wrong = std::ranges::find(refusals, name, &Refusal::field);
        const auto set = out_.open("fieldset", {{"id", name}});
        out_.element("legend", say(lang_, "portal.rate." + std::string{name}));
        if (wrong != refusals.end())
            out_.element("p", {{"class", "error"}}, say(lang_, *wrong));
        std::vector<Option> options;
        for (const char* value : {"1", "2", "3", "4", "5"})
            options.push_back({value, say(lang_, "portal.scale." + std::string{value})});
        write_options(out_, name, options, "");
    }

    void write_talk()
    {
        const auto box = out_.open("section", {{"class", "talk"}});
        out_.element("h2", say(lang_, "portal.talk"));
        if (shown_.choices.may_write)
            write_message_form();
        {
            const auto list = out_.open("ol", {{"class", "tale"}});
            for (const auto& entry : view_.entries)
                write_entry(entry);
        }
        if (view_.earlier)
            out_.element(
                "a",
                {{"class", "more"},
                 {"href", Address{view_.path + "?before=" + std::to_string(*view_.earlier)}},
                 {"rel", "nofollow"}},
                say(lang_, "portal.earlier")
            );
    }

    void write_message_form()
    {
        const bool is_asked = shown_.choices.may_answer;
        const auto label = is_asked ? "portal.answer.label" : "portal.write.label";
        const auto details = out_.open(
            "details",
            {{"class", "write"}, {"open", is_asked || view_.refused_act == "write"}}
        );
        out_.element("summary", say(lang_, label, {{"owner", owner()}}));
        const auto form = open_form("write");
        write_text("portal.text.label", "write", true);
        write_files(out_, refusals_of("write"), lang_);
        out_.element("button", {{"type", "submit"}}, say(lang_, "portal.write.send"));
    }

    [[nodiscard]] std::string speaker_of(const Entry& entry) const
    {
        if (entry.voice == Voice::customer)
            return say(lang_, "portal.you");
        return entry.author.empty() ? owner() : entry.author;
    }

    void write_entry(const Entry& entry)
    {
        const bool is_theirs = entry.voice == Voice::customer;
        const auto item = out_.open("li", {{"class", is_theirs ? "yours" : "ours"}});
        {
            const auto head = out_.open("p", {{"class", "who"}});
            out_.element("bdi", speaker_of(entry));
            out_.text(" · " + told_at(entry.at));
        }
        const auto heading = "portal.told." + entry.kind;
        const auto until = entry.until ? told_at(*entry.until) : std::string{};
        if (has_text(lang_, heading))
            out_.element("p", {{"class", "what"}}, say(lang_, heading, {{"until", until}}));
        if (!entry.text.empty())
            write_words(out_, entry.text);
        if (!entry.questions.empty()) {
            const auto list = out_.open("ol");
            for (const auto& question : entry.questions)
                out_.element("li", {{"dir", "auto"}}, question);
        }
        write_attachments(entry);
    }

    void write_attachments(const Entry& entry)
    {
        for (const auto& id : entry.attachments) {
            const auto found = std::ranges::find(view_.attachments, id, &messages::Attachment::id);
            if (found == view_.attachments.end())
                continue;
            const auto link =
                out_.open("a", {{"class", "file"}, {"href", Address{view_.path + "/files/" + id}}});
            out_.element("bdi", found->file_name);
        }
    }

    Html& out_;
    const Frame& frame_;
    const TrackingView& view_;
    const Tracked& shown_;
    Lang lang_;
    bool has_news_{};
};

}  // namespace

http::Response tracking_page(const Frame& frame, int status, const TrackingView& view)
{
    return page(frame, status, [&](Html& out) { Page{out, frame, view}.write(); });
}

}  // namespace redress::portal
