#include "cases/store.hpp"
#include "db/fault.hpp"
#include "portal/acts.hpp"
#include "portal/complaint.hpp"
#include "portal/desk.hpp"
#include "portal/filing_page.hpp"
#include "portal/store.hpp"
#include "portal/tracking_page.hpp"

#include <algorithm>
#include <charconv>
#include <spdlog/spdlog.h>

namespace redress::portal {
namespace {

/// What one page shows of the conversation: so many, or fewer when they are long.
constexpr std::size_t most_entries = 12;
constexpr std::size_t most_entry_bytes = 3'000;
/// How far back a file may have been sent.
constexpr std::int64_t most_searched = 1'000;
constexpr std::int64_t from_the_end = std::numeric_limits<std::int64_t>::max();
/// Cases are merged into others a few times at most.
constexpr int most_mergers = 8;

/// The case that a secret link leads to, by way of what it was merged into.
std::optional<cases::Case> find_linked(db::Tx& tx, std::string_view token)
{
    const auto id = find_link(tx, hash_of_link(token));
    if (!id)
        return std::nullopt;
    auto value = cases::find_case(tx, *id);
    for (int i = 0; i < most_mergers && value && value->merged_into; ++i)
        value = cases::find_case(tx, value->merged_into);
    return value;
}

std::int64_t version_asked(const http::Request& request)
{
    const auto text = asked(request, "before");
    std::int64_t version = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
    const bool is_one = error == std::errc{} && end == text.data() + text.size() && version > 0;
    return is_one ? version : from_the_end;
}

/// One request about the case behind a secret link.
class Visit {
public:
    Visit(Desk& desk, const http::Call& call)
        : desk_{desk},
          call_{call},
          visitor_{desk.visitor(call)},
          token_{call.param("token")},
          path_{"/c/" + token_}
    {}

    http::Response show()
    {
        if (const auto refusals = desk_.check_rate(Desk::Doing::look, visitor_); !refusals.empty())
            return turned_away(429, refusals.front());
        if (!find())
            return lost();
        auto response = answer({}, "", "");
        if (!visitor_.news.empty())
            desk_.announce(response, visitor_, path_, "");
        return response;
    }

    http::Response send()
    {
        if (!find())
            return lost();
        const auto& request = call_.request;
        const auto form = http::read_form(request.header("content-type"), request.body);
        if (!form)
            return answer(form.error().refusals, "", "");
        const auto opened = desk_.open(call_, *form, token_);
        if (!opened.refusals.empty())
            return answer(opened.refusals, form->field("act"), form->field("text"));
        if (const auto files = check_files(*form, request.is_cut); !files.empty())
            return answer(files, form->field("act"), form->field("text"));
        const auto act = act_of(*form, *value_, context(), visitor_.lang);
        if (!act)
            return answer(act.error().refusals, form->field("act"), form->field("text"));
        return carry_out(*act, *form, *opened.form);
    }

    http::Response download()
    {
        if (const auto refusals = desk_.check_rate(Desk::Doing::look, visitor_); !refusals.empty())
            return turned_away(429, refusals.front());
        if (!find())
            return lost();
        const auto attachment = find_shown(call_.param("file"));
        if (!attachment)
            return lost();
        auto bytes = desk_.services.blobs.get(attachment->sha256);
        if (!bytes)
            throw db::Fault{db::FaultKind::corrupt, "blob store: bytes of an attachment are gone"};
        auto response = desk_.services.file_response(*attachment, *std::move(bytes));
        response.set("Referrer-Policy", "no-referrer");
        response.set("X-Robots-Tag", "noindex, nofollow");
        return response;
    }

private:
    [[nodiscard]] cases::Context context() const { return desk_.services.context(desk_.now()); }

    /// Wrong links take the same way as right ones, and soon too much of it.
    bool find()
    {
        value_ = desk_.services.database.read([&](db::Tx& tx) { return find_linked(tx, token_); });
        return value_.has_value();
    }

    http::Response lost()
    {
        const auto refusals = desk_.check_rate(Desk::Doing::guess, visitor_);
        if (!refusals.empty())
            return turned_away(429, refusals.front());
        auto frame = desk_.frame(visitor_, say(visitor_.lang, "portal.gone.title"), "/lost");
        frame.is_private = true;
        return lost_page(frame, 404, "portal.gone.lead", desk_.of_house("review_contact"));
    }

