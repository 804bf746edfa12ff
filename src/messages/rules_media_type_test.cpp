#include "messages/rules_media_type.hpp"

#include <doctest/doctest.h>

namespace redress::messages {
namespace {

using namespace std::string_view_literals;

struct Sample {
    std::string_view bytes;
    std::string_view file_name;
    std::string_view media_type;
    bool is_shown;
};

constexpr Sample samples[] = {
    {"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"sv, "a.png", "image/png", true},
    {"\x89PNG\r\n\x1A"sv, "a.png", "application/octet-stream", false},
    {"\xFF\xD8\xFF\xE0\0\x10JFIF"sv, "a.jpg", "image/jpeg", true},
    {"GIF89a\x01\0"sv, "a.gif", "image/gif", true},
    {"GIF87a<script>"sv, "a.html", "image/gif", true},
    {"GIF90a"sv, "a.gif", "text/plain", false},
    {"RIFF\x10\0\0\0WEBPVP8 "sv, "a.webp", "image/webp", true},
    {"XXXX\x10\0\0\0WEBPVP8 "sv, "a.webp", "application/octet-stream", false},
    {"RIFF\x10\0\0\0WAVEfmt "sv, "a.wav", "audio/wav", false},
    {"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"sv,
     "a.svg",
     "text/plain",
     false},
    {"<svg/>"sv, "a.png", "text/plain", false},
    {"<html><script>alert(1)</script>"sv, "a.html", "text/plain", false},
    {"\xEF\xBB\xBF<html>"sv, "a.png", "text/plain", false},
    {"BM\x01\0"sv, "a.bmp", "image/bmp", false},
    {"%PDF-1.7"sv, "a.pdf", "application/pdf", false},
    {"PK\x03\x04"sv, "a.zip", "application/zip", false},
    {"PK\x03\x04"sv,
     "报告.DOCX",
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     false},
    {"PK\x03\x04"sv, "docx", "application/zip", false},
    {"\0\0\0\x18"
     "ftypmp42"sv,
     "a.mp4",
     "video/mp4",
     false},
    {"\0\0\0\x18"
     "ftypM4A "sv,
     "a.m4a",
     "audio/mp4",
     false},
    {"#!AMR\n"sv, "call.amr", "audio/amr", false},
    {"MZ\x90\0"sv, "a.exe", "application/octet-stream", false},
    {"您好\r\n"sv, "a.txt", "text/plain", false},
    {"\xC4\xE3\xBA\xC3"sv, "gbk.txt", "application/octet-stream", false},
    {""sv, "a.png", "text/plain", false},
};

}  // namespace

TEST_CASE("the first bytes say what a file is, its name does not")
{
    for (const auto& [bytes, file_name, media_type, is_shown] : samples) {
        CAPTURE(file_name);
        CAPTURE(media_type);
        CHECK(media_type_of(bytes, file_name) == media_type);
        CHECK(may_be_shown(media_type_of(bytes, file_name)) == is_shown);
    }
}

TEST_CASE("only four kinds of picture are ever shown")
{
    for (const auto* never :
         {"image/svg+xml", "text/html", "application/pdf", "image/bmp", "IMAGE/PNG ", ""})
        CHECK_FALSE(may_be_shown(never));
}

}  // namespace redress::messages
