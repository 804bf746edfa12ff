#include "http/form.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace redress;
using namespace redress::http;

namespace {

constexpr std::string_view urlencoded = "application/x-www-form-urlencoded";
constexpr std::string_view multipart = "multipart/form-data; boundary=XyZ";

std::string text_part(std::string_view name, std::string_view text)
{
    return "--XyZ\r\nContent-Disposition: form-data; name=\"" + std::string{name} + "\"\r\n\r\n" +
           std::string{text} + "\r\n";
}

std::string file_part(std::string_view name, std::string_view file_name, std::string_view bytes)
{
    return "--XyZ\r\nContent-Disposition: form-data; name=\"" + std::string{name} +
           "\"; filename=\"" + std::string{file_name} + "\"\r\nContent-Type: image/png\r\n\r\n" +
           std::string{bytes} + "\r\n";
}

const std::string end = "--XyZ--\r\n";

Form good(std::string_view type, std::string_view body)
{
    const auto form = read_form(type, body);
    REQUIRE(form.has_value());
    return *form;
}

std::string refused(std::string_view type, std::string_view body)
{
    const auto form = read_form(type, body);
    REQUIRE(!form.has_value());
    return form.error().refusals.front().code;
}

}  // namespace

TEST_CASE("a form of one line is read as browsers write it")
{
    const auto form = good(urlencoded, "what=a+b%26c&contact=%E6%9D%8E&what=second&empty=&bare");
    CHECK(form.field("what") == "a b&c");
    CHECK(form.field("contact") == "李");
    CHECK(form.field("empty").empty());
    CHECK(form.field("bare").empty());
    CHECK(form.field("missing").empty());
    CHECK(form.fields.size() == 5);
    CHECK(form.is_whole);
    CHECK(good(urlencoded, "").fields.empty());
    CHECK(good("Application/X-WWW-Form-Urlencoded; charset=UTF-8", "a=1").field("a") == "1");
}

TEST_CASE("escapes that are none stay, and text comes out clean")
{
    CHECK(good(urlencoded, "a=100%&b=%zz%4&c=%41").field("a") == "100%");
    CHECK(good(urlencoded, "a=%zz%4").field("a") == "%zz%4");
    CHECK(good(urlencoded, "a=x%0D%0Ay%0Dz%0Aw").field("a") == "x\ny\nz\nw");
    CHECK(good(urlencoded, "a=x%00%07%1B%7Fy%09z").field("a") == "xy\tz");
    CHECK(good(urlencoded, "a=%FF%FEx").field("a").ends_with('x'));
    CHECK(is_valid_utf8(good(urlencoded, "a=%FF%C0%80x").field("a")));
}

TEST_CASE("texts and files of a multipart form")
{
    const auto body = text_part("what", "a\r\nb") +
                      file_part("files", "漏水.png", "\x89PNG\r\n--Xy") +
                      file_part("files", "", "") + text_part("last", "1") + end;
    const auto form = good(multipart, body);
    CHECK(form.is_whole);
    CHECK(form.field("what") == "a\nb");
    CHECK(form.field("last") == "1");
    REQUIRE(form.files.size() == 1);
    CHECK(form.files.front().field == "files");
    CHECK(form.files.front().file_name == "漏水.png");
    CHECK(form.files.front().bytes == "\x89PNG\r\n--Xy");
    CHECK(good("multipart/form-data; boundary=\"XyZ\"", body).files.size() == 1);
}

TEST_CASE("names are read whatever is in them")
{
    const auto form = good(
        multipart,
        file_part("files", "a; name=b%22c%0D%0A.png", "x") +
            "--XyZ\r\nCONTENT-DISPOSITION:form-data;filename=plain.txt;name=f\r\n\r\ny\r\n" + end
    );
    REQUIRE(form.files.size() == 2);
    CHECK(form.files[0].field == "files");
    CHECK(form.files[0].file_name == "a; name=b\"c\n.png");
    CHECK(form.files[1].file_name == "plain.txt");
    CHECK(form.files[1].field == "f");
}

TEST_CASE("a body that breaks off gives what arrived before")
{
    const auto body = text_part("what", "hello") + file_part("files", "a.png", "1234567890") + end;
    for (std::size_t size = 0; size < body.size() - 4; ++size) {
        const auto form = good(multipart, std::string_view{body}.substr(0, size));
        CHECK_FALSE(form.is_whole);
        CHECK((form.fields.empty() || form.field("what") == "hello"));
        CHECK((form.files.empty() || form.files.front().bytes == "1234567890"));
    }
    CHECK(good(multipart, body).is_whole);
    CHECK(good(multipart, text_part("what", "hello") + "--Xy").field("what").empty());
    CHECK(good(multipart, text_part("what", "hello") + "--XyZ\r\nCont").field("what") == "hello");
    CHECK_FALSE(good(multipart, "no boundary at all").is_whole);
}

TEST_CASE("what is no form is refused")
{
    CHECK(refused("application/json", "{}") == "form_type_wrong");
    CHECK(refused("", "") == "form_type_wrong");
    CHECK(refused("multipart/form-data", end) == "form_malformed");
    CHECK(refused("multipart/form-data; boundary=", end) == "form_malformed");
    CHECK(
        refused("multipart/form-data; boundary=" + std::string(71, 'x'), end) == "form_malformed"
    );
    CHECK(refused(multipart, "--XyZ\r\nX: y\r\n\r\nno name\r\n" + end) == "form_malformed");
    CHECK(refused(multipart, text_part(std::string(101, 'n'), "x") + end) == "form_malformed");
    CHECK(
        refused(
            multipart,
            "--XyZ\r\nX: " + std::string(max_form_part_head, 'x') + "\r\n\r\n\r\n"
        ) == "form_malformed"
    );
    std::string many;
    std::string pairs;
    for (std::size_t i = 0; i <= max_form_parts; ++i) {
        many += text_part("a", "1");
        pairs += "a=1&";
    }
    CHECK(refused(multipart, many + end) == "form_malformed");
    CHECK(refused(urlencoded, pairs) == "form_malformed");
    CHECK(refused(urlencoded, std::string(101, 'n') + "=1") == "form_malformed");
}

TEST_CASE("whatever is sent, nothing breaks and texts are clean")
{
    rc::check([](const std::string& noise) {
        for (const auto type : {urlencoded, multipart}) {
            const auto form = read_form(type, text_part("a", noise) + noise);
            if (form)
                for (const auto& [name, value] : form->fields) {
                    RC_ASSERT(is_valid_utf8(value));
                    RC_ASSERT(value.find('\0') == std::string::npos);
                    RC_ASSERT(value.find('\r') == std::string::npos);
                }
        }
    });
}
