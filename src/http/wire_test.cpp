#include "http/wire.hpp"

#include "http/cursor.hpp"

#include <doctest/doctest.h>
#include <limits>
#include <rapidcheck.h>

using namespace redress;
using namespace redress::http;

namespace {

enum class Mood { calm, furious };
BOOST_DESCRIBE_ENUM(Mood, calm, furious)

struct Money {
    std::int64_t amount_minor{};
    std::string currency;
    friend bool operator==(const Money&, const Money&) = default;
};
BOOST_DESCRIBE_STRUCT(Money, (), (amount_minor, currency))

struct Item {
    std::string name;
    int count{};
    std::optional<Money> price;
    static constexpr auto wire_limits = std::to_array<Limit>({{"name", 1, 5}, {"count", 0, 9}});
    friend bool operator==(const Item&, const Item&) = default;
};
BOOST_DESCRIBE_STRUCT(Item, (), (name, count, price))

struct Order {
    CaseId id;
    bool is_late{};
    double weight{};
    Mood mood{};
    Instant at;
    std::vector<Item> items;
    std::optional<std::string> note;
    std::map<std::string, std::int64_t> counts;
    json::object extra;
    static constexpr auto wire_limits = std::to_array<Limit>({{"items", 0, 3}});
    friend bool operator==(const Order&, const Order&) = default;
};
BOOST_DESCRIBE_STRUCT(Order, (), (id, is_late, weight, mood, at, items, note, counts, extra))

constexpr std::string_view good =
    R"({"id":7,"is_late":true,"weight":1.5,"mood":"furious","at":"2026-11-20T09:40:00Z",)"
    R"("items":[{"name":"茶","count":2,"price":{"amount_minor":1250,"currency":"CNY"}},{"name":"x","count":0}],)"
    R"("counts":{"a":1},"extra":{"free":[1,"two",null]}})";

/// "code@field" of every refusal, in order.
template <class T>
std::string refusals_of(std::string_view body)
{
    const auto read = read_json<T>(body);
    std::string text;
    if (!read)
        for (const auto& refusal : read.error().refusals)
            text += (text.empty() ? "" : " ") + refusal.code + "@" + refusal.field;
    return text;
}

std::string with(std::string_view member, std::string_view value)
{
    std::string body{good};
    const auto at = body.find("\"" + std::string{member} + "\":") + member.size() + 3;
    return body.replace(at, body.find_first_of(",}", at) - at, value);
}

}  // namespace

TEST_CASE("a body becomes a struct and the same body again")
{
    const auto order = read_json<Order>(good);
    REQUIRE(order);
    CHECK(order->items[0].name == "茶");
    CHECK(order->items[0].price->amount_minor == 1250);
    CHECK(!order->items[1].price);
    CHECK(order->mood == Mood::furious);
    CHECK(!order->note);
    CHECK(write_json(*order) == good);
}

TEST_CASE("everything that is wrong is told at once and in place")
{
    CHECK(
        refusals_of<Order>(
            R"({"id":"7","is_late":1,"mood":"glad","at":"tomorrow","items":[{"name":"","count":10},)"
            R"({"name":"toolong","price":{"currency":"CNY","amount":1}}],"note":null,"counts":{"a":"b"},"extra":[],"what":1})"
        ) ==
        "type_wrong@id type_wrong@is_late field_missing@weight choice_unknown@mood type_wrong@at "
        "text_too_short@items[0].name number_too_long@items[0].count text_too_long@items[1].name "
        "field_missing@items[1].count field_missing@items[1].price.amount_minor field_unknown@items[1].price.amount "
        "null_given@note type_wrong@counts.a type_wrong@extra field_unknown@what"
    );
}

