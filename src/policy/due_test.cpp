#include "policy/due.hpp"

#include "base/json.hpp"

#include <doctest/doctest.h>
#include <string>
#include <vector>

namespace redress::policy {
namespace {

constexpr std::string_view uk =
    R"("tz":"Europe/London","off":["2026-01-01","2026-04-03","2026-04-06","2026-05-04","2026-05-25","2026-08-31","2026-12-25","2026-12-28"])";
constexpr std::string_view cn =
    R"("tz":"Asia/Shanghai","off":["2026-09-25","2026-10-01","2026-10-02","2026-10-05","2026-10-06","2026-10-07"],"work":["2026-09-20","2026-10-10"])";
constexpr std::string_view desk =
    R"("tz":"Asia/Shanghai","hours":[{"days":["mon","tue","wed","thu","fri"],"from":"09:00","to":"18:00"}])";

std::string ask(std::string_view kind, std::string_view rest, std::string_view question)
{
    std::string text = R"({"calendar":{"kind":")";
    text.append(kind).append(R"(",)").append(rest).append("},").append(question).append("}");
    return answer_due(text);
}

struct Row {
    std::string_view name;
    std::string_view kind;
    std::string calendar;
    std::string_view question;
    std::string_view due;
};

std::string with(std::string_view calendar, std::string_view more)
{
    return std::string{calendar} + "," + std::string{more};
}

void check(const std::vector<Row>& rows)
{
    for (const Row& row : rows)
        CHECK_MESSAGE(
            ask(row.kind, row.calendar, row.question) ==
                R"({"due":")" + std::string{row.due} + R"("})",
            row.name
        );
}

const std::string shanghai = R"("tz":"Asia/Shanghai")";
const std::string london = R"("tz":"Europe/London")";
const std::string split =
    R"("tz":"Asia/Shanghai","hours":[{"days":["mon","tue","wed","thu","fri"],"from":"13:00","to":"24:00"},{"days":["mon","tue","wed","thu","fri"],"from":"09:00","to":"12:00"}],"work":["2026-11-22"],"off":["2026-11-24"])";
const std::string utc = R"("tz":"UTC")";

const std::vector<Row> published{
    {"V01",
     "elapsed",
     shanghai,
     R"("start":"2026-11-20T17:40:00+08:00","n":1,"unit":"hour")",
     "2026-11-20T18:40:00+08:00"},
    {"V02",
     "elapsed",
     shanghai,
     R"("start":"2026-11-20T17:40:00+08:00","n":24,"unit":"hour")",
     "2026-11-21T17:40:00+08:00"},
    {"V03",
     "business_hours",
     std::string{desk},
     R"("start":"2026-11-20T17:40:00+08:00","n":1,"unit":"hour")",
     "2026-11-23T09:40:00+08:00"},
    {"V04",
     "business_hours",
     std::string{desk},
     R"("start":"2026-11-20T17:40:00+08:00","n":24,"unit":"hour")",
     "2026-11-25T14:40:00+08:00"},
    {"V05",
     "business_days",
     with(uk, R"("end_of_day":"17:00")"),
     R"("start":"2026-04-02T16:00:00+01:00","n":3,"unit":"business_day")",
     "2026-04-09T17:00:00+01:00"},
    {"V06",
     "civil_days",
     london,
     R"("start":"2026-04-02T16:00:00+01:00","n":8,"unit":"week")",
     "2026-05-29T00:00:00+01:00"},
    {"V07",
     "business_days",
     std::string{uk},
     R"("start":"2026-04-02T16:00:00+01:00","n":15,"unit":"business_day")",
     "2026-04-28T00:00:00+01:00"},
    {"V08",
     "business_days",
     std::string{uk},
     R"("start":"2026-04-02T16:00:00+01:00","n":35,"unit":"business_day")",
     "2026-05-28T00:00:00+01:00"},
    {"V09",
     "business_days",
     with(uk, R"("end_of_day":"17:00","cutoff":"17:00")"),
     R"("start":"2026-04-04T10:00:00+01:00","n":3,"unit":"business_day")",
     "2026-04-10T17:00:00+01:00"},
    {"V10",
     "business_days",
     with(uk, R"("end_of_day":"17:00")"),
     R"("start":"2026-04-04T10:00:00+01:00","n":3,"unit":"business_day")",
     "2026-04-09T17:00:00+01:00"},
    {"V11",
     "elapsed",
     london,
     R"("start":"2026-03-28T12:00:00+00:00","n":24,"unit":"hour")",
     "2026-03-29T13:00:00+01:00"},
    {"V12",
     "civil_days",
     std::string{cn},
     R"("start":"2026-09-20T10:00:00+08:00","n":15,"unit":"day")",
     "2026-10-06T00:00:00+08:00"},
    {"V13",
     "civil_days",
     with(cn, R"("roll":"after_statutory_holiday")"),
     R"("start":"2026-09-20T10:00:00+08:00","n":15,"unit":"day")",
     "2026-10-09T00:00:00+08:00"},
    {"V13, next business day",
     "civil_days",
     with(cn, R"("roll":"next_business_day")"),
     R"("start":"2026-09-20T10:00:00+08:00","n":15,"unit":"day")",
     "2026-10-09T00:00:00+08:00"},
    {"V14",
     "business_days",
     std::string{cn},
     R"("start":"2026-09-28T10:00:00+08:00","n":7,"unit":"business_day")",
     "2026-10-14T00:00:00+08:00"},
    {"V15",
     "civil_days",
     std::string{cn},
     R"("start":"2026-09-28T10:00:00+08:00","n":60,"unit":"day")",
     "2026-11-28T00:00:00+08:00"},
    {"V16",
     "civil_days",
     london,
     R"("start":"2026-01-31T09:00:00+00:00","n":1,"unit":"month")",
     "2026-03-01T00:00:00+00:00"},
    {"V17",
     "civil_days",
     london,
     R"("start":"2026-08-31T09:00:00+01:00","n":6,"unit":"month")",
     "2027-03-01T00:00:00+00:00"},
    {"V18",
     "civil_days",
     shanghai,
     R"("start":"2026-11-20T23:59:59+08:00","n":15,"unit":"day")",
     "2026-12-06T00:00:00+08:00"},
    {"V19",
     "civil_days",
     shanghai,
     R"("start":"2026-11-21T00:00:00+08:00","n":15,"unit":"day")",
     "2026-12-07T00:00:00+08:00"},
    {"V20",
     "business_days",
     std::string{cn},
     R"("start":"2026-09-18T10:00:00+08:00","n":1,"unit":"business_day")",
     "2026-09-21T00:00:00+08:00"},
};

