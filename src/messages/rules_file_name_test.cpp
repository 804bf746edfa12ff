#include "messages/rules_file_name.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace redress::messages {
namespace {

struct Attack {
    std::string given;
    std::string safe;
};

const std::vector<Attack> attacks{
    {"invoice.pdf", "invoice.pdf"},
    {"发票 2026.pdf", "发票 2026.pdf"},
    {"../../etc/passwd", "passwd"},
    {"..\\..\\windows\\system.ini", "system.ini"},
    {"/", "file"},
    {"..", "file"},
    {". . .", "file"},
    {"", "file"},
    {".htaccess", "htaccess"},
    {std::string{"a\0.php\0.png", 12}, "a.php.png"},
    {"a\r\nSet-Cookie: x=1.txt", "aSet-Cookie_ x=1.txt"},
    {"photo\u202Egnp.exe", "photognp.exe"},
    {"a\u200Bb\uFEFF\u2066.txt", "ab.txt"},
    {"CON", "_CON"},
    {"con.txt", "_con.txt"},
    {"Lpt1 .log", "_Lpt1 .log"},
    {"concert.txt", "concert.txt"},
    {"COM0.txt", "COM0.txt"},
    {"C:evil.txt", "C_evil.txt"},
    {"a<b>\"c\"|d?.txt", "a_b__c__d_.txt"},
    {"%2e%2e%2fetc", "_2e_2e_2fetc"},
    {"trailing. . ", "trailing"},
    {"e\u0301.txt", "\u00E9.txt"},
    {"\xFF\xFE.txt", "\uFFFD\uFFFD.txt"},
    {"a\u2028b.txt", "ab.txt"},
    {"tab\tname.txt", "tabname.txt"},
};

}  // namespace

TEST_CASE("a file name is never more than a name")
{
    for (const auto& [given, safe] : attacks) {
        CAPTURE(given);
        CHECK(safe_file_name(given) == safe);
        CHECK(safe_file_name(safe) == safe);
    }
}

TEST_CASE("a long name is cut and keeps its ending")
{
    std::string name;
    for (int i = 0; i < 300; ++i)
        name += "长";
    const auto safe = safe_file_name(name + ".pdf");
    CHECK(count_code_points(safe) == max_file_name_code_points);
    CHECK(safe.ends_with("长.pdf"));
    CHECK(count_code_points(safe_file_name("a." + name)) == max_file_name_code_points);
}

TEST_CASE("whatever bytes come, the name is safe and stays as it is")
{
    const auto piece = rc::gen::weightedOneOf<std::string>(
        {{3,
          rc::gen::element<std::string>(
              "/",
              "\\",
              ".",
              "..",
              " ",
              "con",
              "nul",
              "\r",
              "\n",
              "\u202E",
              "\u200B",
              "e\u0301",
              "长",
              ".txt",
              "\"",
              "%00",
              ";",
              "\xFF"
          )},
         {2, rc::gen::arbitrary<std::string>()}}
    );
    CHECK(rc::check("safe", [&] {
        std::string name;
        for (const auto& each : *rc::gen::container<std::vector<std::string>>(piece))
            name += each;
        const auto safe = safe_file_name(name);
        RC_ASSERT(!safe.empty());
        RC_ASSERT(is_valid_utf8(safe));
        RC_ASSERT(count_code_points(safe) <= max_file_name_code_points);
        RC_ASSERT(safe.find_first_of(std::string_view{"/\\\"\r\n\0", 6}) == std::string::npos);
        RC_ASSERT(!safe.starts_with('.') && !safe.ends_with('.'));
        RC_ASSERT(safe_file_name(safe) == safe);
        RC_ASSERT(file_name_in(content_disposition(Disposition::attachment, safe)) == safe);
    }));
}

TEST_CASE("the name in a Content-Disposition, as browsers and mail programs write it")
{
    CHECK(file_name_in(R"(attachment; filename="a b.txt")") == "a b.txt");
    CHECK(file_name_in("attachment; filename=a.txt; size=3") == "a.txt");
    CHECK(file_name_in(R"(form-data; name="f"; filename="say \"hi\".txt")") == R"(say "hi".txt)");
    CHECK(
        file_name_in("attachment; filename=\"x.txt\"; filename*=UTF-8''%E5%8F%91%E7%A5%A8.pdf") ==
        "发票.pdf"
    );
    CHECK(file_name_in("attachment; filename*=utf-8'zh'%e5%8f%91.pdf; filename=x") == "发.pdf");
    CHECK(file_name_in("attachment; filename*=latin1''%E9.txt; filename=x.txt") == "x.txt");
    CHECK(file_name_in("attachment; filename=\"%E5%8F%91.pdf\"") == "发.pdf");
    CHECK(file_name_in("attachment") == std::nullopt);
    CHECK(file_name_in("attachment; filename") == std::nullopt);
    CHECK(file_name_in("") == std::nullopt);
    CHECK(file_name_in(R"(attachment; filename="never closed)") == "never closed");
    CHECK(file_name_in("attachment; filename=\"a;b.txt\"; x=y") == "a;b.txt");
}

TEST_CASE("the header that is sent is ASCII on one line, with the whole name beside it")
{
    CHECK(
        content_disposition(Disposition::attachment, "发票 1.pdf") ==
        "attachment; filename=\"__ 1.pdf\"; filename*=UTF-8''%E5%8F%91%E7%A5%A8%201.pdf"
    );
    CHECK(
        content_disposition(Disposition::in_line, "a'b(c).png") ==
        "inline; filename=\"a_b_c_.png\"; filename*=UTF-8''a%27b%28c%29.png"
    );
}

}  // namespace redress::messages
