#include "language/promise_calendar.hpp"
#include "language/promise_cases_for_tests.hpp"
#include "policy/words.hpp"

#include <fmt/format.h>

#include <doctest/doctest.h>
#include <fstream>
#include <stdexcept>

namespace redress::language {
namespace {

Instant local_time(const policy::Calendar& calendar, std::string_view date, std::string_view time)
{
    const auto day = policy::read_date(date);
    const auto clock = policy::read_time_of_day(time);
    if (!day || !clock)
        throw std::runtime_error{fmt::format("not a time: {} {}", date, time)};
    return calendar.zone().to_instant(policy::LocalTime{*day} + *clock);
}

/// "now 2026-11-20T15:00 Asia/Shanghai"
void set_now(PromiseCase& at, std::string_view line)
{
    at.calendar = business_days_of(line.substr(21));
    if (!at.calendar)
        throw std::runtime_error{fmt::format("no such zone: {}", line)};
    at.now = local_time(*at.calendar, line.substr(4, 10), line.substr(15, 5));
}

/// "11-21 17:00" of the year of the case, or with the year.
Instant read_due(const PromiseCase& at, std::string_view words)
{
    const auto year = policy::to_word(at.calendar->zone().date_at(at.now)).substr(0, 4);
    const auto date = words.size() > 11 ? std::string{words.substr(0, 10)}
                                        : fmt::format("{}-{}", year, words.substr(0, 5));
    return local_time(*at.calendar, date, words.substr(words.size() - 5));
}

void read_marked(PromiseCase& made, std::string_view line)
{
    while (!line.empty()) {
        const std::size_t open = line.find("[[");
        made.text.append(line.substr(0, open));
        if (open == std::string_view::npos)
            return;
        const std::size_t arrow = line.find(" => ", open);
        const std::size_t close = line.find("]]", open);
        if (arrow == std::string_view::npos || close < arrow)
            throw std::runtime_error{fmt::format("a mark does not end: {}", line)};
        const auto words = line.substr(open + 2, arrow - open - 2);
        const auto begin = static_cast<std::uint32_t>(count_code_points(made.text));
        made.text.append(words);
        const auto end = static_cast<std::uint32_t>(count_code_points(made.text));
        made.promises.push_back(
            {{begin, end}, read_due(made, line.substr(arrow + 4, close - arrow - 4))}
        );
        line.remove_prefix(close + 2);
    }
}

bool is_same(Span found, Span marked)
{
    const Span both{std::max(found.begin, marked.begin), std::min(found.end, marked.end)};
    return !both.empty() && 2 * both.size() > std::min(found.size(), marked.size());
}

void measure(const PromiseCase& one, PromiseFigures& figures)
{
    auto left = one.promises;
    const auto note = [&](const char* what, Instant due) {
        const auto& zone = one.calendar->zone();
        figures.mistakes += fmt::format("{} {} in: {}\n", what, zone.to_text(due), one.text);
    };
    for (const Promise& found : find_promises(one.text, {one.now, one.calendar.get()})) {
        const auto match = std::ranges::find_if(left, [&](const auto& marked) {
            return is_same(found.span, marked.span);
        });
        if (match == left.end()) {
            ++figures.false_alarms;
            note("false alarm", found.due);
            continue;
        }
        ++figures.right;
        figures.due_exact += found.due == match->due ? 1U : 0U;
        if (found.due != match->due)
            note("other due", found.due);
        left.erase(match);
    }
    figures.missed += left.size();
    for (const auto& marked : left)
        note("missed", marked.due);
}

PromiseFigures figures_of(std::string_view half)
{
    PromiseFigures sum;
    for (const char* lang : {"zh", "en"}) {
        const auto cases = read_promise_cases(
            fmt::format("{}/tests/coach/promises.{}.{}.txt", REDRESS_SOURCE_DIR, lang, half)
        );
        const auto figures = measure_promises(cases);
        MESSAGE(fmt::format(
            "promises {} {}: {} texts, F1 {:.3f}, due exact {:.3f}\n{}",
            lang,
            half,
            cases.size(),
            figures.f1(),
            figures.due_share(),
            figures.mistakes
        ));
        sum.right += figures.right;
        sum.false_alarms += figures.false_alarms;
        sum.missed += figures.missed;
        sum.due_exact += figures.due_exact;
    }
    return sum;
}

}  // namespace

double PromiseFigures::f1() const
{
    const auto all = static_cast<double>(2 * right + false_alarms + missed);
    return all == 0 ? 0 : static_cast<double>(2 * right) / all;
}

double PromiseFigures::due_share() const
{
    return right == 0 ? 0 : static_cast<double>(due_exact) / static_cast<double>(right);
}

std::vector<PromiseCase> read_promise_cases(const std::string& file)
{
    std::ifstream in{file};
    if (!in)
        throw std::runtime_error{"cannot read " + file};
    std::vector<PromiseCase> cases;
    PromiseCase at;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.starts_with('#'))
            continue;
        if (line.starts_with("now ")) {
            set_now(at, line);
            continue;
        }
        PromiseCase made = at;
        read_marked(made, line);
        cases.push_back(std::move(made));
    }
    return cases;
}

PromiseFigures measure_promises(const std::vector<PromiseCase>& cases)
{
    PromiseFigures figures;
    for (const PromiseCase& one : cases)
        measure(one, figures);
    return figures;
}

TEST_CASE("promises: the half that rules were tuned on")
{
    const auto figures = figures_of("tune");
    CHECK(figures.f1() >= 0.97);
    CHECK(figures.due_share() >= 0.98);
}

TEST_CASE("promises: the half kept for evaluation")
{
    const auto figures = figures_of("kept");
    CHECK(figures.f1() >= 0.92);
    CHECK(figures.due_share() >= 0.95);
}

}  // namespace redress::language
