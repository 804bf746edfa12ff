#include "intake/encoding.hpp"

#include <doctest/doctest.h>
#include <sstream>

namespace redress::intake {
namespace {

using namespace std::string_literals;

std::string encoding_of(const std::string& bytes)
{
    std::istringstream file{bytes};
    return inspect(file).encoding;
}

std::string decoded(const std::string& bytes, const std::string& encoding)
{
    std::istringstream file{bytes};
    TextStream text{file, encoding};
    std::string all;
    for (auto piece = text.next(); !piece.empty(); piece = text.next())
        all += piece;
    CHECK(text.bytes_done() == bytes.size());
    return all;
}

// 投诉，服务太慢 in GB 18030, and with U+20000 (four bytes) behind it.
const std::string chinese_gb = "\xCD\xB6\xCB\xDF\xA3\xAC\xB7\xFE\xCE\xF1\xCC\xAB\xC2\xFD";
const std::string chinese_gb4 = chinese_gb + "\x95\x32\x82\x36";

TEST_CASE("the encoding of a file is told by its bytes")
{
    CHECK(encoding_of("") == "UTF-8");
    CHECK(encoding_of("name,text\n") == "UTF-8");
    CHECK(encoding_of("姓名,内容\n") == "UTF-8");
    CHECK(encoding_of("\xEF\xBB\xBFname\n") == "UTF-8");
    CHECK(encoding_of("\xFF\xFEn\0a\0"s) == "UTF-16LE");
    CHECK(encoding_of("\xFE\xFF\0n\0a"s) == "UTF-16BE");
    CHECK(encoding_of("n\0a\0m\0e\0"s) == "UTF-16LE");
    CHECK(encoding_of("\0n\0a\0m\0e"s) == "UTF-16BE");
    CHECK(encoding_of(chinese_gb) == "gb18030");
    CHECK(encoding_of(chinese_gb4) == "gb18030");
    CHECK(encoding_of(std::string(200'000, 'a') + chinese_gb) == "gb18030");
    // Accents of Western Europe are no Chinese.
    CHECK(
        encoding_of("caf\xE9 cr\xE8me, d\xE9j\xE0 vu; na\xEFve \xFC"
                    "ber") != "gb18030"
    );
    CHECK(encoding_of(std::string(70'000, 'a') + "王") == "UTF-8");
}

TEST_CASE("hash and size are of the bytes")
{
    std::istringstream file{"abc"};
    const auto facts = inspect(file);
    CHECK(facts.bytes == 3);
    CHECK(facts.hash == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("text is decoded, without its byte order mark")
{
    CHECK(decoded(chinese_gb, "gb18030") == "投诉，服务太慢");
    CHECK(decoded(chinese_gb4, "gb18030") == "投诉，服务太慢𠀀");
    CHECK(decoded("\xEF\xBB\xBF王", "UTF-8") == "王");
    CHECK(decoded("\xFF\xFE\x8B\x73,\0"s, "UTF-16LE") == "王,");
    CHECK(decoded("\xFE\xFF\x73\x8B\0,"s, "UTF-16BE") == "王,");
    CHECK(decoded("", "UTF-8").empty());
}

TEST_CASE("long text is decoded piece by piece without a seam")
{
    std::string bytes = "a";
    std::string expected = "a";
    for (int i = 0; i < 30'000; ++i) {
        bytes += chinese_gb;
        expected += "投诉，服务太慢";
    }
    CHECK(decoded(bytes, "gb18030") == expected);
}

TEST_CASE("bytes that mean nothing are marked, the rest is kept")
{
    const std::string mark{undecodable_mark};
    CHECK(
        decoded(
            "a\xFF"
            "b",
            "UTF-8"
        ) == "a" + mark + "b"
    );
    CHECK(decoded("a\xE7\x8E", "UTF-8") == "a" + mark);
    CHECK(decoded(chinese_gb + "\xFF!", "gb18030") == "投诉，服务太慢" + mark + "!");
    CHECK(
        decoded(
            "\x00\xD8"
            "a\0"s,
            "UTF-16LE"
        ) == mark + "a"
    );
}

TEST_CASE("names of encodings")
{
    CHECK(is_known_encoding("gbk"));
    CHECK(is_known_encoding("big5"));
    CHECK_FALSE(is_known_encoding("klingon"));
    CHECK_FALSE(is_known_encoding(""));
}

}  // namespace
}  // namespace redress::intake
