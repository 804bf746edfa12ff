// What strangers write stays text, on every page and in every answer that shows it.
#include "app/portal_house_for_tests.hpp"
#include "portal/seal.hpp"
#include "portal/store.hpp"
#include "staff/rules_permissions.hpp"

#include <array>
#include <doctest/doctest.h>

using namespace redress;
using namespace redress::app;

namespace {

constexpr auto polyglots = std::to_array<std::string_view>(
    {"<script>alert(1)</script>",
     "\"><script>alert(1)</script>",
     "'><img src=x onerror=alert(1)>",
     "\" onfocus=alert(1) autofocus x=\"",
     "' onmouseover='alert(1)",
     "</textarea><script>alert(1)</script>",
     "</title><script>alert(1)</script>",
     "</style><script>alert(1)</script>",
     "--><script>alert(1)</script><!--",
     "<svg onload=alert(1)>",
     "<svg/onload=alert`1`//",
     "<iframe srcdoc='<script>alert(1)</script>'>",
     "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
     "javascript:alert(1)//'/\"/*/`/-->",
     "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert() )//%0D%0A//</stYle/</titLe/</teXtarEa/"
     "</scRipt/--!>\\x3csVg/<sVg/oNloAd=alert()//>\\x3e",
     "<a href=\"javascript&colon;alert(1)\">x</a>",
     "<base href=//evil.example>",
     "<form action=//evil.example><button>x",
     "&lt;script&gt;alert(1)&lt;/script&gt;&#60;script&#62;",
     "{{constructor.constructor('alert(1)')()}}${alert(1)}<%= alert(1) %>",
     "\xe2\x80\xae<script>txt.exe\xe2\x80\xac \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
     "%3Cscript%3Ealert(1)%3C/script%3E\\u003cscript\\u003e"}
);

/// Tags and their attributes' names, without anything that is text or a value.
std::string skeleton_of(std::string_view page)
{
    std::string skeleton;
    bool is_in_tag = false;
    bool is_in_value = false;
    for (const char c : page) {
        if (is_in_tag && c == '"')
            is_in_value = !is_in_value;
        if (c == '<' && !is_in_value)
            is_in_tag = true;
        if (is_in_tag && !is_in_value)
            skeleton += c;
        if (c == '>' && !is_in_value)
            is_in_tag = false;
    }
    return skeleton;
}

std::string refused_form(TestProgram& program, std::string_view text)
{
    Stranger stranger{program, Lang::en};
    const std::string said{text};
    const auto page = stranger.send(
        "/",
        {{"what", said},
         {"contact", said + std::string(200, 'x')},
         {"remedy", said},
         {"name", said},
         {"kind", said},
         {"mood", said},
         {"anonymous", said}},
        {{said + ".png", ""}}
    );
    CHECK(page.status == 422);
    return page.body;
}

std::string own_page(TestProgram& program, std::string_view text, const http::Router& staff)
{
    Stranger stranger{program, Lang::en};
    const std::string said{text};
    const auto path = stranger.file(
        {{"what", said},
         {"contact", "wx: " + said.substr(0, 150)},
         {"remedy", said},
         {"name", said}},
        {{said + ".png", "picture"}}
    );
    CHECK(stranger.send(path, {{"act", "write"}, {"text", said}}).status == 303);
    const auto value = case_behind(program, path);
    const auto owner = staff::to_actor(*program->staff.directory.roster()->find(value.owner));
    const auto sent = program->door.submit(
        value.id,
        {"send_message", {{"text", said}}, owner, std::nullopt},
        std::nullopt
    );
    CHECK(sent.has_value());
    const auto json =
        staff({.method = "GET", .path = "/api/v1/cases/" + std::to_string(value.id.value)});
    CHECK(json.status == 200);
    CHECK(json.content_type == "application/json");
    CHECK(json::serialize(parse_json(json.body)).find("description") != std::string::npos);
    static_cast<void>(stranger.get(path));
    return stranger.get(path).body;
}

http::Middleware signed_in(const cases::Actor& who)
{
    http::Middleware chain;
    chain.authenticate = [who](http::Call& call) -> Result<void> {
        staff::Caller caller;
        caller.actor = who;
        for (const auto role : who.roles)
            caller.permissions |= staff::permissions_of(role);
        call.actor = std::move(caller);
        return {};
    };
    return chain;
}

}  // namespace

TEST_CASE("whatever is written in any field is text and nothing else, wherever it shows")
{
    for_each_program([](TestProgram& program) {
        const http::Router staff{program->routes(), signed_in(program.lead())};
        const auto plain_form = skeleton_of(refused_form(program, "plain"));
        const auto plain_page = skeleton_of(own_page(program, "plain", staff));
        CHECK(plain_form.find("<textarea") != std::string::npos);
        for (const auto polyglot : polyglots) {
            program.clock().advance(std::chrono::minutes{20});
            CHECK_MESSAGE(skeleton_of(refused_form(program, polyglot)) == plain_form, polyglot);
            CHECK_MESSAGE(skeleton_of(own_page(program, polyglot, staff)) == plain_page, polyglot);
        }
    });
}

TEST_CASE("whoever is signed in is a stranger to the portal's pages, and strangers are to the house"
)
{
    for_each_program([](TestProgram& program) {
        for (const auto& route : program->routes()) {
            const bool is_of_portal = route.name.starts_with("portal_");
            const bool is_public = route.rate_class == "public";
            CHECK_MESSAGE((is_public == (is_of_portal && route.permission.empty())), route.path);
            if (is_public)
                CHECK_FALSE(route.path.starts_with("/api/"));
        }
    });
}

TEST_CASE("the secret of a link is nowhere in the store")
{
    for_each_program([](TestProgram& program) {
        Stranger stranger{program};
        const auto path = stranger.file();
        const auto token = path.substr(3);
        const auto value = case_behind(program, path);
        for (const auto& event : events_of(program, value.id)) {
            CHECK(event.payload.find(token) == std::string::npos);
            CHECK(event.personal.value_or("").find(token) == std::string::npos);
        }
        const auto link = program->database.read([&](db::Tx& tx) {
            return portal::find_link(tx, portal::hash_of_link(token));
        });
        CHECK(link == value.id);
        CHECK_FALSE(program->database.read([&](db::Tx& tx) { return portal::find_link(tx, token); }
        ).has_value());
    });
}