const std::vector<Row> paused_and_extended{
    {"P0",
     "civil_days",
     shanghai,
     R"("start":"2026-11-01T10:00:00+08:00","n":15,"unit":"day")",
     "2026-11-17T00:00:00+08:00"},
    {"P1",
     "civil_days",
     shanghai,
     R"("start":"2026-11-01T10:00:00+08:00","n":15,"unit":"day","pauses":[{"from":"2026-11-05T09:00:00+08:00","to":"2026-11-05T17:00:00+08:00"}])",
     "2026-11-17T00:00:00+08:00"},
    {"P2",
     "civil_days",
     shanghai,
     R"("start":"2026-11-01T10:00:00+08:00","n":15,"unit":"day","pauses":[{"from":"2026-11-05T09:00:00+08:00","to":"2026-11-12T17:00:00+08:00"}])",
     "2026-11-24T00:00:00+08:00"},
    {"P3",
     "business_days",
     std::string{cn},
     R"("start":"2026-09-28T10:00:00+08:00","n":7,"unit":"business_day","pauses":[{"from":"2026-09-30T09:00:00+08:00","to":"2026-10-09T17:00:00+08:00"}])",
     "2026-10-16T00:00:00+08:00"},
    {"P4",
     "elapsed",
     shanghai,
     R"("start":"2026-11-20T17:40:00+08:00","n":24,"unit":"hour","pauses":[{"from":"2026-11-20T20:00:00+08:00","to":"2026-11-20T21:30:00+08:00"}])",
     "2026-11-21T19:10:00+08:00"},
    {"X1",
     "civil_days",
     shanghai,
     R"("start":"2026-11-01T10:00:00+08:00","n":15,"unit":"day","extend":[{"to":{"n":30,"unit":"day"}}])",
     "2026-12-02T00:00:00+08:00"},
    {"X2",
     "civil_days",
     shanghai,
     R"("start":"2026-11-01T10:00:00+08:00","n":15,"unit":"day","extend":[{"to":{"n":30,"unit":"day"}},{"add":{"n":30,"unit":"day"}}])",
     "2027-01-01T00:00:00+08:00"},
    {"hours paused overnight count only within the shifts",
     "business_hours",
     std::string{desk},
     R"("start":"2026-11-20T17:00:00+08:00","n":2,"unit":"hour","pauses":[{"from":"2026-11-20T17:30:00+08:00","to":"2026-11-23T09:30:00+08:00"}])",
     "2026-11-23T11:00:00+08:00"},
};

