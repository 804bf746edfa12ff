#include "portal/html.hpp"

#include <doctest/doctest.h>
#include <stdexcept>

using namespace redress::portal;

TEST_CASE("elements close in the order they were opened")
{
    Html out;
    out.doctype();
    {
        const auto html = out.open("html", {{"lang", "en"}});
        out.empty("input", {{"type", "text"}, {"required"}, {"checked", false}, {"hidden", true}});
        {
            const auto link = out.open("a", {{"href", Address{"/c/x?y=1&z=2"}}});
            out.text("a < b");
        }
        out.element("p", {{"class", "note"}}, "\"it's\" & <script>");
    }
    CHECK(
        out.take() ==
        "<!doctype html><html lang=\"en\"><input type=\"text\" required hidden>"
        "<a href=\"/c/x?y=1&amp;z=2\">a &lt; b</a>"
        "<p class=\"note\">&quot;it&#39;s&quot; &amp; &lt;script&gt;</p></html>"
    );
}

TEST_CASE("an attribute's value stays inside its quotation marks")
{
    Html out;
    out.empty("input", {{"value", "\"><script>alert(1)</script>"}});
    CHECK(out.take() == "<input value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">");
}

TEST_CASE("links lead nowhere else")
{
    for (const auto* bad :
         {"javascript:alert(1)",
          "//evil.example",
          "/\\evil.example",
          "https://evil.example",
          "",
          "x"})
        CHECK_THROWS_AS(Address{bad}, std::logic_error);
    CHECK(Address{"/c/abc"}.text() == "/c/abc");
    CHECK(Address{"#what"}.text() == "#what");
}
