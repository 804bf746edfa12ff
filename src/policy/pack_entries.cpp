#include "policy/pack_draft.hpp"
#include "policy/words.hpp"

namespace redress::policy {
namespace {

Step read_step(Table& table)
{
    Step step;
    step.origin = table.origin();
    step.id = table.need_id("id");
    step.title = table.need_both("title");
    step.gate = table.texts("gate");
    step.role = table.need_id("role");
    step.requirements = table.texts("requires");
    step.when = read_condition(table, "when");
    step.ref = table.text("ref");
    if (step.gate.empty())
        table.wrong("gate", "empty_list");
    if (step.requirements.empty())
        table.wrong("requires", "empty_list");
    return step;
}

Letter read_letter(Table& table)
{
    Letter letter;
    letter.origin = table.origin();
    letter.id = table.need_id("id");
    letter.use = table.choose<LetterUse>(
        "use",
        {{"ack", LetterUse::ack},
         {"first_reply", LetterUse::first_reply},
         {"decision", LetterUse::decision},
         {"holding", LetterUse::holding},
         {"extension", LetterUse::extension},
         {"summary", LetterUse::summary},
         {"decline", LetterUse::decline},
         {"pause", LetterUse::pause},
         {"forward", LetterUse::forward},
         {"settlement", LetterUse::settlement},
         {"promise_missed", LetterUse::promise_missed},
         {"progress", LetterUse::progress}}
    );
    letter.title = table.need_both("title");
    letter.for_deadline = table.text("for_deadline");
    letter.channels = table.texts("channels");
    letter.must_contain = table.texts("must_contain");
    letter.must_attach = table.texts("must_attach");
    letter.must_not_contain = table.texts("must_not_contain");
    letter.approve_by = table.text("approve_by");
    return letter;
}

Element read_element(Table& table)
{
    Element element;
    element.origin = table.origin();
    element.id = table.need_id("id");
    element.kind = table.choose<ElementKind>(
        "kind",
        {{"field", ElementKind::field},
         {"statement", ElementKind::statement},
         {"choice", ElementKind::choice},
         {"verbatim", ElementKind::verbatim},
         {"attachment", ElementKind::attachment},
         {"lint", ElementKind::lint}}
    );
    element.field = table.text("field");
    element.text = table.both("text");
    element.source = table.text("source");
    element.when = read_condition(table, "when");
    if (element.kind == ElementKind::field && element.field.empty())
        table.wrong("field", "missing_key");
    if (element.kind == ElementKind::lint && element.text.en.empty() && element.text.zh.empty())
        table.wrong("text", "missing_key");
    return element;
}

FieldShape read_shape(Table& table)
{
    return table.choose<FieldShape>(
        "type",
        {{"text", FieldShape::text},
         {"prose", FieldShape::prose},
         {"bool", FieldShape::boolean},
         {"whole", FieldShape::whole},
         {"number", FieldShape::number},
         {"money_minor", FieldShape::money_minor},
         {"choice", FieldShape::choice}},
        FieldShape::any
    );
}

std::vector<std::pair<std::string, Text>> read_choices(Table& table)
{
    std::vector<std::pair<std::string, Text>> choices;
    for (Table& choice : table.tables("choices")) {
        choices.emplace_back(
            choice.need_text("value"),
            Text{choice.need_text("en"), choice.need_text("zh")}
        );
        choice.finish();
    }
    return choices;
}

FieldRule read_field(Table& table)
{
    FieldRule field;
    field.origin = table.origin();
    field.id = table.need_id("id");
    field.required_at = table.text("required_at");
    field.label = table.both("label");
    field.shape = read_shape(table);
    field.choices = read_choices(table);
    if ((field.shape == FieldShape::choice) == field.choices.empty())
        table.wrong("choices", field.choices.empty() ? "missing_key" : "needs_type_choice");
    field.when = read_condition(table, "when");
    field.pii = table.boolean("pii", false);
    field.sensitive = table.boolean("sensitive", false);
    return field;
}

Category read_category(Table& table)
{
    Category category;
    category.origin = table.origin();
    category.scheme = table.need_id("scheme");
    category.code = table.need_id("code");
    category.parent = table.text("parent");
    category.label = table.need_both("label");
    category.need = table.text("need");
    if (auto maps = table.table("maps"))
        for (const auto& [key, value] : maps->node().entries)
            category.maps[key] = maps->text(key);
    if (const auto retired = table.date("retired_on"))
        category.retired_on = to_word(*retired);
    return category;
}

Outcome read_outcome(Table& table)
{
    Outcome outcome;
    outcome.origin = table.origin();
    outcome.code = table.need_id("code");
    outcome.upheld = table.choose<Upheld>(
        "upheld",
        {{"yes", Upheld::yes}, {"partial", Upheld::partial}, {"no", Upheld::no}}
    );
    outcome.label = table.need_both("label");
    return outcome;
}

DeclineGround read_decline_ground(Table& table)
{
    DeclineGround ground;
    ground.origin = table.origin();
    ground.code = table.need_id("code");
    ground.label = table.need_both("label");
    return ground;
}

ExternalBody read_external_body(Table& table)
{
    ExternalBody body;
    body.origin = table.origin();
    body.id = table.need_id("id");
    body.title = table.need_both("title");
    if (auto limit = table.table("customer_time_limit")) {
        body.customer_time_limit = limit->amount();
        limit->finish();
    }
    body.opens_on = table.texts("opens_on");
    return body;
}

Retention read_retention(Table& table)
{
    Retention retention;
    retention.origin = table.origin();
    retention.record = table.need_id("record");
    retention.when = read_condition(table, "when");
    if (auto keep = table.table("keep")) {
        retention.keep = keep->amount();
        keep->finish();
    } else if (table.node().find("keep") == nullptr) {
        table.wrong("keep", "missing_key");
    }
    retention.from = table.need_id("from");
    retention.then = table.choose<std::string>(
        "then",
        {{"review", "review"}, {"anonymise", "anonymise"}, {"erase", "erase"}}
    );
    return retention;
}

Report read_report(Table& table)
{
    Report report;
    report.origin = table.origin();
    report.id = table.need_id("id");
    report.title = table.both("title");
    report.period = table.choose<std::string>(
        "period",
        {{"day", "day"},
         {"week", "week"},
         {"month", "month"},
         {"quarter", "quarter"},
         {"half_year", "half_year"},
         {"year", "year"}}
    );
    report.period_anchor = table.text("period_anchor");
    if (auto due = table.table("due_in"))
        report.due = read_measure(*due);
    else if (table.node().find("due_in") == nullptr)
        table.wrong("due_in", "missing_key");
    report.group_by = table.texts("group_by");
    report.measures = table.texts("measures");
    if (report.measures.empty())
        table.wrong("measures", "empty_list");
    if (auto weights = table.table("weights"))
        for (const auto& [key, value] : weights->node().entries)
            report.weights[key] = weights->number(key).value_or(0);
    report.nil_return = table.boolean("nil_return", false);
    report.publish_if = read_condition(table, "publish_if");
    return report;
}

Target read_target(Table& table)
{
    Target target;
    target.origin = table.origin();
    target.measure = table.need_id("measure");
    if (table.node().find("value") == nullptr)
        table.wrong("value", "missing_key");
    target.value = table.number("value").value_or(0);
    return target;
}

template <class Entry>
void read_all(Table& root, std::string_view key, Entry (*read)(Table&), std::vector<Entry>& all)
{
    for (Table& table : root.tables(key)) {
        all.push_back(read(table));
        table.finish();
    }
}

}  // namespace

void read_entries(Table& root, Pack& pack)
{
    read_all(root, "step", read_step, pack.steps);
    read_all(root, "letter", read_letter, pack.letters);
    read_all(root, "element", read_element, pack.elements);
    read_all(root, "field", read_field, pack.fields);
    read_all(root, "category", read_category, pack.categories);
    read_all(root, "outcome", read_outcome, pack.outcomes);
    read_all(root, "decline_ground", read_decline_ground, pack.ground_labels);
    read_all(root, "external_body", read_external_body, pack.external_bodies);
    read_all(root, "retention", read_retention, pack.retentions);
    read_all(root, "report", read_report, pack.reports);
    read_all(root, "target", read_target, pack.targets);
}

}  // namespace redress::policy
