#include "db/fault.hpp"
#include "db/test_database.hpp"

#include <boost/describe/class.hpp>

#include <cmath>
#include <doctest/doctest.h>
#include <limits>
#include <rapidcheck.h>

using namespace redress;

namespace {

struct Row {
    CaseId id;
    bool flag{};
    int small{};
    double ratio{};
    std::string name;
    Instant at;
    std::optional<std::string> note;
    std::optional<StaffId> owner;
    std::optional<double> score;

    friend bool operator==(const Row&, const Row&) = default;
};
BOOST_DESCRIBE_STRUCT(Row, (), (id, flag, small, ratio, name, at, note, owner, score))

struct Pair {
    std::int64_t first{};
    std::string second;
};
BOOST_DESCRIBE_STRUCT(Pair, (), (first, second))

constexpr db::Command<> create{
    "test.create",
    "create table sample (id BIGINT primary key, flag BIGINT not null, small BIGINT not null, ratio DOUBLE PRECISION "
    "not null, name TEXT not null, at BIGINT not null, note TEXT, owner BIGINT, score DOUBLE PRECISION)"};
/// $2 before $1: SQLite numbers its parameters by appearance.
constexpr db::Query<
    CaseId,
    bool,
    CaseId,
    int,
    double,
    std::string_view,
    Instant,
    std::optional<std::string>,
    std::optional<StaffId>,
    std::optional<double>>
    insert{
        "test.insert",
        "insert into sample (id, flag, small, ratio, name, at, note, owner, score) values ($2, $1, $3, $4, $5, $6, $7, "
        "$8, $9) returning id"};
constexpr db::Query<Row, CaseId> find{
    "test.find",
    "select id, flag, small, ratio, name, at, note, owner, score from sample where id = $1"};
constexpr db::Query<std::string, std::string_view> echo_text{"test.echo_text", "select $1"};
constexpr db::Query<std::int64_t, std::int64_t> echo_integer{"test.echo_integer", "select $1"};
constexpr db::Query<int, std::int64_t> echo_small{"test.echo_small", "select $1"};
constexpr db::Query<std::string, std::int64_t> text_from_integer{
    "test.text_from_integer",
    "select note from sample where id = $1"};
constexpr db::Query<std::int64_t, CaseId> integer_from_text{
    "test.integer_from_text",
    "select name from sample where id = $1"};
constexpr db::Query<Pair> three_columns{"test.three_columns", "select 1, 'two', 3"};
constexpr db::Query<std::int64_t> two_rows{
    "test.two_rows",
    "select 1 union all select 2 order by 1"};
constexpr db::Query<std::optional<std::int64_t>> sum_of_none{
    "test.sum_of_none",
    "select sum(id) from sample"};
constexpr db::Query<bool> comparison{"test.comparison", "select 2 > 1"};
constexpr db::Query<std::int64_t, std::optional<std::int64_t>> optional_filter{
    "test.optional_filter",
    "select count(*) from sample where $1 is null or id = $1"};

void store(db::Database& database, const Row& row)
{
    const CaseId id = database.write([&](db::Tx& tx) {
        return tx
            .one(
                insert,
                row.flag,
                row.id,
                row.small,
                row.ratio,
                row.name,
                row.at,
                row.note,
                row.owner,
                row.score
            )
            .value();
    });
    CHECK(id == row.id);
}

Row load(db::Database& database, CaseId id)
{
    return database.read([&](db::Tx& tx) { return tx.one(find, id); }).value();
}

db::FaultKind kind_of_failure(db::Database& database, const std::function<void(db::Tx&)>& work)
{
    try {
        database.read(work);
    } catch (const db::Fault& fault) {
        return fault.kind();
    }
    FAIL("no fault");
    return db::FaultKind::other;
}

}  // namespace

TEST_CASE("every type comes back as it went in")
{
    db::for_each_database([](db::Database& database) {
        database.write([](db::Tx& tx) { tx.run(create); });
        const auto lowest = std::numeric_limits<std::int64_t>::min();
        const auto highest = std::numeric_limits<std::int64_t>::max();
        const Row full{
            {highest},
            true,
            std::numeric_limits<int>::min(),
            0.1,
            "投诉 «é» 𝒳 'quoted' \\ $1",
            {lowest},
            "",
            StaffId{-7},
            -1e-300};
        const Row empty{{lowest}, false, 0, 0.0, "", {0}, {}, {}, {}};
        store(database, full);
        store(database, empty);
        CHECK(load(database, full.id) == full);
        CHECK(load(database, empty.id) == empty);
    });
}

