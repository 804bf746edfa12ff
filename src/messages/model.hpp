#pragma once

#include "base/described.hpp"
#include "base/ids.hpp"
#include "base/instant.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// What goes along with a conversation: attachments and templates. The conversation itself is
/// events of the case.
namespace redress::messages {

inline constexpr std::size_t max_blob_bytes = 32UL * 1024 * 1024;
inline constexpr std::size_t max_attachments_of_case = 500;
inline constexpr std::size_t max_attachments_of_message = 50;

using TemplateId = Id<struct TemplateTag>;

/// A file of a case. Its bytes lie in the blob store under `sha256`.
struct Attachment {
    std::string
        id;  ///< 128 random bits as hexadecimal digits: knowing one tells nothing of another
    CaseId case_id;
    std::string sha256;
    std::string file_name;   ///< as safe_file_name makes it
    std::string media_type;  ///< told by the first bytes, never by the sender
    std::int64_t bytes{};
    Instant created_at;
    std::string created_by;  ///< actor as the ledger writes it
    friend bool operator==(const Attachment&, const Attachment&) = default;
};

/// What a template is for.
BOOST_DEFINE_ENUM_CLASS(
    TemplateUse,
    acknowledgement,
    first_reply,
    information,
    progress,
    decision,
    decline,
    promise_missed,
    handover,
    follow_up,
    closing,
    other
)

/// A text that a handler begins from. Plain text with {variables}; see rules_template.hpp.
struct Template {
    TemplateId id;
    std::int64_t version{};  ///< number of events so far
    std::string code;        ///< the same text in both languages has one code
    std::string language;    ///< "zh" or "en"
    std::string title;
    std::string body;
    TemplateUse use{};
    std::vector<std::string> variables;  ///< those that the body names, ascending
    bool is_active{};
    Instant updated_at;
    friend bool operator==(const Template&, const Template&) = default;
};

/// Variable → what it stands for here; plain text.
using Facts = std::map<std::string, std::string, std::less<>>;

BOOST_DESCRIBE_STRUCT(
    Attachment,
    (),
    (id, case_id, sha256, file_name, media_type, bytes, created_at, created_by)
)
BOOST_DESCRIBE_STRUCT(
    Template,
    (),
    (id, version, code, language, title, body, use, variables, is_active, updated_at)
)

}  // namespace redress::messages
