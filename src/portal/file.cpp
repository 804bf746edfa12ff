#include "db/fault.hpp"
#include "portal/desk.hpp"
#include "portal/filing_page.hpp"

#include <spdlog/spdlog.h>

namespace redress::portal {
namespace {

constexpr std::string_view purpose = "file";

int status_of(const std::vector<Refusal>& refusals)
{
    if (refusals.empty())
        return 200;
    return refusals.front().code == "portal_too_many" ? 429 : 422;
}

/// One request about the form at `/`.
class Visit {
public:
    Visit(Desk& desk, const http::Call& call)
        : desk_{desk}, call_{call}, visitor_{desk.visitor(call)}
    {}

    http::Response show()
    {
        return answer(Complaint{}, {}, desk_.seal.form(purpose, desk_.now()), false);
    }

    http::Response send()
    {
        const auto& request = call_.request;
        const auto form = http::read_form(request.header("content-type"), request.body);
        if (!form)
            return answer(Complaint{}, form.error().refusals, fresh_seal(), false);
        const auto complaint = complaint_in(*form);
        auto opened = desk_.open(call_, *form, purpose);
        const auto seal = opened.form ? std::string{form->field("seal")} : fresh_seal();
        auto refusals = std::move(opened.refusals);
        if (refusals.empty()) {
            refusals = check(complaint);
            for (auto& one : check_files(*form, request.is_cut))
                refusals.push_back(std::move(one));
        }
        if (!refusals.empty())
            return answer(complaint, refusals, seal, !form->files.empty());
        return file(complaint, *form, *opened.form);
    }

private:
    [[nodiscard]] std::string fresh_seal() const { return desk_.seal.form(purpose, desk_.now()); }

    http::Response answer(
        const Complaint& complaint,
        const std::vector<Refusal>& refusals,
        std::string seal,
        bool had_files
    )
    {
        auto frame = desk_.frame(visitor_, say(visitor_.lang, "portal.file.title"), "/");
        frame.has_script = true;
        auto response = filing_page(
            frame,
            status_of(refusals),
            {complaint, refusals, std::move(seal), had_files}
        );
        desk_.remember_language(response, visitor_);
        return response;
    }

    http::Response
    file(const Complaint& complaint, const http::Form& form, const SealedForm& sealed)
    {
        const auto link = desk_.seal.link_of(sealed);
        try {
            const Filing filing{
                complaint.what,
                inputs_of(complaint),
                desk_.store(form),
                hash_of_link(link),
                once_of(sealed, purpose, form)};
            const auto receipt = desk_.services.file(filing);
            if (!receipt)
                return refused(complaint, form, receipt.error());
        } catch (const db::Fault& fault) {
            return unavailable(complaint, form, fault);
        }
        const auto path = "/c/" + link;
        auto response = desk_.go_to(visitor_, path);
        desk_.announce(response, visitor_, path, "filed");
        return response;
    }

    http::Response refused(const Complaint& complaint, const http::Form& form, const Denied& denied)
    {
        const bool is_other = denied.refusals.front().code == "key_reused";
        if (is_other)
            return answer(complaint, {{"portal_sent_already", "", {}}}, fresh_seal(), false);
        return answer(
            complaint,
            denied.refusals,
            std::string{form.field("seal")},
            !form.files.empty()
        );
    }

    /// Whether it was stored is not known; the same seal makes sending again safe.
    http::Response
    unavailable(const Complaint& complaint, const http::Form& form, const db::Fault& fault)
    {
        spdlog::error("portal, trace {}: {}", call_.request.trace_id, fault.what());
        auto response = answer(
            complaint,
            {{"portal_unavailable", "", {}}},
            std::string{form.field("seal")},
            !form.files.empty()
        );
        response.status = 503;
        response.set("Retry-After", "5");
        return response;
    }

    Desk& desk_;
    const http::Call& call_;
    const Visitor visitor_;
};

}  // namespace

http::Response show_form(Desk& desk, http::Call& call)
{
    return Visit{desk, call}.show();
}

http::Response file(Desk& desk, http::Call& call)
{
    return Visit{desk, call}.send();
}

}  // namespace redress::portal
