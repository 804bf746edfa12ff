#include "messages/rules_media_type.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace redress::messages {
namespace {

using namespace std::string_view_literals;

struct Magic {
    std::size_t at;
    std::string_view bytes;
    std::string_view media_type;
    std::string_view begins{};  ///< of the container around it
};

constexpr std::array magics{
    Magic{0, "\x89PNG\r\n\x1A\n"sv, "image/png"sv},
    Magic{0, "\xFF\xD8\xFF"sv, "image/jpeg"sv},
    Magic{0, "GIF87a"sv, "image/gif"sv},
    Magic{0, "GIF89a"sv, "image/gif"sv},
    Magic{8, "WEBPVP8"sv, "image/webp"sv, "RIFF"sv},
    Magic{0, "BM"sv, "image/bmp"sv},
    Magic{0, "II*\0"sv, "image/tiff"sv},
    Magic{0, "MM\0*"sv, "image/tiff"sv},
    Magic{4, "ftypheic"sv, "image/heic"sv},
    Magic{4, "ftypmif1"sv, "image/heif"sv},
    Magic{4, "ftypavif"sv, "image/avif"sv},
    Magic{4, "ftypM4A "sv, "audio/mp4"sv},
    Magic{4, "ftypqt  "sv, "video/quicktime"sv},
    Magic{4, "ftyp3gp"sv, "video/3gpp"sv},
    Magic{4, "ftyp"sv, "video/mp4"sv},
    Magic{0, "\x1A\x45\xDF\xA3"sv, "video/webm"sv},
    Magic{8, "AVI "sv, "video/x-msvideo"sv, "RIFF"sv},
    Magic{8, "WAVE"sv, "audio/wav"sv, "RIFF"sv},
    Magic{0, "ID3"sv, "audio/mpeg"sv},
    Magic{0, "\xFF\xFB"sv, "audio/mpeg"sv},
    Magic{0, "OggS"sv, "audio/ogg"sv},
    Magic{0, "#!AMR"sv, "audio/amr"sv},
    Magic{0, "fLaC"sv, "audio/flac"sv},
    Magic{0, "%PDF-"sv, "application/pdf"sv},
    Magic{0, "PK\x03\x04"sv, "application/zip"sv},
    Magic{0, "PK\x05\x06"sv, "application/zip"sv},
    Magic{0, "Rar!\x1A\x07"sv, "application/vnd.rar"sv},
    Magic{0, "7z\xBC\xAF\x27\x1C"sv, "application/x-7z-compressed"sv},
    Magic{0, "\x1F\x8B"sv, "application/gzip"sv},
    Magic{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "application/x-ole-storage"sv},
    Magic{0, "{\\rtf"sv, "application/rtf"sv},
};

struct Ending {
    std::string_view ending;
    std::string_view media_type;
};

constexpr std::array office{
    Ending{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    Ending{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    Ending{".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    Ending{".odt", "application/vnd.oasis.opendocument.text"},
    Ending{".ods", "application/vnd.oasis.opendocument.spreadsheet"},
};

bool holds(std::string_view bytes, const Magic& magic)
{
    return bytes.starts_with(magic.begins) && bytes.size() >= magic.at + magic.bytes.size() &&
           bytes.substr(magic.at, magic.bytes.size()) == magic.bytes;
}

bool is_text(std::string_view bytes)
{
    const bool has_control = std::ranges::any_of(bytes, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' &&
               c != '\f';
    });
    return !has_control && is_valid_utf8(bytes);
}

}  // namespace

std::string media_type_of(std::string_view bytes, std::string_view file_name)
{
    const auto found =
        std::ranges::find_if(magics, [&](const Magic& magic) { return holds(bytes, magic); });
    if (found == magics.end())
        return is_text(bytes) ? "text/plain" : "application/octet-stream";
    if (found->media_type == "application/zip") {
        const auto lower = to_lower_ascii(file_name);
        for (const auto& [ending, media_type] : office)
            if (lower.ends_with(ending))
                return std::string{media_type};
    }
    return std::string{found->media_type};
}

bool may_be_shown(std::string_view media_type)
{
    return media_type == "image/png" || media_type == "image/jpeg" || media_type == "image/gif" ||
           media_type == "image/webp";
}

}  // namespace redress::messages
