#pragma once

#include "base/catalogue.hpp"
#include "http/message.hpp"
#include "portal/html.hpp"
#include "portal/visitor.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// The parts that all pages of the portal are made of.
namespace redress::portal {

/// What stands around the content of a page.
struct Frame {
    const Visitor& visitor;
    std::string house;  ///< who is complained to, "" when unknown
    std::string title;  ///< of the page
    std::string here;   ///< its path, for the language switch
    bool is_private{};  ///< behind a secret link: neither kept nor indexed nor told to others
    bool has_script{};  ///< files can be sent
};

/// A whole page. `content` writes what stands in <main>.
[[nodiscard]] http::Response
page(const Frame& frame, int status, const std::function<void(Html&)>& content);

/// Refusals above a form: what there is to look at, each leading to its field.
void write_summary(Html& out, const std::vector<Refusal>& refusals, Lang lang);

/// A field of a form with its label, hint and what is wrong with it.
struct FieldView {
    std::string_view name;    ///< also its id
    std::string_view label;   ///< catalogue key
    std::string_view hint{};  ///< catalogue key, "" for none
    std::vector<std::pair<std::string, std::string>> params{};
    bool is_optional{};
};
/// Label, hint and error; `control` writes what is filled in, with the ids that describe it.
void write_field(
    Html& out,
    const FieldView& field,
    const std::vector<Refusal>& refusals,
    Lang lang,
    const std::function<void(const std::string& described_by, bool is_wrong)>& control
);

/// One of several as buttons that a finger hits.
struct Option {
    std::string value;
    std::string label;
};
void write_options(
    Html& out,
    std::string_view name,
    const std::vector<Option>& options,
    std::string_view chosen
);

/// Text that somebody wrote, line breaks kept, whatever its direction.
void write_words(Html& out, std::string_view words);

/// The field for files, with the limits said.
void write_files(Html& out, const std::vector<Refusal>& refusals, Lang lang);

/// What only programs fill in, and the form's seal.
void write_seal(Html& out, std::string_view token, Lang lang);

}  // namespace redress::portal
