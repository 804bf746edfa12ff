#pragma once

#include "http/wire_state.hpp"
#include "messages/model.hpp"

#include <boost/describe.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

/// What the routes of this slice take and give.
namespace redress::messages {

struct AttachmentView {
    std::string id;
    CaseId case_id;
    std::string file_name;
    std::string media_type;
    bool is_picture{};  ///< may be shown in a page
    std::int64_t bytes{};
    Instant created_at;
    std::string created_by;
};

struct AttachmentList {
    std::vector<AttachmentView> items;
};

struct TemplateView {
    TemplateId id;
    std::int64_t version{};
    std::string code;
    std::string language;
    std::string title;
    std::string body;
    TemplateUse use{};
    std::vector<std::string> variables;
    bool is_active{};
    Instant updated_at;
};

struct TemplatePage {
    std::vector<TemplateView> items;
    std::vector<std::string> known_variables;  ///< besides deadline.<id>.due
    std::optional<std::string> next_cursor;
};

struct NewTemplate {
    static constexpr auto wire_limits =
        std::to_array<http::Limit>({{"code", 1, 60}, {"title", 1, 200}, {"body", 1, 20'000}});
    std::string code;
    std::string language;
    std::string title;
    std::string body;
    TemplateUse use{};
    std::optional<bool> is_active;  ///< true when absent
};

struct TemplateEdit {
    static constexpr auto wire_limits =
        std::to_array<http::Limit>({{"title", 1, 200}, {"body", 1, 20'000}});
    std::optional<std::string> title;
    std::optional<std::string> body;
    std::optional<TemplateUse> use;
    std::optional<bool> is_active;
};

struct RenderedTemplate {
    std::string text;
};

[[nodiscard]] AttachmentView view_of(const Attachment& attachment);
[[nodiscard]] TemplateView view_of(const Template& value);

BOOST_DESCRIBE_STRUCT(
    AttachmentView,
    (),
    (id, case_id, file_name, media_type, is_picture, bytes, created_at, created_by)
)
BOOST_DESCRIBE_STRUCT(AttachmentList, (), (items))
BOOST_DESCRIBE_STRUCT(
    TemplateView,
    (),
    (id, version, code, language, title, body, use, variables, is_active, updated_at)
)
BOOST_DESCRIBE_STRUCT(TemplatePage, (), (items, known_variables, next_cursor))
BOOST_DESCRIBE_STRUCT(NewTemplate, (), (code, language, title, body, use, is_active))
BOOST_DESCRIBE_STRUCT(TemplateEdit, (), (title, body, use, is_active))
BOOST_DESCRIBE_STRUCT(RenderedTemplate, (), (text))

}  // namespace redress::messages
