#pragma once

#include "portal/complaint.hpp"
#include "portal/page.hpp"

namespace redress::portal {

/// The form as it is shown: empty, or with what was typed and what is wrong with it.
struct FilingView {
    const Complaint& complaint;
    const std::vector<Refusal>& refusals;
    std::string seal;
    bool had_files{};  ///< a browser does not give files back: they must be chosen again
};

[[nodiscard]] http::Response filing_page(const Frame& frame, int status, const FilingView& view);

/// Without revealing whether anything exists: how to get back to a case whose link is gone.
[[nodiscard]] http::Response
lost_page(const Frame& frame, int status, std::string_view key, std::string_view review_contact);

}  // namespace redress::portal