TEST_CASE("arbitrary rows come back as they went in")
{
    db::for_each_database([](db::Database& database) {
        database.write([](db::Tx& tx) { tx.run(create); });
        std::int64_t next_id = 1;
        const bool holds =
            rc::check([&](std::int64_t number, double ratio, const std::string& raw) {
                RC_PRE(std::isfinite(ratio));
                std::string text;
                for (const char c : raw)
                    text += c > 0 ? std::string(1, c) : "漢";
                const Row row{
                    {next_id++},
                    number % 2 == 0,
                    static_cast<int>(number % 1000),
                    ratio,
                    text,
                    {number},
                    text + "!",
                    StaffId{number},
                    ratio};
                store(database, row);
                RC_ASSERT(load(database, row.id) == row);
            });
        CHECK(holds);
    });
}

TEST_CASE("a large text goes through whole")
{
    db::for_each_database([](db::Database& database) {
        std::string large(3'000'000, 'x');
        large += "末";
        CHECK(database.read([&](db::Tx& tx) { return tx.one(echo_text, large); }) == large);
    });
}

TEST_CASE("text that not both databases can hold is refused")
{
    db::for_each_database([](db::Database& database) {
        using namespace std::string_view_literals;
        for (const std::string_view bad : {"a\0b"sv, "\xff"sv, "\xe6\x8a"sv, "\xed\xa0\x80"sv})
            CHECK(kind_of_failure(database, [&](db::Tx& tx) {
                      (void)tx.one(echo_text, bad);
                  }) == db::FaultKind::type);
        CHECK(database.read([](db::Tx& tx) {
            return tx.one(echo_text, "still fine");
        }) == "still fine");
    });
}

TEST_CASE("a value of another type than the row's is a type fault")
{
    db::for_each_database([](db::Database& database) {
        database.write([](db::Tx& tx) { tx.run(create); });
        store(database, {{1}, false, 0, 0.0, "seven", {0}, {}, {}, {}});
        const auto kind = [&](const std::function<void(db::Tx&)>& work) {
            return kind_of_failure(database, work);
        };
        CHECK(kind([](db::Tx& tx) { (void)tx.one(text_from_integer, 1); }) == db::FaultKind::type);
        CHECK(kind([](db::Tx& tx) {
                  (void)tx.one(integer_from_text, CaseId{1});
              }) == db::FaultKind::type);
        CHECK(kind([](db::Tx& tx) {
                  (void)tx.one(echo_small, std::int64_t{1} << 31);
              }) == db::FaultKind::type);
        CHECK(kind([](db::Tx& tx) { (void)tx.one(three_columns); }) == db::FaultKind::type);
        CHECK(kind([](db::Tx& tx) { (void)tx.one(two_rows); }) == db::FaultKind::type);
    });
}

TEST_CASE("aggregates, booleans and optional parameters read alike on both databases")
{
    db::for_each_database([](db::Database& database) {
        database.write([](db::Tx& tx) { tx.run(create); });
        store(database, {{5}, false, 0, 0.0, "a", {0}, {}, {}, {}});
        store(database, {{6}, false, 0, 0.0, "b", {0}, {}, {}, {}});
        database.read([](db::Tx& tx) {
            CHECK(tx.one(sum_of_none) == 11);
            CHECK(tx.one(comparison) == true);
            CHECK(tx.one(optional_filter, std::nullopt) == 2);
            CHECK(tx.one(optional_filter, 5) == 1);
            CHECK(tx.one(echo_integer, -1) == -1);
            CHECK(tx.all(two_rows) == std::vector<std::int64_t>{1, 2});
            CHECK_FALSE(tx.one(find, CaseId{7}).has_value());
        });
    });
}

TEST_CASE("each stops where it is told, and other statements may run meanwhile")
{
    db::for_each_database([](db::Database& database) {
        std::vector<std::int64_t> seen;
        database.read([&](db::Tx& tx) {
            tx.each(two_rows, [&](std::int64_t&& number) {
                seen.push_back(tx.one(echo_integer, number * 10).value());
                return false;
            });
            tx.each(two_rows, [&](std::int64_t&& number) {
                seen.push_back(number);
                return true;
            });
        });
        CHECK(seen == std::vector<std::int64_t>{10, 1, 2});
    });
}

TEST_CASE("a statement that ran is on the list, one that did not is not")
{
    constexpr db::Query<std::int64_t> never{"test.never_run", "select 1"};
    constexpr db::Query<std::int64_t> once{"test.run_once", "select 1"};
    static_cast<void>(never);
    db::for_each_database([&](db::Database& database) {
        (void)database.read([&](db::Tx& tx) { return tx.one(once); });
        CHECK(db::executed_statements().contains("test.run_once"));
        CHECK_FALSE(db::executed_statements().contains("test.never_run"));
    });
}
