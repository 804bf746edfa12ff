#include "portal/seal.hpp"

#include <doctest/doctest.h>
#include <set>

using namespace redress;
using namespace redress::portal;

namespace {

const Instant now = *parse_rfc3339("2026-11-20T09:00:00+08:00");

}  // namespace

TEST_CASE("a form opens with the seal that closed it, for its purpose and its time")
{
    const Seal seal{"secret"};
    const auto token = seal.form("file", now);
    const auto opened = seal.open_form(token, "file", now + std::chrono::hours{1});
    REQUIRE(opened.has_value());
    CHECK(opened->issued_at == now);
    CHECK(opened->nonce.size() == 32);
    CHECK_FALSE(seal.open_form(token, "act", now).has_value());
    CHECK_FALSE(Seal{"other"}.open_form(token, "file", now).has_value());
    CHECK(seal.open_form(token, "file", now + form_lifetime).has_value());
    CHECK_FALSE(seal.open_form(token, "file", now + form_lifetime + Micros{1}).has_value());
}

TEST_CASE("a seal that was touched is none")
{
    const Seal seal{"secret"};
    const auto token = seal.form("file", now);
    for (std::size_t i = 0; i + 1 < token.size(); ++i) {
        auto touched = token;
        touched[i] = touched[i] == '1' ? '2' : '1';
        CHECK_FALSE(seal.open_form(touched, "file", now).has_value());
    }
    for (const auto* none : {"", ".", "..", "1.2.3", "a.b.c.d"})
        CHECK_FALSE(seal.open_form(none, "file", now).has_value());
    CHECK_FALSE(seal.open_form(std::string(100'000, '.'), "file", now).has_value());
}

TEST_CASE("a form leads to one link, and no two forms to the same")
{
    const Seal seal{"secret"};
    std::set<std::string> links;
    for (int i = 0; i < 100; ++i) {
        const auto form = seal.open_form(seal.form("file", now), "file", now);
        const auto link = seal.link_of(*form);
        CHECK(link == seal.link_of(*form));
        CHECK(link != Seal{"other"}.link_of(*form));
        CHECK(link.size() == 43);
        links.insert(link);
        links.insert(random_link());
    }
    CHECK(links.size() == 200);
    CHECK(hash_of_link(*links.begin()).size() == 64);
    CHECK(hash_of_link(*links.begin()).find(*links.begin()) == std::string::npos);
}

TEST_CASE("the signature is HMAC-SHA-256 as others compute it")
{
    CHECK(Seal{"Jefe"}.link_of({now, "x"}) == "AM72l0CdY5jV25M1R5C-qeMoPYVfsnghoEVxgyw1bRc");
}