    http::Response turned_away(int status, const Refusal& refusal)
    {
        auto frame = desk_.frame(visitor_, say(visitor_.lang, "portal.wrong"), "/lost");
        frame.is_private = true;
        return page(frame, status, [&](Html& out) {
            out.element("h1", frame.title);
            out.element("p", say(visitor_.lang, refusal));
        });
    }

    /// The newest part of the conversation that fits on a page, or an earlier one.
    struct Part {
        std::vector<Entry> entries;
        std::optional<std::int64_t> earlier;
    };
    [[nodiscard]] Part part_before(std::int64_t before) const
    {
        const auto rows = desk_.services.database.read([&](db::Tx& tx) {
            return list_told(tx, value_->id, before, most_entries + 1);
        });
        const auto roster = desk_.services.directory.roster();
        Part part;
        std::size_t bytes = 0;
        for (const auto& row : rows) {
            auto entry = to_entry(row, *roster);
            bytes += entry.text.size();
            const bool is_full = part.entries.size() == most_entries || bytes > most_entry_bytes;
            if (is_full && !part.entries.empty()) {
                part.earlier = part.entries.back().version;
                break;
            }
            part.entries.push_back(std::move(entry));
        }
        return part;
    }

    http::Response
    answer(const std::vector<Refusal>& refusals, std::string_view act, std::string_view typed)
    {
        const auto part = part_before(version_asked(call_.request));
        const auto files = desk_.services.database.read([&](db::Tx& tx) {
            return messages::list_attachments(tx, value_->id);
        });
        const auto now = desk_.now();
        const auto shown = tracked(*value_, context(), *desk_.services.directory.roster());
        const auto zone = policy::Zone::find(desk_.services.policies.organisation().tz);
        auto title = say(visitor_.lang, "portal.track.title", {{"ref_no", shown.ref_no}});
        auto frame = desk_.frame(visitor_, std::move(title), path_);
        frame.is_private = true;
        frame.has_script = shown.choices.may_write;
        auto response = tracking_page(
            frame,
            refusals.empty()                             ? 200
            : refusals.front().code == "portal_too_many" ? 429
                                                         : 422,
            {shown,
             part.entries,
             files,
             refusals,
             act,
             typed,
             path_,
             desk_.seal.form(token_, now),
             part.earlier,
             now,
             *zone}
        );
        desk_.remember_language(response, visitor_);
        return response;
    }

    http::Response carry_out(const Act& act, const http::Form& form, const SealedForm& sealed)
    {
        try {
            const Doing doing{
                value_->id,
                act.commands,
                act.takes_files ? desk_.store(form) : std::vector<messages::NewAttachment>{},
                once_of(sealed, token_, form)};
            const auto receipt = desk_.services.carry_out(doing);
            if (!receipt)
                return answer(receipt.error().refusals, form.field("act"), form.field("text"));
        } catch (const db::Fault& fault) {
            spdlog::error("portal, trace {}: {}", call_.request.trace_id, fault.what());
            const Refusal refusal{"portal_unavailable", "", {}};
            return turned_away(503, refusal);
        }
        auto response = desk_.go_to(visitor_, path_);
        desk_.announce(response, visitor_, path_, act.news);
        return response;
    }

    /// A file that the complainant sent, or that something said to them names: never one of a note.
    [[nodiscard]] std::optional<messages::Attachment> find_shown(const std::string& id) const
    {
        return desk_.services.database.read([&](db::Tx& tx) -> std::optional<messages::Attachment> {
            auto attachment = messages::find_attachment(tx, id);
            if (!attachment || attachment->case_id != value_->id)
                return std::nullopt;
            const staff::Roster nobody;
            for (const auto& row : list_told(tx, value_->id, from_the_end, most_searched)) {
                const auto named = to_entry(row, nobody).attachments;
                if (std::ranges::find(named, id) != named.end())
                    return attachment;
            }
            return std::nullopt;
        });
    }

    Desk& desk_;
    const http::Call& call_;
    const Visitor visitor_;
    const std::string token_;
    const std::string path_;
    std::optional<cases::Case> value_;
};

}  // namespace

http::Response track(Desk& desk, http::Call& call)
{
    return Visit{desk, call}.show();
}

http::Response act(Desk& desk, http::Call& call)
{
    return Visit{desk, call}.send();
}

http::Response download(Desk& desk, http::Call& call)
{
    return Visit{desk, call}.download();
}

}  // namespace redress::portal
