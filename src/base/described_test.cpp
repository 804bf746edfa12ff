#include "base/described.hpp"

#include "base/document.hpp"

#include <doctest/doctest.h>

namespace {

BOOST_DEFINE_ENUM_CLASS(Colour, red, green)

struct Inner {
    redress::Instant at;
    std::optional<std::string> note;
    friend bool operator==(const Inner&, const Inner&) = default;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (at, note))

struct Outer {
    Colour colour{};
    std::vector<Inner> inner;
    std::set<Colour> colours;
    std::map<std::string, std::int64_t> counts;
    redress::CaseId id;
    double weight = 1.5;
    friend bool operator==(const Outer&, const Outer&) = default;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (colour, inner, colours, counts, id, weight))

}  // namespace

TEST_CASE("a document gives back what made it, without what is default")
{
    const Outer outer{
        Colour::green,
        {{{5}, "x"}, {{6}, std::nullopt}},
        {Colour::red, Colour::green},
        {{"a", 2}},
        {7},
        1.5};
    const auto doc = redress::to_doc(outer);
    CHECK(!doc.as_object().contains("weight"));
    Outer back;
    redress::from_doc(doc, back);
    CHECK(back == outer);
    const auto written = redress::write_doc(outer);
    CHECK(written == redress::to_canonical_json(doc));
    CHECK(redress::read_doc<Outer>(written) == outer);
    CHECK(redress::write_doc(Outer{}) == "{}");
}

TEST_CASE("unknown members are passed over and unknown enum values are not")
{
    Outer outer;
    redress::from_doc(redress::parse_json(R"({"id":3,"of_the_future":[1]})"), outer);
    CHECK(outer.id.value == 3);
    CHECK_THROWS(redress::from_doc(redress::parse_json(R"({"colour":"blue"})"), outer));
}
