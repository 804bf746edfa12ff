#include "http/assets.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "http/conditional.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace redress::http {
namespace {

constexpr std::size_t etag_digits = 16;

constexpr auto content_types = std::to_array<std::pair<std::string_view, std::string_view>>({
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
    {".woff2", "font/woff2"},
    {".pdf", "application/pdf"},
});

/// "assets/app-3f9a1c2b.js": the last part of the stem is a hash as bundlers make it, with a digit
/// in it.
bool has_hash(std::string_view path)
{
    const auto dot = path.rfind('.');
    const auto dash = path.substr(0, dot).find_last_of("-.");
    if (dot == std::string_view::npos || dash == std::string_view::npos)
        return false;
    const auto hash = path.substr(dash + 1, dot - dash - 1);
    const auto is_word = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return hash.size() >= 8 && std::ranges::all_of(hash, is_word) &&
           std::ranges::any_of(hash, is_digit);
}

/// Whether Accept-Encoding takes a coding: named and not with weight zero.
bool accepts(std::string_view accept_encoding, std::string_view coding)
{
    const auto entries = split(accept_encoding, ',');
    return std::ranges::any_of(entries, [&](std::string_view each) {
        const auto parts = split(each, ';');
        if (trim(parts.front()) != coding)
            return false;
        const auto weight = parts.size() > 1 ? trim(parts[1]) : std::string_view{"q=1"};
        return weight.find_first_not_of("q=0.") != std::string_view::npos;
    });
}

}  // namespace

std::string_view content_type_of(std::string_view path)
{
    const auto found = std::ranges::find_if(content_types, [&](const auto& type) {
        return path.ends_with(type.first);
    });
    return found == content_types.end() ? "application/octet-stream" : found->second;
}

Assets::Assets(std::span<const embedded::File> files)
{
    for (const auto& file : files) {
        if (file.path.ends_with(".br"))
            assets_[file.path.substr(0, file.path.size() - 3)].brotli = file.bytes;
        else if (file.path.ends_with(".gz"))
            assets_[file.path.substr(0, file.path.size() - 3)].gzip = file.bytes;
        else {
            assets_[file.path].plain = file.bytes;
            assets_[file.path].etag = sha256_hex(file.bytes).substr(0, etag_digits);
        }
    }
    std::erase_if(assets_, [](const auto& entry) { return entry.second.etag.empty(); });
}

std::optional<Response> Assets::find(const Request& request, std::string_view path) const
{
    const auto found = assets_.find(path);
    if (found == assets_.end())
        return std::nullopt;
    const auto& asset = found->second;
    const auto encodings = request.header("accept-encoding");
    Response response{.content_type = std::string{content_type_of(path)}};
    std::string_view coding;
    if (!asset.brotli.empty() && accepts(encodings, "br"))
        coding = "br";
    else if (!asset.gzip.empty() && accepts(encodings, "gzip"))
        coding = "gzip";
    response.embedded = coding.empty() ? asset.plain : coding == "br" ? asset.brotli : asset.gzip;
    // A strong tag names exact bytes, so each coding has its own.
    const auto etag = '"' + asset.etag + (coding.empty() ? "" : "-") + std::string{coding} + '"';
    response.set("ETag", etag);
    response.set(
        "Cache-Control",
        has_hash(path) ? "public, max-age=31536000, immutable" : "no-cache"
    );
    if (!asset.brotli.empty() || !asset.gzip.empty())
        response.set("Vary", "Accept-Encoding");
    if (!coding.empty())
        response.set("Content-Encoding", std::string{coding});
    const auto known = request.header("if-none-match");
    if (!known.empty() && matches_none(known, etag)) {
        response.status = 304;
        response.embedded = {};
    }
    return response;
}

}  // namespace redress::http
