#include "portal/qr.hpp"

#include <doctest/doctest.h>
#include <stdexcept>

using namespace redress::portal;

TEST_CASE("a QR code is a picture with a quiet zone and three corners to find it by")
{
    const auto svg = qr_svg("https://complain.example.org/");
    CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 37 37\""));
    CHECK(svg.find("M4 4h7v1h-7z") != std::string::npos);
    CHECK(svg.find("M26 4h7v1h-7z") != std::string::npos);
    CHECK(svg.find("M4 32h7v1h-7z") != std::string::npos);
    CHECK(svg.find("complain") == std::string::npos);
    CHECK(svg != qr_svg("https://complain.example.com/"));
}

TEST_CASE("what no code can hold is refused")
{
    CHECK_THROWS_AS(static_cast<void>(qr_svg(std::string(5'000, 'x'))), std::length_error);
}
