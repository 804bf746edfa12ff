#include "base/catalogue.hpp"
#include "intake/desk_for_tests.hpp"
#include "intake/import_queue.hpp"
#include "intake/import_run.hpp"

#include <fmt/format.h>

#include <set>
#include <sstream>
#include <thread>

namespace redress::intake {
namespace {

constexpr std::string_view mapping_text = R"(schema = "redress.import/1"
system = "crm"
[columns]
external_id = "编号"
received_at = "时间"
description = "内容"
[received_at]
formats = ["%Y-%m-%d %H:%M"]
zone = "Asia/Shanghai"
)";

std::string file_of(int rows, const std::function<std::string(int)>& text_of)
{
    std::string text = "编号,时间,内容\r\n";
    for (int i = 1; i <= rows; ++i)
        append_csv(text, {std::to_string(i), "2026-03-01 09:30", text_of(i)});
    return text;
}

std::string file_of(int rows)
{
    return file_of(rows, [](int i) { return fmt::format("慢\n{}", i); });
}

Result<ImportJob>
import_text(TestDesk& desk, const std::string& text, const ImportWatch& watch = {})
{
    const auto loaded = load_mapping(mapping_text, cases::lifecycle());
    const ImportFile file{"crm.csv", [&] { return std::make_unique<std::istringstream>(text); }};
    const ImportOrder order{file, *loaded.mapping, mapping_text, "", desk.actor, Lang::zh};
    return run_import(*desk.database, desk.services, order, watch);
}

std::string rejects_of(TestDesk& desk, const ImportJob& job, Lang lang)
{
    std::ostringstream out;
    write_rejects(*desk.database, job, out, lang);
    return out.str();
}

/// Each of 1 … rows exactly once?
void check_whole(TestDesk& desk, std::size_t rows)
{
    std::set<std::string> seen;
    const auto filed = desk.filed();
    for (const auto& inputs : filed)
        seen.emplace(string_at(inputs, "description"));
    CHECK(filed.size() == rows);
    CHECK(seen.size() == rows);
    CHECK_FALSE(ledger::verify(*desk.database, {}).first_break);
}

TEST_CASE("a file is imported whole, and a second time not at all")
{
    for_each_desk([](TestDesk& desk) {
        std::vector<ImportProgress> seen;
        const ImportWatch watch{.progress = [&](const auto& one) { seen.push_back(one); }};
        const auto job = import_text(desk, file_of(1'234), watch);
        REQUIRE(job);
        CHECK(job->state == "done");
        CHECK(job->imported == 1'234);
        CHECK(job->rejected == 0);
        REQUIRE(seen.size() >= 3);
        CHECK(seen[0].row_count == 500);
        CHECK(seen.back().bytes_done == seen.back().bytes_total);
        check_whole(desk, 1'234);
        const auto again = import_text(desk, file_of(1'234));
        REQUIRE(again);
        CHECK(again->id != job->id);
        CHECK(again->duplicates == 1'234);
        check_whole(desk, 1'234);
        const auto page = [&](ImportJobId before) {
            return desk.database->read([&](db::Tx& tx) { return list_jobs(tx, before, 1); });
        };
        CHECK(page({}).at(0).id == again->id);
        CHECK(page(again->id).at(0).id == job->id);
        CHECK(page(job->id).empty());
    });
}

TEST_CASE("a stopped import goes on with the next row")
{
    for_each_desk([](TestDesk& desk) {
        std::stop_source stop;
        const ImportWatch watch{
            .progress =
                [&](const auto& one) {
                    if (one.row_count >= 1'000)
                        stop.request_stop();
                },
            .stop = stop.get_token()};
        const auto text = file_of(2'100);
        const auto stopped = import_text(desk, text, watch);
        REQUIRE(stopped);
        CHECK(stopped->state == "stopped");
        CHECK(stopped->imported == 1'000);
        CHECK(desk.filed().size() == 1'000);
        const auto done = import_text(desk, text);
        REQUIRE(done);
        CHECK(done->id == stopped->id);
        CHECK(done->state == "done");
        CHECK(done->imported == 2'100);
        CHECK(done->duplicates == 0);
        check_whole(desk, 2'100);
    });
}

TEST_CASE("an import that the database ended loses nothing and doubles nothing")
{
    for_each_desk([](TestDesk& desk) {
        const auto text =
            file_of(1'300, [](int i) { return i == 777 ? "break" : std::to_string(i); });
        desk.is_broken = true;
        CHECK_THROWS_AS(static_cast<void>(import_text(desk, text)), db::Fault);
        CHECK(desk.filed().size() == 500);
        desk.is_broken = false;
        desk.clock.advance(std::chrono::minutes{2});
        const auto done = import_text(desk, text);
        REQUIRE(done);
        CHECK(done->imported == 1'300);
        CHECK(done->duplicates == 0);
        check_whole(desk, 1'300);
    });
}

TEST_CASE("refused rows are kept with line and reason, and can be corrected and imported")
{
    for_each_desk([](TestDesk& desk) {
        const std::string text =
            "编号,时间,内容\n1,2026-03-01 09:30,a\n2,soon,\"=1+1\nx\"\n3,2026-03-01 09:30,refuse\n"
            "4,2026-03-01 09:30\n5,2026-03-01 09:30,e\n";
        const auto job = import_text(desk, text);
        REQUIRE(job);
        CHECK(job->imported == 2);
        CHECK(job->rejected == 3);
        const auto rejects = rejects_of(desk, *job, Lang::zh);
        CHECK(rejects.starts_with("\xEF\xBB\xBFredress_line,redress_reason,编号,时间,内容\r\n3,"));
        CHECK(rejects.find("soon,\"'=1+1\nx\"\r\n5,") != std::string::npos);
        CHECK(rejects.find("不符合映射文件中的任何时间格式") != std::string::npos);
        CHECK(rejects_of(desk, *job, Lang::en).find("not a time") != std::string::npos);
        auto corrected = rejects;
        corrected.replace(corrected.find("soon,"), 5, "2026-03-01 10:00,");
        const auto second = import_text(desk, corrected);
        REQUIRE(second);
        CHECK(second->imported == 1);
        CHECK(desk.filed().back().at("description") == "=1+1\nx");
    });
}

TEST_CASE("rows that come again with other contents are refused by name of their case")
{
    for_each_desk([](TestDesk& desk) {
        REQUIRE(import_text(desk, file_of(2)));
        const auto job = import_text(desk, file_of(2, [](int i) {
                                         return i == 2 ? "changed" : fmt::format("慢\n{}", i);
                                     }));
        CHECK(job->duplicates == 1);
        CHECK(job->rejected == 1);
        CHECK(rejects_of(desk, *job, Lang::en).find("crm:2") != std::string::npos);
    });
}

TEST_CASE("a mapping that refuses nearly everything is stopped")
{
    for_each_desk([](TestDesk& desk) {
        const auto text = file_of(2'000, [](int) { return "refuse"; });
        const auto job = import_text(desk, text, {.max_rejects = 600});
        REQUIRE(job);
        CHECK(job->state == "failed");
        CHECK(job->trouble == "import_too_many_rejects");
        CHECK(job->rejected == 1'000);
        CHECK(say(Lang::en, Refusal{job->trouble, {}, {}}) != "refusal." + job->trouble);
    });
}

TEST_CASE("a file in GB 18030 and one without rows")
{
    for_each_desk([](TestDesk& desk) {
        // 编号,时间,内容 / 1,2026-03-01 09:30,服务太慢
        const std::string gb =
            "\xB1\xE0\xBA\xC5,\xCA\xB1\xBC\xE4,\xC4\xDA\xC8\xDD\n"
            "1,2026-03-01 09:30,\xB7\xFE\xCE\xF1\xCC\xAB\xC2\xFD\n";
        const auto job = import_text(desk, gb);
        REQUIRE(job);
        CHECK(desk.filed().at(0).at("description") == "服务太慢");
        CHECK(import_text(desk, "").error().refusals.at(0).code == "import_empty");
        CHECK(
            import_text(desk, "编号,内容\n").error().refusals.at(0).code == "import_heading_missing"
        );
        CHECK(import_text(desk, "编号,时间,内容\n")->row_count == 0);
    });
}

TEST_CASE("each end of an import is in the ledger")
{
    for_each_desk([](TestDesk& desk) {
        const auto job = import_text(desk, file_of(3));
        const auto events = desk.database->read([&](db::Tx& tx) {
            return ledger::list_of_entity(tx, {"import", job->id.value}, 0, 10);
        });
        REQUIRE(events.size() == 3);
        CHECK(events[0].kind == "import_requested");
        CHECK(events[1].kind == "import_started");
        CHECK(events[2].kind == "import_finished");
        CHECK(json::parse(events[2].payload).at("imported") == 3);
    });
}

ImportJob wait_for_end(TestDesk& desk, ImportJobId id)
{
    for (int i = 0; i < 2'000; ++i) {
        const auto job = desk.database->read([&](db::Tx& tx) { return find_job(tx, id); });
        if (job->is_finished())
            return *job;
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    FAIL("the import does not end");
    return {};
}

ImportQueue::FindActor anybody(TestDesk& desk)
{
    return [&desk](StaffId) -> Result<cases::Actor> { return desk.actor; };
}

TEST_CASE("an upload runs beside everything else and forgets its file")
{
    for_each_desk([](TestDesk& desk) {
        ImportQueue queue{*desk.database, desk.services, anybody(desk)};
        const ImportUpload upload{"crm.csv", std::string{mapping_text}, file_of(700)};
        const auto job = queue.add(upload, desk.actor, Lang::zh);
        REQUIRE(job);
        const auto done = wait_for_end(desk, job->id);
        CHECK(done.state == "done");
        CHECK(done.imported == 700);
        CHECK_FALSE(desk.database->read([&](db::Tx& tx) { return find_job_content(tx, job->id); }));
        check_whole(desk, 700);
    });
}

TEST_CASE("a queue that ends leaves its job to the next one")
{
    for_each_desk([](TestDesk& desk) {
        const ImportUpload upload{"crm.csv", std::string{mapping_text}, file_of(3'000)};
        std::optional<ImportQueue> queue{
            std::in_place,
            *desk.database,
            desk.services,
            anybody(desk)};
        const auto job = queue->add(upload, desk.actor, Lang::zh);
        REQUIRE(job);
        queue.reset();
        queue.emplace(*desk.database, desk.services, anybody(desk));
        CHECK(wait_for_end(desk, job->id).imported == 3'000);
        check_whole(desk, 3'000);
    });
}

TEST_CASE("uploads that cannot be taken are refused")
{
    for_each_desk([](TestDesk& desk) {
        // Nobody may import, so jobs that were taken fail and are counted as done.
        ImportQueue queue{*desk.database, desk.services, [](StaffId) -> Result<cases::Actor> {
                              return deny(Denial::forbidden, "forbidden");
                          }};
        const auto refused = queue.add({"a.csv", "schema = 1", "x"}, desk.actor, Lang::en);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().refusals.at(0).code == "import_mapping");
        const ImportUpload big{
            "a.csv",
            std::string{mapping_text},
            std::string(max_upload + 1, 'x')};
        CHECK(queue.add(big, desk.actor, Lang::en).error().kind == Denial::too_large);
        const auto job =
            queue.add({"a.csv", std::string{mapping_text}, file_of(1)}, desk.actor, Lang::en);
        CHECK(wait_for_end(desk, job->id).trouble == "forbidden");
    });
}

}  // namespace
}  // namespace redress::intake