const std::vector<Row> corner_cases{
    {"several shifts, up to midnight",
     "business_hours",
     split,
     R"("start":"2026-11-20T11:00:00+08:00","n":12,"unit":"hour")",
     "2026-11-21T00:00:00+08:00"},
    {"a make-up Sunday takes Monday's shifts",
     "business_hours",
     split,
     R"("start":"2026-11-20T11:00:00+08:00","n":13,"unit":"hour")",
     "2026-11-22T10:00:00+08:00"},
    {"an off day has none",
     "business_hours",
     split,
     R"("start":"2026-11-23T23:30:00+08:00","n":60,"unit":"minute")",
     "2026-11-25T09:30:00+08:00"},
    {"nothing to count is due at once",
     "business_hours",
     split,
     R"("start":"2026-11-21T03:00:00+08:00","n":0,"unit":"hour")",
     "2026-11-21T03:00:00+08:00"},
    {"exactly at the cut-off is still today",
     "business_days",
     with(uk, R"("cutoff":"17:00")"),
     R"("start":"2026-04-08T17:00:00+01:00","n":1,"unit":"business_day")",
     "2026-04-10T00:00:00+01:00"},
    {"a second later is not",
     "business_days",
     with(uk, R"("cutoff":"17:00")"),
     R"("start":"2026-04-08T17:00:01+01:00","n":1,"unit":"business_day")",
     "2026-04-11T00:00:00+01:00"},
    {"a cut-off that applies to nothing",
     "business_days",
     with(uk, R"("cutoff":"17:00","cutoff_applies_to":[])"),
     R"("start":"2026-04-08T17:00:01+01:00","n":1,"unit":"business_day")",
     "2026-04-10T00:00:00+01:00"},
    {"first day included",
     "civil_days",
     with(utc, R"("first_day":"include")"),
     R"("start":"2026-03-01T09:00:00Z","n":1,"unit":"month")",
     "2026-04-01T00:00:00+00:00"},
    {"first day included, no corresponding day",
     "civil_days",
     with(utc, R"("first_day":"include")"),
     R"("start":"2026-01-31T09:00:00Z","n":1,"unit":"month")",
     "2026-03-01T00:00:00+00:00"},
    {"no days, the day itself",
     "civil_days",
     with(utc, R"("first_day":"include")"),
     R"("start":"2026-03-01T09:00:00Z","n":0,"unit":"day")",
     "2026-03-02T00:00:00+00:00"},
    {"a leap day and a year",
     "civil_days",
     utc,
     R"("start":"2028-02-29T09:00:00Z","n":1,"unit":"year")",
     "2029-03-01T00:00:00+00:00"},
    {"half an hour of clock change",
     "elapsed",
     R"("tz":"Australia/Lord_Howe")",
     R"("start":"2026-04-04T12:00:00+11:00","n":24,"unit":"hour")",
     "2026-04-05T11:30:00+10:30"},
    {"the far side of the date line",
     "civil_days",
     R"("tz":"Pacific/Kiritimati")",
     R"("start":"2026-11-20T11:00:00Z","n":1,"unit":"day")",
     "2026-11-23T00:00:00+14:00"},
    {"midnight that does not exist",
     "civil_days",
     R"("tz":"Africa/Cairo")",
     R"("start":"2026-04-22T09:00:00+02:00","n":1,"unit":"day")",
     "2026-04-24T01:00:00+03:00"},
    {"close of business is the last shift's end",
     "business_days",
     R"("tz":"UTC","end_of_day":"close_of_business","hours":[{"days":["mon","tue","wed","thu"],"from":"09:00","to":"18:00"},{"days":["fri"],"from":"09:00","to":"16:30"}])",
     R"("start":"2026-11-19T09:00:00Z","n":1,"unit":"business_day")",
     "2026-11-20T16:30:00+00:00"},
    {"summer time after 2037",
     "elapsed",
     R"("tz":"America/New_York")",
     R"("start":"2045-07-01T00:00:00Z","n":1,"unit":"hour")",
     "2045-06-30T21:00:00-04:00"},
};

struct Wrong {
    std::string question;
    std::string field;
};

