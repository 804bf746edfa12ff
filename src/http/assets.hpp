#pragma once

#include "base/embedded.hpp"
#include "http/message.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace redress::http {

/// Files built into the program, with ETag, Cache-Control and pre-compressed variants: "app.js.br"
/// and "app.js.gz" beside "app.js" are chosen by Accept-Encoding. Names with a hash
/// ("app-3f9a1c2b.js") are immutable; everything else is `no-cache`. Only exact names are served,
/// so no path leads elsewhere.
class Assets {
public:
    explicit Assets(std::span<const embedded::File> files);

    /// The file at `path` ("index.html", no leading '/'), 304 when the client has it; nothing when
    /// there is none.
    [[nodiscard]] std::optional<Response> find(const Request& request, std::string_view path) const;

private:
    struct Asset {
        std::string_view plain;
        std::string_view brotli;
        std::string_view gzip;
        std::string etag;  ///< without quotes
    };
    std::map<std::string_view, Asset> assets_;
};

/// By the ending of a name; "application/octet-stream" when unknown.
[[nodiscard]] std::string_view content_type_of(std::string_view path);

}  // namespace redress::http
