#include "desk/presence.hpp"

#include "app/house_for_tests.hpp"

#include <doctest/doctest.h>

namespace redress::app {
namespace {

using namespace std::chrono_literals;
using desk::Present;

void say(TestProgram& program, const Present& who)
{
    program->database.write([&](db::Tx& tx) { desk::come(tx, who, program.clock().now()); });
}

std::vector<Present> there(TestProgram& program, CaseId id)
{
    return program->database.read([&](db::Tx& tx) {
        return desk::list_present_at(tx, id, program.clock().now());
    });
}

/// How often `part` was told to the stream since the last look.
std::size_t heard(http::Stream& stream, std::string_view part)
{
    const auto frames = stream.take().frames;
    std::size_t count = 0;
    for (auto at = frames.find(part); at != std::string::npos; at = frames.find(part, at + 1))
        ++count;
    return count;
}

constexpr CaseId fridge{7};

}  // namespace

TEST_CASE("B5: who is there is seen until they leave or are silent for too long")
{
    for_each_program([](TestProgram& program) {
        const auto zhang = program.handler().staff;
        const auto zhou = program.lead().staff;
        say(program, {fridge, zhang, false});
        say(program, {fridge, zhou, false});
        say(program, {fridge, zhou, true});
        CHECK(
            there(program, fridge) ==
            std::vector<Present>{{fridge, zhang, false}, {fridge, zhou, true}}
        );
        program.clock().advance(30s);
        say(program, {fridge, zhou, false});
        program.clock().advance(15s);
        CHECK(there(program, fridge) == std::vector<Present>{{fridge, zhou, false}});
        program->database.write([&](db::Tx& tx) { desk::leave(tx, fridge, zhou); });
        CHECK(there(program, fridge).empty());
    });
}

TEST_CASE("B5: streams hear once of everybody who comes, writes or goes, on whichever node")
{
    for_each_program([](TestProgram& program) {
        desk::PresenceFeed feed{
            program->database,
            program->hub,
            program->staff.directory,
            program.clock()};
        const auto zhang = program.handler().staff;
        say(program, {fridge, zhang, false});
        feed.publish_changes();
        const auto stream = program->hub.subscribe({});
        feed.publish_changes();
        CHECK(heard(*stream, R"("is_typing":false)") == 1);
        feed.publish_changes();
        CHECK(heard(*stream, "presence") == 0);
        say(program, {fridge, zhang, true});
        feed.publish_changes();
        CHECK(heard(*stream, R"("case_id":7,"people":[{"id":)") == 1);
        program.clock().advance(41s);
        feed.publish_changes();
        CHECK(heard(*stream, R"("people":[])") == 1);
        feed.sweep();
        CHECK(there(program, fridge).empty());
    });
}

}  // namespace redress::app
