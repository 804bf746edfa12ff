#include "app/house_for_tests.hpp"
#include "desk/search_page.hpp"
#include "search/rules_question.hpp"
#include "search/store.hpp"

#include <doctest/doctest.h>
#include <map>
#include <random>
#include <set>

namespace redress::app {
namespace {

desk::SearchPage search(TestProgram& program, std::string_view typed, desk::SearchPlace from = {})
{
    const desk::SearchOrder order{
        search::read_question(typed).value(),
        program.handler().staff,
        program.clock().now(),
        from,
        50};
    return program->database.read([&](db::Tx& tx) {
        return desk::search_cases(tx, order, *program->staff.directory.roster());
    });
}

std::vector<CaseId> found(TestProgram& program, std::string_view typed)
{
    std::vector<CaseId> ids;
    for (const auto& one : search(program, typed).found)
        ids.push_back(one.row.id);
    return ids;
}

using Ids = std::vector<CaseId>;

}  // namespace

TEST_CASE("D1: what was written is found at once, newest first, whatever the script")
{
    for_each_program([](TestProgram& program) {
        const auto fridge = program.file("冰箱不制冷，售后電話沒人接");
        const auto parcel = program.file("Der Refund für mein Paket fehlt");
        CHECK(found(program, "制冷") == Ids{fridge.id});
        CHECK(found(program, "冷制").empty());
        CHECK(found(program, "电话没人") == Ids{fridge.id});
        CHECK(found(program, "冰") == Ids{fridge.id});
        CHECK(found(program, "refund PAKET") == Ids{parcel.id});
        CHECK(found(program, "ref") == Ids{parcel.id});
        CHECK(found(program, "\"ref\"").empty());
        CHECK(found(program, fridge.ref_no) == Ids{fridge.id});
        CHECK(found(program, "owner:me") == Ids{parcel.id, fridge.id});
        CHECK(found(program, "state:open 冰箱") == Ids{fridge.id});
        CHECK(found(program, "state:done").empty());

        const cases::Command note{
            "add_note",
            {{"text", "顾客说冰箱里的食物全坏了"}},
            program.handler(),
            std::nullopt};
        REQUIRE(program->door.submit(fridge.id, note, std::nullopt));
        const auto page = search(program, "食物");
        REQUIRE(page.found.size() == 1);
        CHECK(page.found[0].kind == "note_added");
        REQUIRE(page.found[0].excerpt.marks.size() == 1);
        CHECK(page.found[0].excerpt.marks[0] == language::Span{7, 9});
    });
}

TEST_CASE("D1: a case about the reader is not found by the reader")
{
    for_each_program([](TestProgram& program) {
        const auto about_handler = program.handler().staff.value;
        cases::Command receive{
            "receive",
            {{"channel", "phone"},
             {"raw_content", "他骂人"},
             {"description", "他骂人"},
             {"complainant_name", "王女士"},
             {"subject_staff", about_handler}},
            program.lead(),
            std::nullopt};
        REQUIRE(program->door.file({receive, true, false, {}}));
        CHECK(found(program, "骂人").empty());
        CHECK(found(program, "kind:complaint").empty());
    });
}

TEST_CASE("D1: an index that was lost is completed, also from the middle, and erased texts leave it"
)
{
    for_each_program([](TestProgram& program) {
        const auto first = program.file("冰箱不制冷");
        const auto second = program.file("洗衣机漏水");
        const auto forget = [&](CaseId id) {
            program->database.write([&](db::Tx& tx) { search::forget(tx, id, cases::lifecycle()); }
            );
        };
        forget(second.id);
        CHECK(found(program, "漏水").empty());
        CHECK(found(program, "制冷") == Ids{first.id});
        program->complete_search_index();
        CHECK(found(program, "漏水") == Ids{second.id});
        forget(first.id);
        forget(second.id);
        program->complete_search_index();
        CHECK(found(program, "制冷") == Ids{first.id});
        CHECK(search(program, "漏水").found.size() == 1);
    });
}

TEST_CASE("D1: a long tail of events without words is looked through once, not at every start")
{
    for_each_program([](TestProgram& program) {
        const auto id = program.file("冰箱不制冷").id;
        const auto now = program.clock().now();
        program->database.write([&](db::Tx& tx) {
            for (std::int64_t i = 1; i <= 2'100; ++i)
                program->ledger.append(tx, {"clock", 1, i, "ticked", now, now, "system", "{}", {}});
        });
        const auto last_entry = [&] {
            return program->database.read([](db::Tx& tx) { return search::last_entry(tx); });
        };
        CHECK(last_entry() < program->ledger.last_seq());
        program->complete_search_index();
        CHECK(last_entry() == program->ledger.last_seq());
        CHECK(found(program, "制冷") == Ids{id});
        CHECK_FALSE(search::read_question("\xEF\xBF\xBD"));
    });
}

TEST_CASE("D1: words of two to four characters are found exactly where a plain scan finds them")
{
    constexpr std::string_view characters =
        "冰箱不制冷售后电话没人接退款快递丢件物业漏水噪音扰民网速慢";
    std::mt19937 random{20261121};
    const auto word = [&](std::size_t length) {
        std::string text;
        for (std::size_t i = 0; i < length; ++i)
            text += characters.substr(3 * (random() % (characters.size() / 3)), 3);
        return text;
    };
    for_each_program([&](TestProgram& program) {
        std::map<CaseId, std::string> texts;
        for (int i = 0; i < 40; ++i) {
            const auto text = word(5 + random() % 30) + "，" + word(3 + random() % 9);
            texts.emplace(program.file(text).id, text);
        }
        for (int i = 0; i < 500; ++i) {
            const auto wanted = word(2 + random() % 3);
            std::set<CaseId> expected;
            for (const auto& [id, text] : texts)
                if (text.find(wanted) != std::string::npos)
                    expected.insert(id);
            const auto ids = found(program, wanted);
            INFO(wanted);
            REQUIRE(std::set<CaseId>{ids.begin(), ids.end()} == expected);
        }
    });
}

}  // namespace redress::app
