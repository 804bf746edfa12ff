#include "db/script.hpp"

#include <doctest/doctest.h>

using redress::db::split_script;
using Statements = std::vector<std::string_view>;

TEST_CASE("a script is cut at semicolons outside of quotes and comments")
{
    CHECK(split_script("").empty());
    CHECK(split_script(" ;; -- only a comment; \n ; /* and; another */ ").empty());
    CHECK(split_script("a; b") == Statements{"a", "b"});
    CHECK(
        split_script("insert into t values ('a;b', 'it''s; fine');\n\nx;") ==
        Statements{"insert into t values ('a;b', 'it''s; fine')", "x"}
    );
    CHECK(
        split_script("select \"odd;name\" -- why; so\nfrom t; y") ==
        Statements{"select \"odd;name\" -- why; so\nfrom t", "y"}
    );
    CHECK(
        split_script("-- first\n/* second; */ a /* inside; */ b ; c") ==
        Statements{"a /* inside; */ b", "c"}
    );
}

TEST_CASE("what is not closed ends with the script")
{
    CHECK(split_script("a; 'open; b") == Statements{"a", "'open; b"});
    CHECK(split_script("a /* open; b") == Statements{"a /* open; b"});
    CHECK(split_script("a; -- open") == Statements{"a"});
}