const std::string head = R"({"calendar":{"kind":"elapsed","tz":"UTC"},)";
const std::string tail = R"(,"start":"2026-01-01T00:00:00Z","n":1,"unit":"hour"})";
const std::vector<Wrong> unanswerable{
    Wrong{"", "question"},
    Wrong{"{", "question"},
    Wrong{"[]", "question"},
    Wrong{"null", "question"},
    Wrong{std::string(100, '['), "question"},
    Wrong{"{\"calendar\":\"\xff\"}", "question"},
    Wrong{"{}", "calendar"},
    Wrong{head + R"("n":1,"unit":"hour"})", "start"},
    Wrong{head + R"("start":"2026-01-01","n":1,"unit":"hour"})", "start"},
    Wrong{head + R"("start":"2026-02-30T00:00:00Z","n":1,"unit":"hour"})", "start"},
    Wrong{head + R"("start":5,"n":1,"unit":"hour"})", "start"},
    Wrong{head + R"("start":"2026-01-01T00:00:00Z","unit":"hour"})", "n"},
    Wrong{head + R"("start":"2026-01-01T00:00:00Z","n":-1,"unit":"hour"})", "n"},
    Wrong{head + R"("start":"2026-01-01T00:00:00Z","n":1.5,"unit":"hour"})", "n"},
    Wrong{head + R"("start":"2026-01-01T00:00:00Z","n":"1","unit":"hour"})", "n"},
    Wrong{head + R"("start":"2026-01-01T00:00:00Z","n":9223372036854775807,"unit":"hour"})", "n"},
    Wrong{head + R"("start":"2026-01-01T00:00:00Z","n":18446744073709551615,"unit":"hour"})", "n"},
    Wrong{head + R"("start":"2026-01-01T00:00:00Z","n":80000000,"unit":"hour"})", "n"},
    Wrong{head + R"("start":"2026-01-01T00:00:00Z","n":1,"unit":"fortnight"})", "unit"},
    Wrong{head + R"("start":"2026-01-01T00:00:00Z","n":1,"unit":"month"})", "unit"},
    Wrong{head + R"("start":"2026-01-01T00:00:00Z","n":1,"unit":"hour","colour":1})", "colour"},
    Wrong{
        head +
            R"("start":"2026-01-01T00:00:00Z","n":1,"unit":"hour","pauses":[{"from":"2026-01-02T00:00:00Z"}]})",
        "pauses[0].to"},
    Wrong{
        head + R"("start":"2026-01-01T00:00:00Z","n":1,"unit":"hour","extend":[{}]})",
        "extend[0]"},
    Wrong{R"({"calendar":{"tz":"UTC"})" + tail, "calendar.kind"},
    Wrong{R"({"calendar":{"kind":"lunar","tz":"UTC"})" + tail, "calendar.kind"},
    Wrong{R"({"calendar":{"kind":"elapsed"})" + tail, "calendar.tz"},
    Wrong{R"({"calendar":{"kind":"elapsed","tz":"Mars/Olympus"})" + tail, "calendar.tz"},
    Wrong{R"({"calendar":{"kind":"elapsed","tz":"../../etc/passwd"})" + tail, "calendar.tz"},
    Wrong{R"({"calendar":{"kind":"elapsed","tz":"UTC","of":[]})" + tail, "calendar.of"},
    Wrong{
        R"({"calendar":{"kind":"elapsed","tz":"UTC","off":["2026-13-01"]})" + tail,
        "calendar.off[0]"},
    Wrong{
        R"({"calendar":{"kind":"elapsed","tz":"UTC","work":"2026-01-01"})" + tail,
        "calendar.work"},
    Wrong{R"({"calendar":{"kind":"elapsed","tz":"UTC","roll":"sideways"})" + tail, "calendar.roll"},
    Wrong{
        R"({"calendar":{"kind":"elapsed","tz":"UTC","end_of_day":"25:00"})" + tail,
        "calendar.end_of_day"},
    Wrong{R"({"calendar":{"kind":"elapsed","tz":"UTC","cutoff":"9:00"})" + tail, "calendar.cutoff"},
    Wrong{R"({"calendar":{"kind":"business_hours","tz":"UTC"})" + tail, "calendar.hours"},
    Wrong{
        R"({"calendar":{"kind":"business_hours","tz":"UTC","hours":[{"days":[],"from":"09:00","to":"18:00"}]})" +
            tail,
        "calendar.hours[0].days"},
    Wrong{
        R"({"calendar":{"kind":"business_hours","tz":"UTC","hours":[{"days":["mon"],"from":"22:00","to":"06:00"}]})" +
            tail,
        "calendar.hours[0].to"},
};

}  // namespace

TEST_CASE("due: the published vectors")
{
    check(published);
}

TEST_CASE("due: pauses and extensions")
{
    check(paused_and_extended);
}

TEST_CASE("due: shifts, cut-offs, first days and clock changes")
{
    check(corner_cases);
}

TEST_CASE("due: what cannot be answered names the field")
{
    for (const Wrong& wrong : unanswerable) {
        const json::value answer = parse_json(answer_due(wrong.question));
        const std::string_view error = string_at(answer.as_object(), "error");
        CHECK_MESSAGE(
            error.starts_with(wrong.field + ": "),
            wrong.question.substr(0, 200),
            " → ",
            error
        );
        CHECK_MESSAGE(error.find("refusal.") == std::string_view::npos, error);
    }
}

}  // namespace redress::policy
