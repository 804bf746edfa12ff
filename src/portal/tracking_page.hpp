#pragma once

#include "messages/model.hpp"
#include "policy/zone.hpp"
#include "portal/page.hpp"
#include "portal/tale.hpp"
#include "portal/tracking.hpp"

namespace redress::portal {

/// Everything the page of a case shows.
struct TrackingView {
    const Tracked& tracked;
    const std::vector<Entry>& entries;  ///< newest first
    const std::vector<messages::Attachment>& attachments;
    const std::vector<Refusal>& refusals;  ///< of the form that was sent
    std::string_view refused_act;          ///< which form that was, "" none
    std::string_view typed;                ///< its text, kept
    std::string path;                      ///< "/c/<token>"
    std::string seal;
    std::optional<std::int64_t> earlier;  ///< the version behind which older entries are
    Instant now;
    const policy::Zone& zone;
};

[[nodiscard]] http::Response
tracking_page(const Frame& frame, int status, const TrackingView& view);

}  // namespace redress::portal
