#pragma once

#include "base/text.hpp"
#include "http/form.hpp"
#include "portal/tracking.hpp"

#include <string>
#include <vector>

namespace redress::portal {

/// What the complainant does on the tracking page: the commands it comes to, one after the other,
/// and the word that the page says afterwards (portal.news.<word>).
struct Act {
    std::vector<cases::Command> commands;
    bool takes_files{};  ///< the first command names the attachments
    std::string news;
};

/// The act of a form, or everything that is to be looked at first. Pure. Words of theirs go into
/// personal fields only, so that they can be forgotten.
[[nodiscard]] Result<Act>
act_of(const http::Form& form, const cases::Case& value, const cases::Context& context, Lang lang);

}  // namespace redress::portal
