#include "policy/pack_draft.hpp"
#include "policy/words.hpp"

namespace redress::policy {
namespace {

constexpr std::string_view schema = "redress.policy-pack/1";

std::vector<LegalBasis> read_legal_basis(Table& head)
{
    std::vector<LegalBasis> all;
    for (Table& table : head.tables("legal_basis")) {
        all.push_back({table.need_text("ref"), table.text("note")});
        table.finish();
    }
    return all;
}

void read_head(Table& head, PackDraft& draft)
{
    Pack& pack = draft.pack;
    draft.origin = pack.origin = head.origin();
    pack.id = head.need_id("id");
    pack.version = head.need_id("version");
    pack.title = head.need_both("title");
    pack.kind = head.choose<PackKind>(
        "kind",
        {{"law", PackKind::law},
         {"standard", PackKind::standard},
         {"contract", PackKind::contract},
         {"internal", PackKind::internal}}
    );
    pack.jurisdiction = head.text("jurisdiction");
    pack.extends = head.texts("extends");
    pack.effective_from = head.date("effective_from");
    pack.effective_to = head.date("effective_to");
    if (pack.effective_from && pack.effective_to && *pack.effective_to < *pack.effective_from)
        head.wrong("effective_to", "ends_before_it_begins");
    if (const auto verified = head.date("verified_on"))
        pack.verified_on = *verified;
    else if (head.node().find("verified_on") == nullptr)
        head.wrong("verified_on", "missing_key");
    pack.legal_basis = read_legal_basis(head);
    if (auto window = head.table("reopen_window"))
        pack.reopen_window = read_measure(*window);
    pack.silence_days = head.integer("silence_days");
    pack.max_rounds = head.integer("max_rounds");
    pack.decline_grounds = head.texts("decline_grounds");
    pack.ask_on_register = head.texts("ask_on_register");
    draft.disable = head.texts("disable");
    head.finish();
}

std::vector<Mark> read_marks(Table& table, std::string_view key)
{
    std::vector<Mark> marks;
    for (const std::string& text : table.texts(key)) {
        if (auto mark = parse_mark(text))
            marks.push_back(*std::move(mark));
        else
            table.wrong(
                key,
                "bad_value",
                {{"value", text}, {"allowed", "\"75%\", \"-2h\", \"-30m\", \"-1d\""}}
            );
    }
    return marks;
}

std::vector<Escalation> read_escalations(Table& deadline)
{
    std::vector<Escalation> all;
    for (Table& table : deadline.tables("escalates_to")) {
        const std::string at = table.need_text("at");
        const auto mark = parse_mark(at);
        if (!mark && !at.empty())
            table.wrong(
                "at",
                "bad_value",
                {{"value", at}, {"allowed", "\"75%\", \"-2h\", \"-30m\", \"-1d\""}}
            );
        all.push_back({mark.value_or(Mark{}), table.need_id("role")});
        table.finish();
    }
    return all;
}

ExtendRule read_extension(Table& table, const std::string& calendar)
{
    ExtendRule rule;
    rule.origin = table.origin();
    rule.id = table.need_id("id");
    auto to = table.table("to");
    auto add = table.table("add");
    if (to.has_value() == add.has_value())
        table.wrong("to", "to_or_add");
    if (to) {
        if (const std::string from = to->text("from"); !from.empty() && from != "original_start")
            to->wrong("from", "bad_value", {{"value", from}, {"allowed", "original_start"}});
        rule.kind = Stretch::Kind::to;
        rule.by = read_measure(*to, calendar);
    } else if (add) {
        rule.kind = Stretch::Kind::add;
        rule.by = read_measure(*add, calendar);
    }
    rule.max_times = static_cast<int>(table.integer("max_times").value_or(1));
    rule.requires_previous = table.text("requires_previous");
    rule.approver = table.need_id("approver");
    rule.reasons = table.texts("reasons");
    rule.notice = table.text("notice");
    rule.before_due = table.boolean("before_due", true);
    table.finish();
    return rule;
}

void read_due(Table& table, DeadlineRule& rule)
{
    auto due = table.table("due_in");
    if (!due) {
        if (table.node().find("due_in") == nullptr)
            table.wrong("due_in", "missing_key");
        return;
    }
    rule.due_field = due->text("field");
    rule.calendar_id = due->need_text("calendar");
    if (rule.due_field.empty()) {
        rule.due = Measure{due->amount(), rule.calendar_id, nullptr};
    } else if (auto fallback = due->table("fallback")) {
        rule.due = read_measure(*fallback, rule.calendar_id);
    }
    due->finish();
}

void check_deadline(Table& table, const DeadlineRule& rule)
{
    // One bit of Clock::fired each, and one for the breach.
    static constexpr std::size_t most_marks = 60;
    if (rule.starts_on.empty())
        table.wrong("starts_on", "empty_list");
    if (rule.stops_on.empty())
        table.wrong("stops_on", "empty_list");
    if (rule.warn_at.size() + rule.escalates_to.size() > most_marks)
        table.wrong("warn_at", "too_many_entries");
    if (rule.kind == DeadlineKind::hard && rule.ref.empty())
        table.wrong("ref", "hard_without_ref");
    if (!rule.pause_on.empty() && rule.resume_on.empty() && !rule.pause_max)
        table.wrong("pause_on", "pause_without_end");
    if (rule.pause_on.empty() && (!rule.resume_on.empty() || rule.pause_max))
        table.wrong("resume_on", "resume_without_pause");
}

}  // namespace

Condition read_condition(Table& table, std::string_view key)
{
    return Condition{table.text(key), nullptr};
}

Measure read_measure(Table table, const std::string& calendar)
{
    Measure made{table.amount(), table.text("calendar"), nullptr};
    if (made.calendar_id.empty())
        made.calendar_id = calendar;
    table.finish();
    return made;
}

DeadlineRule read_deadline(Table table)
{
    DeadlineRule rule;
    rule.origin = table.origin();
    rule.id = table.need_id("id");
    rule.title = table.need_both("title");
    rule.kind = table.choose<DeadlineKind>(
        "kind",
        {{"hard", DeadlineKind::hard},
         {"soft", DeadlineKind::soft},
         {"window", DeadlineKind::window},
         {"customer", DeadlineKind::customer},
         {"watch", DeadlineKind::watch}}
    );
    rule.scope = table.choose<Scope>(
        "scope",
        {{"case", Scope::kase},
         {"promise", Scope::promise},
         {"org", Scope::org},
         {"channel", Scope::channel}},
        Scope::kase
    );
    rule.when = read_condition(table, "when");
    rule.starts_on = table.texts("starts_on");
    rule.stops_on = table.texts("stops_on");
    rule.cancels_on = table.texts("cancels_on");
    rule.recurs_on = table.texts("recurs_on");
    rule.restart_on = table.texts("restart_on");
    rule.pause_on = table.texts("pause_on");
    rule.resume_on = table.texts("resume_on");
    read_due(table, rule);
    if (auto most = table.table("pause_max"))
        rule.pause_max = read_measure(*most, rule.calendar_id);
    rule.pause_notice = table.text("pause_notice");
    rule.warn_at = read_marks(table, "warn_at");
    rule.escalates_to = read_escalations(table);
    rule.on_breach = table.texts("on_breach");
    rule.ref = table.text("ref");
    for (Table& extension : table.tables("extend"))
        rule.extensions.push_back(read_extension(extension, rule.calendar_id));
    check_deadline(table, rule);
    table.finish();
    return rule;
}

PackDraft read_pack(const TomlNode& root_node, const Reading& reading)
{
    Table root{root_node, reading, "policy.file"};
    PackDraft draft;
    if (const std::string given = root.need_text("schema"); !given.empty() && given != schema)
        root.wrong("schema", "bad_value", {{"value", given}, {"allowed", std::string{schema}}});
    auto head = root.table("pack");
    if (!head) {
        if (root_node.find("pack") == nullptr)
            root.wrong("pack", "missing_key");
        return draft;
    }
    read_head(*head, draft);
    for (const Table& calendar : root.tables("calendar"))
        draft.calendars.push_back(read_calendar(calendar));
    for (const Table& deadline : root.tables("deadline"))
        draft.pack.deadlines.push_back(read_deadline(deadline));
    read_entries(root, draft.pack);
    root.finish();
    return draft;
}

}  // namespace redress::policy
