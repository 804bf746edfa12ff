#include "messages/store_templates.hpp"

#include "base/document.hpp"
#include "base/require.hpp"
#include "base/text.hpp"
#include "messages/messages_sql.hpp"
#include "messages/rules_default_templates.hpp"

namespace redress::messages {
namespace {

struct TemplateRow {
    TemplateId id;
    std::int64_t version{};
    std::string code;
    std::string language;
    std::string title;
    std::string body;
    std::string use;
    std::string variables;
    bool is_active{};
    Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(
    TemplateRow,
    (),
    (id, version, code, language, title, body, use, variables, is_active, updated_at)
)

using View = std::string_view;

constexpr db::Command<TemplateId, std::int64_t, View, View, View, View, View, View, bool, Instant>
    insert_row{"messages.insert_template", sql::insert_template};
constexpr db::Command<
    TemplateId,
    std::int64_t,
    std::int64_t,
    View,
    View,
    View,
    View,
    View,
    View,
    bool,
    Instant>
    update_row{"messages.update_template", sql::update_template};
constexpr db::Query<TemplateRow, TemplateId> find_row{"messages.find_template", sql::find_template};
constexpr db::Query<TemplateRow, View, View> find_row_by_code{
    "messages.find_template_by_code",
    sql::find_template_by_code};
constexpr db::Query<TemplateRow, View, View, std::int64_t> list_rows{
    "messages.list_templates",
    sql::list_templates};

std::string joined(const std::vector<std::string>& variables)
{
    std::string all;
    for (const auto& variable : variables)
        all += (all.empty() ? "" : " ") + variable;
    return all;
}

Template template_of(TemplateRow row)
{
    Template result{
        row.id,
        row.version,
        std::move(row.code),
        std::move(row.language),
        std::move(row.title),
        std::move(row.body),
        named<TemplateUse>(row.use).value_or(TemplateUse::other),
        {},
        row.is_active,
        row.updated_at};
    if (!row.variables.empty())
        for (const auto variable : split(row.variables, ' '))
            result.variables.emplace_back(variable);
    return result;
}

std::optional<Template> template_in(std::optional<TemplateRow> row)
{
    if (!row)
        return std::nullopt;
    return template_of(std::move(*row));
}

void record(db::Tx& tx, ledger::Ledger& ledger, const Template& value, const TemplateAuthor& author)
{
    ledger::NewEvent line;
    line.stream = "template";
    line.entity = value.id.value;
    line.version = value.version;
    line.kind = value.version == 1 ? "template_created" : "template_changed";
    line.at = author.now;
    line.recorded_at = author.now;
    line.actor = author.actor;
    line.payload = write_doc(value);
    ledger.append(tx, std::move(line));
}

TemplateDraft draft_of(const Template& value)
{
    return {value.code, value.language, value.title, value.body, value.use, value.is_active};
}

}  // namespace

Result<Template> create_template(
    db::Tx& tx,
    ledger::Ledger& ledger,
    const TemplateDraft& draft,
    const TemplateAuthor& author
)
{
    auto created = checked(draft);
    if (!created)
        return created;
    if (find_template(tx, created->code, created->language))
        return deny(Denial::conflict, "template_taken", "code", {{"code", created->code}});
    created->id = TemplateId{ledger.next_id()};
    created->version = 1;
    created->updated_at = author.now;
    const auto inserted = tx.run(
        insert_row,
        created->id,
        created->version,
        created->code,
        created->language,
        created->title,
        created->body,
        name_of(created->use),
        joined(created->variables),
        created->is_active,
        created->updated_at
    );
    REQUIRE_THAT(inserted == 1);
    record(tx, ledger, *created, author);
    return created;
}

Result<Template> change_template(
    db::Tx& tx,
    ledger::Ledger& ledger,
    const TemplateTarget& target,
    const TemplateChange& change,
    const TemplateAuthor& author
)
{
    const auto before = find_template(tx, target.id);
    if (!before)
        return deny(Denial::not_found, "template_not_found");
    if (before->version != target.version)
        return deny(Denial::stale, "template_stale");
    auto draft = draft_of(*before);
    draft.title = change.title.value_or(draft.title);
    draft.body = change.body.value_or(draft.body);
    draft.use = change.use.value_or(draft.use);
    draft.is_active = change.is_active.value_or(draft.is_active);
    auto after = checked(draft);
    if (!after)
        return after;
    after->id = before->id;
    after->version = before->version;
    after->updated_at = before->updated_at;
    if (*after == *before)
        return after;
    ++after->version;
    after->updated_at = author.now;
    const auto updated = tx.run(
        update_row,
        after->id,
        before->version,
        after->version,
        after->code,
        after->language,
        after->title,
        after->body,
        name_of(after->use),
        joined(after->variables),
        after->is_active,
        after->updated_at
    );
    REQUIRE_THAT(updated == 1);
    record(tx, ledger, *after, author);
    return after;
}

std::optional<Template> find_template(db::Tx& tx, TemplateId id)
{
    return template_in(tx.one(find_row, id));
}

std::optional<Template> find_template(db::Tx& tx, std::string_view code, std::string_view language)
{
    return template_in(tx.one(find_row_by_code, code, language));
}

std::vector<Template> list_templates(db::Tx& tx, const TemplatePlace& after, std::int64_t limit)
{
    std::vector<Template> templates;
    for (auto& row : tx.all(list_rows, after.code, after.language, limit))
        templates.push_back(template_of(std::move(row)));
    return templates;
}

std::int64_t seed_templates(db::Tx& tx, ledger::Ledger& ledger, Instant now)
{
    std::int64_t added = 0;
    for (const auto& draft : default_templates()) {
        if (find_template(tx, draft.code, draft.language))
            continue;
        REQUIRE_THAT(create_template(tx, ledger, draft, {now, "system"}).has_value());
        ++added;
    }
    return added;
}

}  // namespace redress::messages
