#pragma once

#include "db/tx.hpp"
#include "ledger/ledger.hpp"
#include "messages/rules_template.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Templates in the database. Functions that change something belong into a write job and record it
/// in the ledger's stream "template". All throw db::Fault.
namespace redress::messages {

struct TemplateAuthor {
    Instant now;
    std::string actor;
};

struct TemplateTarget {
    TemplateId id;
    std::int64_t version{};
};

/// The members that are to change.
struct TemplateChange {
    std::optional<std::string> title;
    std::optional<std::string> body;
    std::optional<TemplateUse> use;
    std::optional<bool> is_active;
};

/// Behind which row a page of the list begins.
struct TemplatePlace {
    std::string code;
    std::string language;
};

/// Refuses "template_taken" when this code has a text in this language.
[[nodiscard]] Result<Template> create_template(
    db::Tx& tx,
    ledger::Ledger& ledger,
    const TemplateDraft& draft,
    const TemplateAuthor& author
);

/// Refuses "template_stale" when it has another version by now. Without a difference nothing is
/// recorded.
[[nodiscard]] Result<Template> change_template(
    db::Tx& tx,
    ledger::Ledger& ledger,
    const TemplateTarget& target,
    const TemplateChange& change,
    const TemplateAuthor& author
);

[[nodiscard]] std::optional<Template> find_template(db::Tx& tx, TemplateId id);
[[nodiscard]] std::optional<Template>
find_template(db::Tx& tx, std::string_view code, std::string_view language);

/// By code and language, at most `limit` behind `after`.
[[nodiscard]] std::vector<Template>
list_templates(db::Tx& tx, const TemplatePlace& after, std::int64_t limit);

/// Adds the built-in templates that are missing, so that a new version's find their way in and no
/// edited one is touched. Gives how many.
std::int64_t seed_templates(db::Tx& tx, ledger::Ledger& ledger, Instant now);

BOOST_DESCRIBE_STRUCT(TemplatePlace, (), (code, language))

}  // namespace redress::messages