TEST_CASE("values of the wrong type or size")
{
    struct Row {
        const char* member;
        const char* value;
        const char* refusals;
    };
    for (const auto& [member, value, refusals] : std::initializer_list<Row>{
             {"id", "7.0", "type_wrong@id"},
             {"id", "1e2", "type_wrong@id"},
             {"id", "9223372036854775807", ""},
             {"id", "9223372036854775808", "number_too_long@id"},
             {"id", "null", "type_wrong@id"},
             {"is_late", "\"true\"", "type_wrong@is_late"},
             {"weight", "\"1\"", "type_wrong@weight"},
             {"weight", "3", ""},
             {"weight", "1e999", "number_infinite@weight"},
             {"count", "2147483648", "number_too_long@items[0].count"},
             {"count", "-2147483649", "number_too_short@items[0].count"},
             {"count", "-1", "number_too_short@items[0].count"},
             {"mood", "\"Calm\"", "choice_unknown@mood"},
             {"mood", "0", "choice_unknown@mood"},
             {"at", "\"2026-02-30T00:00:00Z\"", "type_wrong@at"},
             {"at", "1795167600", "type_wrong@at"},
             {"name", "\"12345\"", ""},
             {"name", "\"五个字的名\"", ""},
             {"name", "\"六个字的名字\"", "text_too_long@items[0].name"},
             {"name", "\"a\\u0000b\"", "text_has_nul@items[0].name"},
             {"currency", "1", "type_wrong@items[0].price.currency"},
         })
        CHECK_MESSAGE(refusals_of<Order>(with(member, value)) == refusals, member << " " << value);
}

