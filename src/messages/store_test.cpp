#include "base/hash.hpp"
#include "db/migration.hpp"
#include "db/test_database.hpp"
#include "messages/rules_default_templates.hpp"
#include "messages/store_attachments.hpp"
#include "messages/store_blobs.hpp"
#include "messages/store_templates.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <functional>
#include <set>
#include <thread>

namespace redress::messages {
namespace {

namespace fs = std::filesystem;

constexpr Instant noon{1'795'262'400'000'000};  // 2026-11-21T12:00:00Z
constexpr CaseId some_case{7};

/// A folder of its own for one test.
class Folder {
public:
    Folder() : path_{fs::temp_directory_path() / ("redress-blobs-" + random_hex(8))} {}
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

/// The same test over every real blob store.
void for_each_store(const std::function<void(BlobStore&)>& test)
{
    const Folder folder;
    FileBlobs files{folder.path()};
    test(files);
    db::for_each_database([&](db::Database& database) {
        database.migrate(embedded::migrations(), noon);
        TableBlobs table{database};
        test(table);
    });
}

std::string noise(std::size_t size)
{
    std::string bytes(size, '\0');
    std::uint32_t state = 1;
    for (auto& byte : bytes) {
        state = state * 1'664'525U + 1'013'904'223U;
        byte = static_cast<char>(state >> 24U);
    }
    return bytes;
}

fs::path only_file_below(const fs::path& folder)
{
    fs::path found;
    int count = 0;
    for (const auto& entry : fs::recursive_directory_iterator{folder})
        if (entry.is_regular_file()) {
            found = entry.path();
            ++count;
        }
    REQUIRE(count == 1);
    return found;
}

void write_file(const fs::path& path, std::string_view bytes)
{
    std::ofstream{path, std::ios::binary | std::ios::trunc} << bytes;
}

struct House {
    explicit House(db::Database& opened) : database{opened}
    {
        database.migrate(embedded::migrations(), noon);
        database.set_batch_hooks(ledger.hooks());
    }

    Result<Attachment> attach(CaseId case_id, std::string file_name, Instant now = noon)
    {
        const NewAttachment attachment{case_id, sha256_hex(file_name), file_name, "text/plain", 3};
        return database.write([&](db::Tx& tx) {
            return add_attachment(tx, attachment, now, "staff:1");
        });
    }

    Result<void> check(CaseId case_id, const std::vector<std::string>& ids)
    {
        return database.read([&](db::Tx& tx) { return check_attachments(tx, case_id, ids); });
    }

    Result<Template> create(const TemplateDraft& draft)
    {
        return database.write([&](db::Tx& tx) { return create_template(tx, ledger, draft, author); }
        );
    }

    Result<Template> change(const TemplateTarget& target, const TemplateChange& wanted)
    {
        return database.write([&](db::Tx& tx) {
            return change_template(tx, ledger, target, wanted, author);
        });
    }

    std::int64_t seed()
    {
        return database.write([&](db::Tx& tx) { return seed_templates(tx, ledger, noon); });
    }

    db::Database& database;
    ledger::Ledger ledger{std::chrono::minutes{480}};
    TemplateAuthor author{noon, "staff:1"};
};

template <class T>
std::string code_of(const Result<T>& result)
{
    return result ? std::string{"accepted"} : result.error().refusals.front().code;
}

TemplateDraft thanks(std::string language)
{
    return {
        "thanks",
        std::move(language),
        "Thanks",
        "Thank you, {customer.name}.",
        TemplateUse::closing,
        true};
}

}  // namespace

TEST_CASE("what is put is what is got, whatever its size")
{
    for_each_store([](BlobStore& store) {
        for (const std::size_t size :
             {0UL, 1UL, 2UL, 3UL, 4096UL, 768UL * 1024, 768UL * 1024 + 1, 2'000'000UL}) {
            const auto bytes = noise(size);
            const auto name = store.put(bytes);
            CHECK(name == sha256_hex(bytes));
            CHECK(store.put(bytes) == name);
            CHECK((store.get(name) == bytes));
        }
        CHECK_FALSE(store.get(sha256_hex("never stored")).has_value());
        CHECK_FALSE(store.get("../../etc/passwd").has_value());
        CHECK_FALSE(store.get("").has_value());
    });
}

TEST_CASE("the largest blob is stored, and many at once")
{
    const Folder folder;
    FileBlobs store{folder.path()};
    const auto largest = noise(max_blob_bytes);
    CHECK((store.get(store.put(largest)) == largest));
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (std::size_t size = 0; size < 40; ++size)
                store.put(noise(size));
        });
    for (auto& thread : threads)
        thread.join();
    for (std::size_t size = 0; size < 40; ++size)
        CHECK(store.get(sha256_hex(noise(size))) == noise(size));
}

TEST_CASE("a damaged blob is told, and storing it again repairs it")
{
    const Folder folder;
    FileBlobs store{folder.path()};
    const auto name = store.put("the evidence");
    const auto place = only_file_below(folder.path());
    for (const auto* damaged : {"the evidencf", "the eviden", "the evidence and more", ""}) {
        write_file(place, damaged);
        try {
            static_cast<void>(store.get(name));
            FAIL("damage went unnoticed");
        } catch (const db::Fault& fault) {
            CHECK(fault.kind() == db::FaultKind::corrupt);
        }
        CHECK(store.put("the evidence") == name);
        CHECK(store.get(name) == "the evidence");
    }
}

TEST_CASE("a damaged row of the table is told, and storing it again repairs it")
{
    static constexpr db::Command<std::string_view> damage{
        "test.damage_blob",
        "UPDATE blobs SET base64 = 'AAAA' WHERE sha256 = $1 AND part = 0"};
    db::for_each_database([](db::Database& database) {
        database.migrate(embedded::migrations(), noon);
        TableBlobs store{database};
        const auto name = store.put("the evidence");
        database.write([&](db::Tx& tx) { tx.run(damage, name); });
        CHECK_THROWS_AS(static_cast<void>(store.get(name)), db::Fault);
        CHECK(store.put("the evidence") == name);
        CHECK(store.get(name) == "the evidence");
    });
}

TEST_CASE("what a crash left half written is no blob and does not stay")
{
    const Folder folder;
    {
        FileBlobs store{folder.path()};
        store.put("whole");
    }
    write_file(folder.path() / "tmp" / "0123456789abcdef", "hal");
    FileBlobs store{folder.path()};
    CHECK(fs::is_empty(folder.path() / "tmp"));
    CHECK(store.get(sha256_hex("whole")) == "whole");
    CHECK_FALSE(store.get(sha256_hex("hal")).has_value());
    CHECK(store.put("hal") == sha256_hex("hal"));
}

TEST_CASE("a store without room says so and leaves nothing behind")
{
    const Folder folder;
    FileBlobs store{folder.path()};
    fs::remove_all(folder.path() / "tmp");
    write_file(folder.path() / "tmp", "in the way");
    CHECK_THROWS_AS(store.put("lost"), db::Fault);
    CHECK_FALSE(store.get(sha256_hex("lost")).has_value());
}

TEST_CASE("SQLite keeps its blobs beside it, PostgreSQL within")
{
    db::for_each_database([](db::Database& database) {
        const Folder folder;
        database.migrate(embedded::migrations(), noon);
        const auto store = open_blobs(database, folder.path());
        CHECK(store->get(store->put("x")) == "x");
        CHECK(fs::exists(folder.path() / "blobs") == (database.dialect() == db::Dialect::sqlite));
    });
}

TEST_CASE("attachments belong to their case and to nothing else")
{
    db::for_each_database([](db::Database& database) {
        House house{database};
        const auto first = house.attach(some_case, "../a.txt").value();
        const auto second = house.attach(some_case, "a.txt", noon + Micros{1}).value();
        const auto foreign = house.attach(CaseId{8}, "b.txt").value();
        CHECK(first.file_name == "a.txt");
        CHECK(first.id.size() == 32);
        CHECK(first.id != second.id);
        const auto all = database.read([](db::Tx& tx) { return list_attachments(tx, some_case); });
        CHECK(all == std::vector{first, second});
        CHECK(database.read([&](db::Tx& tx) { return find_attachment(tx, first.id); }) == first);

        CHECK(house.check(some_case, {first.id, second.id}).has_value());
        CHECK(house.check(some_case, {}).has_value());
        const auto refused = house.check(some_case, {first.id, foreign.id, "0123"});
        REQUIRE_FALSE(refused.has_value());
        REQUIRE(refused.error().refusals.size() == 2);
        CHECK(refused.error().refusals.front().field == "attachments[1]");
        CHECK(
            code_of(house.check(some_case, std::vector<std::string>(51, first.id))) ==
            "attachments_of_message"
        );
    });
}

TEST_CASE("a case takes fifty files a minute and five hundred in all")
{
    db::for_each_database([](db::Database& database) {
        House house{database};
        auto now = noon;
        for (std::size_t i = 0; i < max_attachments_of_case; ++i) {
            if (i > 0 && i % max_attachments_of_message == 0) {
                CHECK(code_of(house.attach(some_case, "late.txt", now)) == "attachments_too_fast");
                CHECK(house.attach(CaseId{8 + static_cast<std::int64_t>(i)}, "other.txt", now)
                          .has_value());
                now = now + Micros{upload_burst};
            }
            REQUIRE(house.attach(some_case, "a.txt", now).has_value());
        }
        CHECK(
            code_of(house.attach(some_case, "late.txt", now + Micros{upload_burst})) ==
            "attachments_too_many"
        );
    });
}

TEST_CASE("a template has one text for each language, and every change is recorded")
{
    db::for_each_database([](db::Database& database) {
        House house{database};
        const auto en = house.create(thanks("en")).value();
        CHECK(en.version == 1);
        CHECK(en.variables == std::vector<std::string>{"customer.name"});
        CHECK(house.create(thanks("zh")).has_value());
        CHECK(code_of(house.create(thanks("en"))) == "template_taken");

        TemplateChange change;
        change.body = "Thank you, {customer.name|dear customer}. {case.ref_no}";
        const auto after = house.change({en.id, 1}, change).value();
        CHECK(after.version == 2);
        CHECK(after.variables == std::vector<std::string>{"case.ref_no", "customer.name"});
        CHECK(code_of(house.change({en.id, 1}, change)) == "template_stale");
        CHECK(house.change({en.id, 2}, change).value() == after);
        change.body = "{no.such}";
        CHECK(code_of(house.change({en.id, 2}, change)) == "template_variable_unknown");
        CHECK(code_of(house.change({TemplateId{9'999}, 1}, change)) == "template_not_found");
        CHECK(database.read([&](db::Tx& tx) { return find_template(tx, en.id); }) == after);

        const auto events = database.read([&](db::Tx& tx) {
            return ledger::list_of_entity(tx, {"template", en.id.value}, 0, 10);
        });
        REQUIRE(events.size() == 2);
        CHECK(events.back().kind == "template_changed");
        CHECK_FALSE(events.back().personal.has_value());
        Template recorded;
        from_doc(parse_json(events.back().payload), recorded);
        CHECK(recorded == after);
    });
}

TEST_CASE("the built-in templates come once, and an edited one is left alone")
{
    db::for_each_database([](db::Database& database) {
        House house{database};
        const auto count = static_cast<std::int64_t>(default_templates().size());
        CHECK(house.seed() == count);
        const auto first =
            database.read([](db::Tx& tx) { return list_templates(tx, {}, 1).front(); });
        TemplateChange change;
        change.is_active = false;
        REQUIRE(house.change({first.id, 1}, change).has_value());
        CHECK(house.seed() == 0);
        const auto found = database.read([&](db::Tx& tx) {
            return find_template(tx, first.code, first.language);
        });
        CHECK_FALSE(found.value().is_active);
    });
}

TEST_CASE("templates are listed page by page")
{
    db::for_each_database([](db::Database& database) {
        House house{database};
        house.seed();
        std::vector<std::string> seen;
        TemplatePlace after;
        for (;;) {
            const auto page =
                database.read([&](db::Tx& tx) { return list_templates(tx, after, 5); });
            for (const auto& each : page)
                seen.push_back(each.code + each.language);
            if (page.size() < 5)
                break;
            after = {page.back().code, page.back().language};
        }
        CHECK(seen.size() == default_templates().size());
        CHECK(std::set<std::string>(seen.begin(), seen.end()).size() == seen.size());
    });
}

}  // namespace redress::messages
