#pragma once

#include "base/refusal.hpp"
#include "base/text.hpp"
#include "http/message.hpp"

#include <string_view>

namespace redress::http {

/// The one mapping from a denial to a status.
[[nodiscard]] int status_of(Denial kind);

/// Who asks: in which language, under which trace id.
struct Reader {
    Lang lang{Lang::en};
    std::string_view trace_id;
};

/// application/problem+json (RFC 9457): type "urn:redress:problem:<code>", title, status, detail,
/// code, trace_id and errors [{code, field, detail, params}], texts in the reader's language.
/// `code` and `detail` are those of the first refusal.
[[nodiscard]] Response problem(const Denied& denied, const Reader& reader);
/// The same for what HTTP itself refuses.
[[nodiscard]] Response problem(int status, const Refusal& refusal, const Reader& reader);

/// The world is broken (database gone, disk full): 503 with Retry-After, no details.
[[nodiscard]] Response fault_answer(const Reader& reader);
/// A bug of ours: 500, no details.
[[nodiscard]] Response internal_answer(const Reader& reader);

/// Chinese or English by the weights of Accept-Language; `otherwise` when it names neither.
[[nodiscard]] Lang preferred_language(std::string_view accept_language, Lang otherwise = Lang::en);

}  // namespace redress::http
