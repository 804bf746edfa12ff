#include "staff/rules_passwords.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <set>
#include <string>

namespace redress::staff {
namespace {

std::string verdict(std::string_view password, std::string_view login = "wei.zhang")
{
    const auto checked = check_new_password(password, login, "new");
    if (checked)
        return "";
    CHECK(checked.error().kind == Denial::invalid);
    CHECK(checked.error().refusals.front().field == "new");
    return checked.error().refusals.front().code;
}

TEST_CASE("passwords are judged")
{
    struct Row {
        std::string password;
        std::string code;
    };
    const std::vector<Row> rows{
        {"plum-gate-otter-91", ""},
        {"晴天骑车去上学啊", ""},
        {"晴天骑车去上学", "password_too_short"},
        {"correct horse battery staple", ""},
        {"", "password_too_short"},
        {"Tr0ub4d", "password_too_short"},
        {std::string(1024, 'x') + "y", "password_too_long"},
        {"plum\xff\xfegate", "password_not_text"},
        {"Password", "password_common"},
        {"PassWord2026!", "password_common"},
        {"12345678", "password_common"},
        {"87654321", "password_common"},
        {"34567890", "password_common"},
        {"aaaaaaaaaaaa", "password_common"},
        {"abababababab", "password_common"},
        {"520520520", "password_common"},
        {"woaini1314", "password_common"},
        {"woaini5201314", "password_common"},
        {"5201314520", "password_common"},
        {"qwertyuiop", "password_common"},
        {"1qaz2wsx", "password_common"},
        {"admin@123", "password_common"},
        {"zhang19900101", "password_common"},
        {"zhang199001011234", ""},
        {"wei.zhang", "password_is_login"},
        {"WEI.Zhang99", "password_is_login"},
        {"wei.zhang in the rain", ""}};
    for (const auto& row : rows) {
        CAPTURE(row.password);
        CHECK(verdict(row.password) == row.code);
    }
}

TEST_CASE("a login of digits forbids only itself")
{
    CHECK(verdict("80417395", "80417395") == "password_is_login");
    CHECK(verdict("64209731", "80417395").empty());
}

TEST_CASE("the limit in bytes is exact")
{
    std::string longest;
    while (longest.size() < max_password_bytes)
        longest += "plum7gate-otter#";
    longest.back() = 'Z';
    longest.resize(max_password_bytes);
    CHECK(verdict(longest).empty());
    CHECK(verdict(longest + "a") == "password_too_long");
}

TEST_CASE("the lists are lower case and in order, and all of them are refused")
{
    CHECK(common_passwords().size() >= 500);
    for (const auto list : {common_passwords(), common_password_words()}) {
        CHECK(std::ranges::is_sorted(list));
        CHECK(std::ranges::adjacent_find(list) == list.end());
    }
    for (const auto password : common_passwords()) {
        CAPTURE(password);
        CHECK(is_common_password(password));
        CHECK(password.size() >= min_password_code_points);
    }
}

TEST_CASE("what somebody thinks of at random is not common")
{
    CHECK(rc::check("sixteen random letters pass", [] {
        const auto letters =
            *rc::gen::resize(100, rc::gen::container<std::string>(16, rc::gen::inRange('a', 'z')));
        const std::set<char> different{letters.begin(), letters.end()};
        RC_PRE(different.size() > 6);
        RC_ASSERT(check_new_password(letters, "someone", "new").has_value());
    }));
}

}  // namespace
}  // namespace redress::staff
