// redress_bench: what the whole paths cost without HTTP, and the raw limit beside them. Printed as
// "name<TAB>value<TAB>unit".
//   seed FOLDER|URL COUNT   files COUNT complaints through the door, 500 in a transaction
//   raw FOLDER              rows of 1 KiB with six indexes and an event, 1 and 64 in a transaction
//   door FOLDER|URL SECONDS filing through the door, durable, 1 and 32 threads
//   clocks FOLDER|URL       lets the clocks of every case move once

#include "app/program.hpp"
#include "app/seed.hpp"
#include "staff/changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

using namespace redress;

namespace {

using SteadyClock = std::chrono::steady_clock;

double seconds_since(SteadyClock::time_point start)
{
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

void tell(std::string_view name, double value, std::string_view unit)
{
    fmt::print("{}\t{:.2f}\t{}\n", name, value, unit);
}

app::Settings settings_of(const std::string& where)
{
    app::Settings settings;
    if (where.starts_with("postgresql:") || where.find('=') != std::string::npos) {
        settings.database_url = where;
        settings.data_folder = "/tmp/redress-bench-blobs";
    } else
        settings.data_folder = where;
    return settings;
}

app::Filing complaint(std::int64_t i, const cases::Actor& by)
{
    const auto text = fmt::format(
        "第{}件：我买的冰箱用了一个月就不制冷了，食物全坏，售后电话排队四十分钟没有人接。请尽快上门维修，并说明原因和赔偿。"
        "The fridge stopped cooling after one month; I waited forty minutes on the phone and nobody answered.",
        i
    );
    return {
        {"receive",
         {{"channel", "web"},
          {"raw_content", text},
          {"description", text},
          {"language", "zh"},
          {"complainant_name", "李雷"},
          {"complainant_contacts", {{"phone", fmt::format("139{:08}", i % 100'000'000)}}},
          {"remedy_unknown", true}},
         by,
         std::nullopt},
        true,
        false,
        {}};
}

void hire(app::Program& program)
{
    if (program.staff.directory.roster()->people.empty())
        static_cast<void>(staff::create_admin(program.staff, {"bench", "Bench", "quiet-harbour-42"})
        );
}

void seed(const std::string& where, std::int64_t count)
{
    constexpr std::int64_t batch = 500;
    const RealClock clock;
    app::Program program{settings_of(where), clock};
    hire(program);
    const auto start = SteadyClock::now();
    for (std::int64_t i = 0; i < count; i += batch)
        program.database.write([&](db::Tx& tx) {
            for (std::int64_t j = i; j < std::min(i + batch, count); ++j)
                static_cast<void>(
                    program.door.file_in(tx, complaint(j, app::system_actor())).value()
                );
        });
    tell(
        "bulk filing, 500 a transaction",
        static_cast<double>(count) / seconds_since(start),
        "cases/s"
    );
}

constexpr db::Command<
    std::int64_t,
    std::string_view,
    std::int64_t,
    std::int64_t,
    std::int64_t,
    std::string_view>
    insert_row{
        "bench.insert_row",
        "INSERT INTO bench_rows (id, a, b, c, d, body) VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr db::Command<std::int64_t, std::string_view> insert_event{
    "bench.insert_event",
    "INSERT INTO bench_events (id, body) VALUES ($1, $2)"};

double raw_rate(db::Database& database, std::int64_t& next, std::int64_t per_transaction)
{
    const std::string body(1024, 'x');
    const auto start = SteadyClock::now();
    std::int64_t rows = 0;
    while (seconds_since(start) < 3)
        database.write([&](db::Tx& tx) {
            for (std::int64_t i = 0; i < per_transaction; ++i, ++next, ++rows) {
                tx.run(
                    insert_row,
                    next,
                    fmt::format("{:x}", next * 7919),
                    next % 97,
                    next % 1009,
                    next,
                    body
                );
                tx.run(insert_event, next, body);
            }
        });
    return static_cast<double>(rows) / seconds_since(start);
}

void raw(const std::string& folder)
{
    static constexpr std::string_view schema =
        "CREATE TABLE bench_rows (id BIGINT PRIMARY KEY, a TEXT, b BIGINT, c BIGINT, d BIGINT, body TEXT);"
        "CREATE UNIQUE INDEX r1 ON bench_rows (a); CREATE INDEX r2 ON bench_rows (b, d); CREATE INDEX r3 ON bench_rows (c, d);"
        "CREATE INDEX r4 ON bench_rows (d); CREATE INDEX r5 ON bench_rows (b, c, d); CREATE INDEX r6 ON bench_rows (c);"
        "CREATE TABLE bench_events (id BIGINT PRIMARY KEY, body TEXT);";
    const embedded::File file{"0001_bench.sql", schema};
    db::Options options;
    options.url = "sqlite:" + folder + "/raw.db";
    db::Database database{options};
    database.migrate({&file, 1}, {});
    std::int64_t next = 1;
    tell("raw insert, one row a transaction", raw_rate(database, next, 1), "rows/s");
    tell("raw insert, 64 rows a transaction", raw_rate(database, next, 64), "rows/s");
}

void file_with(app::Program& program, int threads, double seconds)
{
    std::atomic<std::int64_t> next{1'000'000'000};
    std::vector<std::vector<double>> took(static_cast<std::size_t>(threads));
    const auto start = SteadyClock::now();
    {
        std::vector<std::jthread> workers;
        for (auto& mine : took)
            workers.emplace_back([&] {
                while (seconds_since(start) < seconds) {
                    const auto begun = SteadyClock::now();
                    static_cast<void>(
                        program.door.file(complaint(next++, app::system_actor())).value()
                    );
                    mine.push_back(seconds_since(begun) * 1000);
                }
            });
    }
    std::vector<double> all;
    for (const auto& mine : took)
        all.insert(all.end(), mine.begin(), mine.end());
    std::ranges::sort(all);
    const auto name = fmt::format("filing through the door, {} threads", threads);
    tell(name, static_cast<double>(all.size()) / seconds_since(start), "cases/s");
    tell(name + ", p50", all[all.size() / 2], "ms");
    tell(name + ", p99", all[all.size() * 99 / 100], "ms");
}

void clocks(const std::string& where)
{
    const RealClock real;
    VirtualClock clock{real.now() + std::chrono::minutes{51}};
    app::Program program{settings_of(where), clock};
    const auto start = SteadyClock::now();
    std::size_t moved = 0;
    for (std::size_t n = 1; n > 0; moved += n)
        n = program.door.tick_due(500);
    tell("clocks moved", static_cast<double>(moved) / seconds_since(start), "cases/s");
}

}  // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 3 && words[0] == "seed")
        seed(words[1], std::stoll(words[2]));
    else if (words.size() == 2 && words[0] == "raw")
        raw(words[1]);
    else if (words.size() == 3 && words[0] == "door") {
        const RealClock clock;
        app::Program program{settings_of(words[1]), clock};
        hire(program);
        for (const int threads : {1, 32})
            file_with(program, threads, std::stod(words[2]));
    } else if (words.size() == 2 && words[0] == "clocks")
        clocks(words[1]);
    else
        return 2;
    return 0;
}
