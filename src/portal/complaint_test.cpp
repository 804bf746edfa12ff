#include "portal/complaint.hpp"

#include "base/catalogue.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace redress;
using namespace redress::portal;

namespace {

Complaint filled(std::string contact)
{
    Complaint complaint;
    complaint.what = "漏水";
    complaint.contact = std::move(contact);
    return complaint;
}

std::string code_for(std::string contact)
{
    const auto refusals = check(filled(std::move(contact)));
    return refusals.empty() ? std::string{} : refusals.front().code;
}

}  // namespace

TEST_CASE("a phone number or an e-mail address is understood, and a slip is asked about")
{
    for (const auto* good :
         {"13800138000",
          "138-0013-8000",
          "+44 20 7946 0018",
          "（010）6265 1234",
          "jo@example.com",
          "李@例子.公司",
          "微信 li_lei",
          "the blue house at the pier"})
        CHECK_MESSAGE(code_for(good).empty(), good);
    for (const auto* slip : {"jo@example", "jo@", "@example.com", "jo＠example"})
        CHECK_MESSAGE(code_for(slip) == "portal_email_unclear", slip);
    for (const auto* slip : {"123", "12-3", "1380013800013800138000"})
        CHECK_MESSAGE(code_for(slip) == "portal_phone_unclear", slip);
    CHECK(code_for("") == "portal_contact_missing");
    CHECK(code_for(std::string(201, 'x')) == "portal_too_long");
    CHECK(
        inputs_of(filled("138 0013 8000")).at("complainant_contacts") ==
        json::object{{"phone", "+8613800138000"}}
    );
    CHECK(
        inputs_of(filled("li_lei")).at("complainant_contacts") == json::object{{"other", "li_lei"}}
    );
}

TEST_CASE("who would rather not say is not asked again")
{
    auto complaint = filled("");
    complaint.is_anonymous = true;
    CHECK(check(complaint).empty());
    CHECK(inputs_of(complaint).at("anonymous").as_bool());
    CHECK(inputs_of(complaint).at("remedy_unknown").as_bool());
    complaint.contact = "jo@example.com";
    CHECK_FALSE(inputs_of(complaint).contains("anonymous"));
}

TEST_CASE("names of 200 characters in any script are fine, and one more is said to be one too many")
{
    std::string name;
    for (int i = 0; i < 200; ++i)
        name += "أ";
    auto complaint = filled("13800138000");
    complaint.name = name;
    CHECK(check(complaint).empty());
    complaint.name += "أ";
    const auto refusals = check(complaint);
    REQUIRE(refusals.size() == 1);
    CHECK(refusals.front().field == "name");
    CHECK(say(Lang::en, refusals.front()).find("1 characters too long") != std::string::npos);
}

TEST_CASE("choices that do not exist are as if not made")
{
    http::Form form;
    form.fields = {
        {"what", "  x  "},
        {"kind", "<script>"},
        {"mood", "murderous"},
        {"anonymous", "yes"}};
    const auto complaint = complaint_in(form);
    CHECK(complaint.what == "x");
    CHECK(complaint.kind == "complaint");
    CHECK(complaint.mood.empty());
    CHECK_FALSE(complaint.is_anonymous);
}

TEST_CASE("what was attached is too much in one way at a time")
{
    const std::string large(max_file_bytes + 1, 'x');
    http::Form form;
    const auto codes = [&](bool is_cut) {
        std::vector<std::string> all;
        for (const auto& one : check_files(form, is_cut))
            all.push_back(one.code);
        return all;
    };
    CHECK(codes(false).empty());
    form.files = {{"files", "a.jpg", std::string_view{large}.substr(1)}};
    CHECK(codes(false).empty());
    CHECK(codes(true) == std::vector<std::string>{"portal_files_too_much"});
    form.is_whole = false;
    CHECK(codes(false) == std::vector<std::string>{"portal_broken_off"});
    form.files = {{"files", "a.jpg", large}, {"files", "b.jpg", ""}};
    CHECK(codes(true) == std::vector<std::string>{"portal_file_too_large", "portal_file_empty"});
    form.files = std::vector<http::FormFile>(max_files + 1, {"files", "a", large});
    CHECK(codes(true) == std::vector<std::string>{"portal_files_too_many"});
}
