#include "customers/test_house.hpp"
#include "ledger/verify.hpp"

namespace redress::customers {
namespace {

std::string code_of(const Result<Customer>& result)
{
    return result ? std::string{"accepted"} : result.error().refusals.front().code;
}

std::vector<Contact> phones(std::initializer_list<const char*> numbers)
{
    std::vector<Contact> contacts;
    for (const auto* number : numbers)
        contacts.push_back({ContactKind::phone, number, {}});
    return contacts;
}

}  // namespace

TEST_CASE("the same contact is the same customer, a name alone is not")
{
    db::for_each_database([](db::Database& database) {
        TestHouse house{database};
        const auto li = house.file("Li", {{"phone", "138 1234 5678"}});
        CHECK(li.value > 0);
        CHECK(house.file("Mr Li", {{"phone", "+86-138-1234-5678"}}) == li);
        CHECK(
            house.file("Li", {{"phone", "０１３８１２３４５６７８"}, {"email", "Li@QQ.com"}}) == li
        );
        CHECK(house.file("", {{"email", "li@qq.com"}}) == li);
        CHECK(house.file("Li", {}) != li);
        CHECK(
            house.file("Li", {{"address", "Room 1"}}) != house.file("Wang", {{"address", "Room 1"}})
        );
        CHECK(house.at(li).profile.name == "Li");
        CHECK(house.at(li).version == 2);
        house.check_replay(li);
    });
}

TEST_CASE("somebody anonymous and nobody at all are no customers")
{
    db::for_each_database([](db::Database& database) {
        TestHouse house{database};
        Complainant hidden;
        hidden.name = "Li";
        hidden.contacts = {{"phone", "13812345678"}};
        hidden.is_anonymous = true;
        CHECK(house.file(hidden) == CustomerId{});
        CHECK(house.file(" ", {}) == CustomerId{});
        CHECK(ledger::verify(database, {}).events == 0);
    });
}

TEST_CASE("contacts that speak for two give the first and note the other once")
{
    db::for_each_database([](db::Database& database) {
        TestHouse house{database};
        const auto first = house.file("Li", {{"email", "li@qq.com"}});
        const auto second = house.file("Wang", {{"phone", "13812345678"}});
        const Contacts both{{"email", "li@qq.com"}, {"phone", "13812345678"}, {"wechat", "wx_li"}};
        CHECK(house.file("Li", both) == first);
        CHECK(house.file("Li", both) == first);
        CHECK(house.duplicates(first) == std::vector{second.value});
        CHECK(house.duplicates(second) == std::vector{first.value});
        CHECK(house.file("", {{"wechat", "WX_LI"}}) == first);
        CHECK(house.file("", {{"phone", "13812345678"}}) == second);
        CHECK(house.at(first).version == 3);

        const auto apart = database.write([&](db::Tx& tx) {
            return tell_apart(tx, house.ledger, second, first, house.author);
        });
        CHECK(apart.has_value());
        CHECK(house.file("Li", both) == first);
        CHECK(house.duplicates(first).empty());
        house.check_replay(first);
        house.check_replay(second);
    });
}

TEST_CASE("a change needs the version that was seen and contacts that are free")
{
    db::for_each_database([](db::Database& database) {
        TestHouse house{database};
        const auto li = house.create("Li", phones({"13800000001"})).value();
        const auto wang = house.create("Wang", phones({"13800000002"})).value();
        ProfileChange change;
        change.contacts = phones({"13800000001", "138 0000 0002"});
        const auto taken = house.update(li.id, change);
        REQUIRE_FALSE(taken.has_value());
        CHECK(taken.error().kind == Denial::conflict);
        CHECK(taken.error().refusals.front().code == "contact_taken");
        CHECK(house.at(li.id) == li);

        change.contacts = phones({"13800000003"});
        CHECK(code_of(house.update(li.id, change, 7)) == "customer_stale");
        CHECK(house.update(li.id, change, 1).value().version == 2);
        CHECK(code_of(house.create("X", phones({"13800000003"}))) == "contact_taken");
        CHECK(house.file("New", {{"phone", "13800000001"}}) != li.id);
        CHECK(code_of(house.update(CustomerId{9'999}, change)) == "customer_not_found");
        house.check_replay(li.id);
        house.check_replay(wang.id);
        CHECK_FALSE(ledger::verify(database, {}).first_break.has_value());
    });
}

TEST_CASE("a merged record leads to its survivor, and splitting gives everything back")
{
    db::for_each_database([](db::Database& database) {
        TestHouse house{database};
        const auto a = house.create("A", phones({"13800000001"})).value();
        const auto b = house.create("B", phones({"13800000002"})).value();
        const auto c = house.create("C", phones({"13800000003"})).value();
        REQUIRE(house.merge(a.id, b.id).has_value());
        REQUIRE(house.merge(b.id, c.id).has_value());
        CHECK(house.survivor(a.id) == c.id);
        CHECK(house.file("", {{"phone", "13800000001"}}) == c.id);
        CHECK(house.at(c.id).profile.contacts.size() == 3);
        CHECK(code_of(house.merge(c.id, a.id)) == "customer_merged");
        CHECK(code_of(house.split(a.id)) == "customer_split_order");
        CHECK(code_of(house.split(c.id)) == "customer_not_merged");
        CHECK(house.names("", 1) == std::vector<std::string>{"C"});

        REQUIRE(house.split(b.id).has_value());
        CHECK(house.survivor(a.id) == b.id);
        CHECK(house.file("", {{"phone", "13800000001"}}) == b.id);
        CHECK(house.file("", {{"phone", "13800000003"}}) == c.id);
        REQUIRE(house.split(a.id).has_value());
        CHECK(house.file("", {{"phone", "13800000001"}}) == a.id);
        for (const auto* before : {&a, &b, &c}) {
            CHECK(house.at(before->id).profile == before->profile);
            CHECK(house.survivor(before->id) == before->id);
            house.check_replay(before->id);
        }
    });
}

TEST_CASE("what somebody else took meanwhile stays theirs after a split")
{
    db::for_each_database([](db::Database& database) {
        TestHouse house{database};
        const auto a = house.create("A", phones({"13800000001"})).value();
        const auto b = house.create("B", phones({"13800000002"})).value();
        REQUIRE(house.merge(a.id, b.id).has_value());
        ProfileChange change;
        change.contacts = phones({"13800000002"});
        REQUIRE(house.update(b.id, change).has_value());
        const auto c = house.create("C", phones({"13800000001"})).value();
        REQUIRE(house.split(a.id).has_value());
        CHECK(house.file("", {{"phone", "13800000001"}}) == c.id);
        CHECK(house.file("", {{"phone", "13800000002"}}) == b.id);
    });
}

TEST_CASE("an erased customer is forgotten everywhere, and the chain still holds")
{
    db::for_each_database([](db::Database& database) {
        TestHouse house{database};
        const auto a = house.create("A", phones({"13800000001"})).value();
        const auto b = house.create("B", phones({"13800000002"})).value();
        REQUIRE(house.merge(a.id, b.id).has_value());
        const auto erase_record = [&](CustomerId id) {
            return database.write([&](db::Tx& tx) {
                return erase(tx, house.ledger, id, house.author);
            });
        };
        CHECK_FALSE(erase_record(a.id).has_value());
        REQUIRE(erase_record(b.id).has_value());
        CHECK(erase_record(b.id).has_value());
        for (const auto id : {a.id, b.id}) {
            CHECK(house.at(id).profile == Profile{});
            CHECK(house.at(id).is_erased);
            const auto events = database.read([&](db::Tx& tx) {
                return ledger::list_of_entity(tx, {"customer", id.value}, 0, 100);
            });
            for (const auto& event : events)
                CHECK_FALSE(event.personal.has_value());
        }
        CHECK(code_of(house.split(a.id)) == "customer_erased");
        CHECK(code_of(house.update(b.id, {})) == "customer_erased");
        CHECK(house.file("A", {{"phone", "13800000001"}}) != b.id);
        CHECK(house.names("B", 5).empty());
        CHECK_FALSE(ledger::verify(database, {}).first_break.has_value());
    });
}

}  // namespace redress::customers
