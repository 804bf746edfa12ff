#pragma once

#include "base/described.hpp"
#include "base/refusal.hpp"
#include "base/text.hpp"
#include "http/message.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace redress::http {

/// The one mapping from a denial to a status.
[[nodiscard]] int status_of(Denial kind);

/// Who asks: in which language, under which trace id.
struct Reader {
    Lang lang{Lang::en};
    std::string_view trace_id{};
};

/// One thing that is wrong; `params` are what the text was filled with.
struct ProblemError {
    std::string code{};
    std::optional<std::string> field{};
    std::string detail{};
    std::map<std::string, std::string> params{};
};
BOOST_DESCRIBE_STRUCT(ProblemError, (), (code, field, detail, params))

/// The body of application/problem+json (RFC 9457), texts in the reader's language. `type` is
/// "urn:redress:problem:<code>"; `code` and `detail` are those of the first error.
struct Problem {
    std::string type{};
    std::string title{};
    int status{};
    std::string detail{};
    std::string code{};
    std::string trace_id{};
    std::vector<ProblemError> errors{};
};
BOOST_DESCRIBE_STRUCT(Problem, (), (type, title, status, detail, code, trace_id, errors))

/// The answer to a denial, with everything that is wrong.
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
