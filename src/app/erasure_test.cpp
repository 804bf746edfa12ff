#include "app/erasure.hpp"

#include "app/house_for_tests.hpp"
#include "intake/raw.hpp"
#include "messages/store_attachments.hpp"
#include "notices/store.hpp"
#include "search/rules_question.hpp"
#include "search/store.hpp"

#include <doctest/doctest.h>
#include <limits>

using namespace redress;
using namespace redress::app;

namespace {

constexpr const char* words = "冰箱不制冷，孩子的药都坏了";

void give(TestProgram& program, CaseId id, const char* verb, json::object inputs)
{
    const cases::Command command{verb, std::move(inputs), program.handler(), std::nullopt};
    const auto done = program->door.submit(id, command, std::nullopt);
    REQUIRE_MESSAGE(done.has_value(), verb);
}

/// A complaint with a promise, a file and its raw words, withdrawn again.
struct Withdrawn {
    explicit Withdrawn(TestProgram& program) : receipt{program.file(words)}
    {
        give(
            program,
            receipt.id,
            "promise",
            {{"promise_text", "明天给李雷回电"}, {"promise_due", "2026-11-21T17:00:00+08:00"}}
        );
        blob = program->blobs->put("照片的字节");
        program->database.write([&](db::Tx& tx) {
            const messages::NewAttachment photo{
                receipt.id,
                blob,
                "李雷的冰箱.jpg",
                "image/jpeg",
                15};
            REQUIRE(messages::add_attachment(tx, photo, program.clock().now(), "staff:1"));
        });
        give(program, receipt.id, "withdraw", {{"withdrawal_evidence", "李雷来电撤回"}});
        customer = program->database.read([&](db::Tx& tx) {
            return cases::find_case(tx, receipt.id).value().customer;
        });
    }

    Receipt receipt;
    CustomerId customer;
    std::string blob;
};

/// Everything the store would tell about the case and its customer.
std::string everything(TestProgram& program, const Withdrawn& one)
{
    return program->database.read([&](db::Tx& tx) {
        std::string all = cases::to_json(cases::find_case(tx, one.receipt.id).value());
        for (const auto* stream : {"case", "customer"}) {
            const auto id =
                stream == std::string_view{"case"} ? one.receipt.id.value : one.customer.value;
            for (const auto& event : ledger::list_of_entity(tx, {stream, id}, 0, 1'000))
                all += event.payload + event.personal.value_or("");
        }
        all += customers::find(tx, one.customer).value().profile.name;
        for (const auto& raw : intake::list_raw(tx, one.receipt.id, {}))
            all += raw.bytes.value_or("");
        for (const auto& person : program->staff.directory.roster()->people)
            for (const auto& notice : notices::list(tx, person.id, {.limit = 100}))
                all += notice.payload;
        for (const auto& file : messages::list_attachments(tx, one.receipt.id))
            all += file.file_name;
        return all;
    });
}

}  // namespace

TEST_CASE("a customer is forgotten in everything that was stored, and the chain and every case hold"
)
{
    for_each_program([](TestProgram& program) {
        const Withdrawn one{program};
        REQUIRE(everything(program, one).find("李雷") != std::string::npos);
        const auto erased =
            erase_customer(program->door, one.customer, "客户要求", program.compliance());
        REQUIRE(erased);
        CHECK(erased->cases == 1);
        const auto left = everything(program, one);
        for (const auto* gone : {"李雷", "冰箱", "13900000101", "回电"})
            CHECK_MESSAGE(left.find(gone) == std::string::npos, gone);
        CHECK(left.find("客户要求") != std::string::npos);
        const auto wanted = search::read_question("冰箱").value();
        const auto hits = program->database.read([&](db::Tx& tx) {
            return search::list_hits(tx, wanted, std::numeric_limits<std::int64_t>::max(), 10);
        });
        CHECK(hits.empty());
        CHECK(!program->blobs->get(one.blob));
        check_whole(*program);
        program.restart();
        check_whole(*program);
        const auto again =
            erase_customer(program->door, one.customer, "再来一次", program.compliance());
        CHECK(again.has_value());
    });
}

TEST_CASE("a file that another complaint has too stays there")
{
    for_each_program([](TestProgram& program) {
        const Withdrawn one{program};
        const auto other = program.file("另一个人的事");
        program->database.write([&](db::Tx& tx) {
            const messages::NewAttachment photo{other.id, one.blob, "a.jpg", "image/jpeg", 15};
            REQUIRE(messages::add_attachment(tx, photo, program.clock().now(), "staff:1"));
        });
        give(program, other.id, "withdraw", {{"withdrawal_evidence", "撤回"}});
        const cases::Command forget{
            "forget_complainant",
            {{"reason", "客户要求"}},
            program.compliance(),
            std::nullopt};
        REQUIRE(program->door.submit(one.receipt.id, forget, std::nullopt));
        CHECK(program->blobs->get(one.blob).has_value());
        REQUIRE(program->door.submit(other.id, forget, std::nullopt));
        CHECK(!program->blobs->get(one.blob));
        check_whole(*program);
    });
}

TEST_CASE("nobody is forgotten while a complaint is open, on hold, or by who may not")
{
    for_each_program([](TestProgram& program) {
        const Withdrawn one{program};
        const auto open = program.file("又坏了");
        const auto code = [&](const cases::Actor& actor) {
            const auto erased = erase_customer(program->door, one.customer, "客户要求", actor);
            return erased ? "" : erased.error().refusals.front().code;
        };
        CHECK(code(program.compliance()) == "customer_has_open_cases");
        give(program, open.id, "withdraw", {{"withdrawal_evidence", "撤回"}});
        CHECK(code(program.handler()) == "role_forbids");
        give(program, open.id, "record_fact", {{"fact", "legal_hold_set"}});
        CHECK(code(program.compliance()) == "needs.no_legal_hold");
        CHECK(everything(program, one).find("李雷") != std::string::npos);
        give(program, open.id, "record_fact", {{"fact", "legal_hold_released"}});
        CHECK(code(program.compliance()).empty());
        check_whole(*program);
    });
}
