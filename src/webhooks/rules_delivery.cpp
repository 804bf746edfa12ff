#include "webhooks/rules_delivery.hpp"

#include "base/hmac.hpp"
#include "base/text.hpp"
#include "cases/lifecycle.hpp"
#include "customers/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace redress::webhooks {
namespace {

using namespace std::chrono_literals;

/// What has no list of its own; the events of cases come from the lifecycle.
constexpr auto other_events = std::to_array<std::string_view>({
    "case.clocks_moved",         "cause.cause_changed",     "cause.cause_created",
    "import.import_failed",      "import.import_finished",  "import.import_requested",
    "import.import_started",     "import.import_stopped",   "organisation.key_created",
    "organisation.key_revoked",  "staff.leave_added",       "staff.leave_removed",
    "staff.password_changed",    "staff.password_reset",    "staff.staff_changed",
    "staff.staff_created",       "staff.staff_disabled",    "staff.staff_enabled",
    "team.team_changed",         "team.team_created",       "template.template_changed",
    "template.template_created", "webhook.webhook_changed", "webhook.webhook_created",
    "webhook.webhook_removed",   "webhook.webhook_stopped",
});

std::string_view stream_of(std::string_view event)
{
    return event.substr(0, event.find('.'));
}

bool is_known(const std::string& pattern)
{
    const auto& known = known_events();
    if (pattern == "*" || std::ranges::binary_search(known, pattern))
        return true;
    return pattern.ends_with(".*") && std::ranges::any_of(known, [&](const std::string& event) {
               return stream_of(event) == stream_of(pattern);
           });
}

bool is_address(std::string_view url)
{
    const auto scheme = to_lower_ascii(url.substr(0, url.find("://")));
    if (url.size() > max_url || (scheme != "http" && scheme != "https"))
        return false;
    const auto rest = url.substr(std::min(url.size(), scheme.size() + 3));
    const auto host = rest.substr(0, rest.find_first_of("/?#"));
    const bool is_visible = std::ranges::all_of(url, [](char c) {
        return c > ' ' && c <= '~' && c != '\\' && c != '"' && c != '<' && c != '>';
    });
    return is_visible && !host.empty() && !host.contains('@');
}

void refuse(Denied& denied, std::string code, std::string field, std::string value = {})
{
    denied.refusals.push_back({std::move(code), std::move(field), {{"value", std::move(value)}}});
}

}  // namespace

Result<WebhookDraft> checked(WebhookDraft draft)
{
    Denied denied{Denial::invalid, {}};
    draft.name = trim(draft.name);
    draft.url = trim(draft.url);
    if (draft.name.empty() || count_code_points(draft.name) > max_name)
        refuse(denied, "webhook_name", "name");
    if (!is_address(draft.url))
        refuse(denied, "webhook_url", "url");
    if (draft.events.empty() || draft.events.size() > max_events)
        refuse(denied, "webhook_events_missing", "events");
    for (const auto& pattern : draft.events)
        if (!is_known(pattern))
            refuse(denied, "webhook_event_unknown", "events", pattern);
    if (!denied.refusals.empty())
        return std::unexpected{std::move(denied)};
    std::ranges::sort(draft.events);
    const auto twice = std::ranges::unique(draft.events);
    draft.events.erase(twice.begin(), twice.end());
    return draft;
}

const std::vector<std::string>& known_events()
{
    static const std::vector<std::string> known = [] {
        std::vector<std::string> all{other_events.begin(), other_events.end()};
        for (const auto& row : cases::lifecycle().transitions())
            for (const auto& kind : row.emits)
                all.push_back("case." + kind);
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<customers::EventKind>>(
            [&](auto each) { all.push_back(std::string{"customer."} + each.name); }
        );
        std::ranges::sort(all);
        const auto twice = std::ranges::unique(all);
        all.erase(twice.begin(), twice.end());
        return all;
    }();
    return known;
}

bool wants(const std::vector<std::string>& patterns, std::string_view stream, std::string_view kind)
{
    return std::ranges::any_of(patterns, [&](std::string_view pattern) {
        if (pattern == "*")
            return true;
        return stream_of(pattern) == stream &&
               (pattern.substr(stream.size()) == ".*" || pattern.substr(stream.size() + 1) == kind);
    });
}

Micros pause_after(std::int64_t failures, double chance)
{
    constexpr Micros first = 5s;
    constexpr Micros longest = 6h;
    const auto doublings = std::clamp<std::int64_t>(failures - 1, 0, 20);
    const auto whole = std::min(first * (std::int64_t{1} << doublings), longest);
    const auto off = static_cast<double>(whole.count()) * std::clamp(chance, 0.0, 1.0) / 2;
    return whole - Micros{static_cast<std::int64_t>(off)};
}

std::string signature(const std::vector<std::string>& secrets, Instant at, std::string_view body)
{
    const auto seconds = at.us / 1'000'000;
    const auto text = fmt::format("{}.{}", seconds, body);
    auto header = fmt::format("t={}", seconds);
    for (const auto& secret : secrets)
        header += ",v1=" + hmac_sha256_hex(secret, text);
    return header;
}

}  // namespace redress::webhooks