TEST_CASE("lists and texts have a limit without being asked")
{
    const auto list = [](std::size_t size) {
        std::string text = "[1";
        for (std::size_t i = 1; i < size; ++i)
            text += ",1";
        return text + "]";
    };
    CHECK(refusals_of<std::vector<std::int64_t>>(list(1'000)).empty());
    CHECK(refusals_of<std::vector<std::int64_t>>(list(1'001)) == "list_too_long@");
    CHECK(refusals_of<std::string>("\"" + std::string(100'000, 'a') + "\"").empty());
    CHECK(refusals_of<std::string>("\"" + std::string(100'001, 'a') + "\"") == "text_too_long@");
}

TEST_CASE("malformed JSON is refused with its place")
{
    const auto place = [](std::string_view body) {
        const auto read = parse_body(body);
        REQUIRE(!read);
        const auto& refusal = read.error().refusals.at(0);
        std::string text = refusal.code;
        for (const auto& [name, value] : refusal.params)
            text += " " + name + "=" + value;
        return text;
    };
    CHECK(place("") == "body_missing");
    CHECK(place(" \n ") == "body_missing");
    CHECK(place("{\"a\":1,\n \"b\":}") == "json_malformed line=2 column=6");
    CHECK(place("{\"投诉\": x}") == "json_malformed line=1 column=8");
    CHECK(place("{\"a\":1") == "json_malformed line=1 column=7");
    CHECK(place("{} {}") == "json_malformed line=1 column=4");
    CHECK(place("{\"a\":01}").starts_with("json_malformed"));
    CHECK(place("{'a':1}").starts_with("json_malformed"));
    CHECK(place("{\"a\":1,}").starts_with("json_malformed"));
    CHECK(place("// note\n{}").starts_with("json_malformed"));
    CHECK(place("{\"a\":NaN}").starts_with("json_malformed"));
    CHECK(place("\xEF\xBB\xBF{}").starts_with("json_malformed"));
    CHECK(place("{\"a\":\"\\ud800\"}").starts_with("json_malformed"));
    CHECK(place("{\"a\":\"\xFF\"}") == "json_not_utf8");
    CHECK(place("{\"a\":\"\xED\xA0\x80\"}") == "json_not_utf8");
    CHECK(place(std::string(33, '[') + std::string(33, ']')) == "json_too_deep max=32");
    CHECK(place(std::string(100'000, '[')) == "json_too_deep max=32");
    CHECK(parse_body(std::string(32, '[') + std::string(32, ']')));
}

TEST_CASE("a key given twice is refused wherever it is, free form included")
{
    CHECK(refusals_of<Order>(R"({"a":1,"a":2})") == "field_twice@a");
    CHECK(
        refusals_of<json::value>(R"({"x":[0,{"k":1},{"y":{"k":1,"z":2,"k":3}}],"x":1})") ==
        "field_twice@x[2].y.k field_twice@x"
    );
    CHECK(refusals_of<json::value>(R"({"a\u0062":1,"ab":2})") == "field_twice@ab");
}

TEST_CASE("texts are escaped as JSON wants and nothing else")
{
    const auto quoted = [](std::string_view text) {
        std::string out;
        append_json(out, text);
        return out;
    };
    using namespace std::string_view_literals;
    CHECK(quoted("a\"b\\c/\n\r\t\b\f\x01\x1F\0"sv) == R"("a\"b\\c/\n\r\t\b\f\u0001\u001f\u0000")");
    CHECK(quoted("投诉 😀 é") == "\"投诉 😀 é\"");
    CHECK(quoted("a\xFF\xE6\x8Az投") == "\"a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz投\"");
    CHECK(
        write_json(Money{.amount_minor = std::numeric_limits<std::int64_t>::min(), .currency = ""}
        ) == R"({"amount_minor":-9223372036854775808,"currency":""})"
    );
    std::string out;
    append_json(out, 0.1);
    CHECK(out == "0.1");
    CHECK_THROWS_AS(append_json(out, std::numeric_limits<double>::quiet_NaN()), std::domain_error);
}

TEST_CASE("the schema says what the reader checks")
{
    Schemas schemas;
    CHECK(json::serialize(schema_of<Order>(schemas)) == R"({"$ref":"#/components/schemas/Order"})");
    const auto& components = schemas.components();
    CHECK(
        json::serialize(components.at("Mood")) == R"({"type":"string","enum":["calm","furious"]})"
    );
    CHECK(
        json::serialize(components.at("Item")) ==
        R"({"type":"object","properties":{"name":{"type":"string","maxLength":5,"minLength":1},)"
        R"("count":{"type":"integer","format":"int32","minimum":0,"maximum":9},)"
        R"("price":{"$ref":"#/components/schemas/Money"}},"required":["name","count"],"additionalProperties":false})"
    );
    const auto& order = components.at("Order").at("properties").as_object();
    CHECK(order.at("items").at("maxItems") == 3);
    CHECK(order.at("at").at("format") == "date-time");
    CHECK(
        json::serialize(order.at("counts")) ==
        R"({"type":"object","additionalProperties":{"type":"integer","format":"int64"}})"
    );
}

TEST_CASE("random structs come back as they went")
{
    rc::check([](std::int64_t id, bool is_late, const std::string& text, bool has_price) {
        Order order{
            .id = {id},
            .is_late = is_late,
            .weight = static_cast<double>(id) / 3,
            .mood = Mood::calm};
        order.at = {
            *rc::gen::inRange<std::int64_t>(-2'000'000'000'000'000, 30'000'000'000'000'000)};
        order.note = to_valid_utf8(text);
        order.counts[to_valid_utf8(text)] = id;
        order.extra["any"] = json::value{order.weight};
        Item item{.name = "n", .count = *rc::gen::inRange(0, 10)};
        if (has_price)
            item.price = Money{id, to_valid_utf8(text)};
        order.items.assign(2, item);
        const auto again = read_json<Order>(write_json(order));
        RC_ASSERT(again);
        RC_ASSERT(*again == order);
    });
}

TEST_CASE("random bytes and damaged bodies never crash, and what is read can be written")
{
    rc::check([](const std::string& bytes) { RC_ASSERT(parse_body(bytes) || true); });
    rc::check([] {
        std::string body{good};
        const auto at = *rc::gen::inRange<std::size_t>(0, body.size());
        body[at] = *rc::gen::arbitrary<char>();
        body.erase(
            *rc::gen::inRange<std::size_t>(0, body.size()),
            *rc::gen::inRange<std::size_t>(0, 4)
        );
        const auto read = read_json<Order>(body);
        if (read)
            RC_ASSERT(*read_json<Order>(write_json(*read)) == *read);
        else
            RC_ASSERT(!read.error().refusals.empty());
    });
}

TEST_CASE("a body of a million mistakes has a hundred refusals")
{
    std::string body = "{";
    for (int i = 0; i < 50'000; ++i)
        body += (i == 0 ? "\"f" : ",\"f") + std::to_string(i) + "\":1";
    const auto read = read_json<Money>(body + "}");
    REQUIRE(!read);
    CHECK(read.error().refusals.size() == max_reported_refusals);
}

TEST_CASE("a cursor opens only as it was sealed")
{
    const Money place{.amount_minor = 123, .currency = "投诉"};
    const auto cursor = write_cursor(place);
    CHECK(
        cursor.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        ) == std::string::npos
    );
    CHECK(*read_cursor<Money>(cursor) == place);
    for (std::size_t i = 0; i < cursor.size(); ++i) {
        auto damaged = cursor;
        damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
        const auto read = read_cursor<Money>(damaged);
        REQUIRE(!read);
        CHECK(read.error().refusals.at(0).code == "cursor_invalid");
    }
    for (const std::string text : {"", "=", "AAAA", "%%%", "eyJhIjoxfQ"})
        CHECK(!read_cursor<Money>(text));
    CHECK(!read_cursor<Money>(write_cursor(Item{.name = "other"})));
}
