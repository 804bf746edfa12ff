#include "customers/test_house.hpp"

namespace redress::customers {
namespace {

constexpr Micros day = std::chrono::days{1};

}  // namespace

TEST_CASE("namesakes are proposed behind noted duplicates until they are told apart")
{
    db::for_each_database([](db::Database& database) {
        TestHouse house{database};
        const auto one = house.file("王伟", {{"phone", "13800000001"}});
        const auto two = house.file(" 王伟", {{"phone", "13800000002"}});
        house.file("王维", {{"phone", "13800000003"}});
        CHECK(house.duplicates(one) == std::vector{-two.value});
        const auto apart = database.write([&](db::Tx& tx) {
            return tell_apart(tx, house.ledger, one, two, house.author);
        });
        CHECK(apart.has_value());
        CHECK(house.duplicates(one).empty());
        CHECK(house.duplicates(two).empty());
    });
}

TEST_CASE("names are found by their beginning, page by page, in any case and width")
{
    db::for_each_database([](db::Database& database) {
        TestHouse house{database};
        for (const auto* name :
             {"Wang Wei",
              "ＷＡＮＧ Fang",
              "wangari",
              "Wan",
              "王伟",
              "王小明",
              "李明",
              "100% Wool",
              "_x"})
            REQUIRE(house.create(name, {}).has_value());
        CHECK(house.names("WANG", 2).size() == 3);
        CHECK(house.names("wang ", 2).size() == 3);
        CHECK(house.names("ｗang F", 2) == std::vector<std::string>{"ＷＡＮＧ Fang"});
        CHECK(house.names("王", 1).size() == 2);
        CHECK(house.names("%", 5).empty());
        CHECK(house.names("100%", 5).size() == 1);
        CHECK(house.names("", 4).size() == 9);
    });
}

TEST_CASE("a contact in any spelling finds its customer, and lists go down by id")
{
    db::for_each_database([](db::Database& database) {
        TestHouse house{database};
        const auto li = house.file("Li", {{"phone", "13812345678"}, {"wechat", "WX_li"}});
        const auto wang = house.file("Wang", {{"account", "13812345678"}});
        const auto found = [&](std::string_view text) {
            return database.read([&](db::Tx& tx) {
                std::vector<std::int64_t> ids;
                for (const auto& customer : list_by_contact(tx, text, 10))
                    ids.push_back(customer.id.value);
                return ids;
            });
        };
        CHECK(found("+86 138 1234 5678") == std::vector{li.value});
        CHECK(found("13812345678") == std::vector{li.value, wang.value});
        CHECK(found("wx_LI") == std::vector{li.value});
        CHECK(found("1381234567").empty());
        const auto rows = database.read([&](db::Tx& tx) { return list_newest(tx, wang, 10); });
        REQUIRE(rows.size() == 1);
        CHECK(rows.front().id == li);
        CHECK(
            database.read([](db::Tx& tx) { return list_newest(tx, CustomerId{newest}, 1); })
                .front()
                .id == wang
        );
    });
}

TEST_CASE("the complaints of all records of a customer count together")
{
    db::for_each_database([](db::Database& database) {
        TestHouse house{database};
        const auto a = house.file("A", {{"phone", "13800000001"}});
        const auto b = house.file("B", {{"phone", "13800000002"}});
        house.add_case(a, noon - 91 * day, false);
        house.add_case(a, noon - 90 * day, false);
        house.add_case(b, noon - day, true);
        const StaffId reader{7};
        house.add_case(b, noon - day, true, reader);
        const auto count = [&](CustomerId id) {
            return database.read([&](db::Tx& tx) { return count_cases(tx, id, noon, reader); });
        };
        CHECK(count(a).cases == 2);
        CHECK(count(a).recent_cases == 1);
        REQUIRE(house.merge(a, b).has_value());
        CHECK(count(b).cases == 3);
        CHECK(count(b).open_cases == 1);
        CHECK(count(b).recent_cases == 2);
        CHECK(count(b).last_received_at == noon - day);
        CHECK(count(a).cases == 0);
        const auto page = [&](CaseId before) {
            return database.read([&](db::Tx& tx) { return list_cases(tx, b, before, 2, reader); });
        };
        const auto first = page(CaseId{newest});
        REQUIRE(first.size() == 2);
        CHECK(first.front().received_at == noon - day);
        CHECK(page(first.back().id).size() == 1);
        CHECK(database.read([&](db::Tx& tx) {
            return list_absorbed_ids(tx, b);
        }) == std::vector{a});
    });
}

}  // namespace redress::customers
