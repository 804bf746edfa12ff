#include "base/hmac.hpp"

#include <doctest/doctest.h>

using namespace redress;

TEST_CASE("HMAC-SHA-256 gives the results of RFC 4231")
{
    CHECK(
        hmac_sha256_hex("Jefe", "what do ya want for nothing?") ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
    CHECK(
        hmac_sha256_hex(
            std::string(131, '\xaa'),
            "Test Using Larger Than Block-Size Key - Hash Key First"
        ) == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    );
    CHECK(
        hmac_sha256_hex("", "") ==
        "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
    );
}
