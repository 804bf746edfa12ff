#include "operations/export.hpp"

#include "base/csv.hpp"
#include "operations/files.hpp"
#include "operations/store_for_tests.hpp"

#include <sstream>

namespace redress::operations {
namespace {

std::vector<json::object> lines_of(const std::string& text)
{
    std::vector<json::object> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);)
        lines.push_back(json::parse(line).as_object());
    return lines;
}

TEST_CASE("cases are exported with their events, page by page")
{
    for_each_store([](TestStore& store) {
        constexpr int many = 620;
        for (int i = 0; i < many; ++i)
            store.receive("慢");
        store.note(store.receive("slow"), "called back");
        std::ostringstream out;
        CHECK(export_cases(*store.database, out, {}) == many + 1);
        const auto lines = lines_of(out.str());
        REQUIRE(lines.size() == many + 1);
        const auto& last = lines.back();
        CHECK(last.at("case").at("personal").at("description") == "slow");
        const auto& events = last.at("events").as_array();
        REQUIRE(events.size() >= 2);
        CHECK(events.front().at("kind") == "received");
        CHECK(events.front().at("personal").at("set").at("description") == "slow");
        CHECK(events.back().at("at") == "2026-11-21T12:00:00Z");
    });
}

TEST_CASE("the exported chain verifies without the database")
{
    for_each_store([](TestStore& store) {
        store.note(store.receive("慢"), "called back");
        std::ostringstream out;
        CHECK(export_events(*store.database, out, {}) == store.ledger.last_seq());
        ledger::ChainCheck check;
        for (const auto& line : lines_of(out.str())) {
            const auto text = [&](const char* name) { return std::string{string_at(line, name)}; };
            ledger::Event event{
                .seq = line.at("seq").as_int64(),
                .stream = text("stream"),
                .entity = line.at("entity").as_int64(),
                .version = line.at("version").as_int64(),
                .kind = text("kind"),
                .at = {line.at("at_us").as_int64()},
                .recorded_at = {line.at("recorded_at_us").as_int64()},
                .actor = text("actor"),
                .payload = text("payload"),
                .personal = {},
                .salt = {},
                .commitment = text("commitment"),
                .hash = text("hash"),
            };
            if (line.contains("personal")) {
                event.personal = text("personal");
                event.salt = text("salt");
            }
            CHECK(check.add(event));
        }
        const auto head = store.database->read([](db::Tx& tx) { return ledger::find_head(tx); });
        CHECK_FALSE(check.finish(head).first_break);
    });
}

TEST_CASE("the table of cases reads well in both languages and runs nothing")
{
    for_each_store([](TestStore& store) {
        store.receive("@SUM(A1)");
        std::ostringstream out;
        export_cases_csv(*store.database, out, Lang::zh, {});
        const auto text = out.str();
        CHECK(
            text.starts_with("\xEF\xBB\xBF"
                             "编号,案件号,状态")
        );
        CHECK(text.find(",已收件,投诉,电话,") != std::string::npos);
        CHECK(text.find(",'=王女士,'@SUM(A1),") != std::string::npos);
        CHECK(text.find(",=") == std::string::npos);
        std::ostringstream english;
        export_cases_csv(*store.database, english, Lang::en, {});
        CHECK(english.str().find(",Received,Complaint,Phone,") != std::string::npos);
        CHECK(english.str().find("export.") == std::string::npos);
    });
}

TEST_CASE("everything goes into one folder, without any secret")
{
    for_each_store([](TestStore& store) {
        const TestFolder folder;
        store.receive("slow");
        store.database->write([](db::Tx& tx) {
            tx.run(db::Command<>{
                "t.staff",
                "INSERT INTO staff (id, version, login, is_active, is_admin, team_id, doc) VALUES"
                " (1, 1, 'zhang', 1, 0, 0, '{\"display_name\":\"张敏\"}')"});
            tx.run(db::Command<>{
                "t.credentials",
                "INSERT INTO credentials (staff_id, password_hash, changed_at) VALUES (1, 'argon', 1)"}
            );
        });
        const auto target = folder.path() / "export";
        export_all(*store.database, target, Lang::en, {});
        std::string all;
        std::size_t files = 0;
        for (const auto& entry : std::filesystem::directory_iterator{target}) {
            all += read_whole(entry.path());
            ++files;
        }
        CHECK(files == 6);
        CHECK(all.find("张敏") != std::string::npos);
        CHECK(all.find("argon") == std::string::npos);
        CHECK_THROWS(export_all(*store.database, target, Lang::en, {}));
    });
}

TEST_CASE("a stream that takes no more ends the export")
{
    for_each_store([](TestStore& store) {
        store.receive("slow");
        std::ostringstream out;
        out.setstate(std::ios::badbit);
        CHECK_THROWS_AS(export_cases(*store.database, out, {}), std::runtime_error);
    });
}

}  // namespace
}  // namespace redress::operations
