// links: redress_language
// Whatever the draft, spans lie within it, promises are in the future and come in order, and a
// second reading says the same.
#include "base/require.hpp"
#include "language/coach.hpp"
#include "language/promise_calendar.hpp"

#include <cstdint>

using namespace redress;
using namespace redress::language;

namespace {

ReplyFacts some_facts(std::uint8_t choice)
{
    static const auto calendar = business_days_of("Asia/Shanghai");
    ReplyFacts facts;
    facts.is_first_reply = (choice & 1U) != 0;
    if ((choice & 2U) != 0)
        facts.our_fault = (choice & 4U) != 0;
    facts.exceeds_offer = (choice & 8U) != 0;
    facts.now = PromiseContext{*parse_rfc3339("2026-11-24T00:00:00Z"), calendar.get()};
    return facts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view draft{reinterpret_cast<const char*>(bytes) + 1, size - 1};
    const ReplyFacts facts = some_facts(bytes[0]);
    const Review found = review(draft, facts);
    const auto length = static_cast<std::uint32_t>(count_code_points(draft));
    for (const auto* hints : {&found.hints, &found.strengths})
        for (const Hint& hint : *hints)
            REQUIRE_THAT(hint.span.begin < hint.span.end && hint.span.end <= length);
    std::uint32_t begin = 0;
    for (const Promise& promise : found.promises) {
        REQUIRE_THAT(promise.span.begin >= begin && promise.span.end <= length);
        REQUIRE_THAT(promise.span.holds(promise.time) && promise.due > facts.now->now);
        begin = promise.span.begin;
    }
    const Review again = review(draft, facts);
    REQUIRE_THAT(again.hints == found.hints && again.promises == found.promises);
    return 0;
}
