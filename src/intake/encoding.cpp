#include "intake/encoding.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <istream>
#include <stdexcept>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>
#include <utility>
#include <vector>

namespace redress::intake {
namespace {

constexpr std::size_t piece_size = std::size_t{64} * 1024;
constexpr std::size_t sample_size = std::size_t{1024} * 1024;
constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const std::string& name)
{
    UErrorCode error = U_ZERO_ERROR;
    Converter converter{ucnv_open(name.c_str(), &error)};
    if (U_FAILURE(error))
        throw std::runtime_error{"no converter for the encoding " + name};
    return converter;
}

std::string_view read_piece(std::istream& file, std::vector<char>& buffer)
{
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    return {buffer.data(), static_cast<std::size_t>(file.gcount())};
}

/// Is it UTF-8 from beginning to end? Sequences may be cut at the pieces' ends.
class Utf8Check {
public:
    void add(std::string_view piece)
    {
        if (!valid_)
            return;
        rest_ += piece;
        const std::size_t whole = rest_.size() - cut_at_end(rest_);
        valid_ = is_valid_utf8(std::string_view{rest_}.substr(0, whole));
        rest_.erase(0, whole);
    }
    [[nodiscard]] bool is_valid() const { return valid_ && rest_.empty(); }

private:
    /// Bytes at the end that begin a character which goes on in the next piece.
    static std::size_t cut_at_end(std::string_view text)
    {
        const std::size_t most = std::min<std::size_t>(3, text.size());
        for (std::size_t back = 1; back <= most; ++back) {
            const auto byte = static_cast<unsigned char>(text[text.size() - back]);
            if (byte < 0x80)
                return 0;
            if (byte >= 0xC0)
                return (byte >= 0xF0 ? 4U : byte >= 0xE0 ? 3U : 2U) > back ? back : 0;
        }
        return 0;
    }

    std::string rest_;
    bool valid_{true};
};

std::string marked_encoding(std::string_view head)
{
    if (head.starts_with(utf8_mark))
        return "UTF-8";
    if (head.starts_with("\xFF\xFE"))
        return "UTF-16LE";
    if (head.starts_with("\xFE\xFF"))
        return "UTF-16BE";
    return {};
}

/// Text of one row in a Latin alphabet has a NUL in every second byte.
std::string unmarked_utf16(std::string_view head)
{
    constexpr std::size_t enough = 4;
    if (head.size() < enough)
        return {};
    if (head[0] != '\0' && head[1] == '\0' && head[2] != '\0' && head[3] == '\0')
        return "UTF-16LE";
    if (head[0] == '\0' && head[1] != '\0' && head[2] == '\0' && head[3] != '\0')
        return "UTF-16BE";
    return {};
}

/// Does it decode as GB18030 without a fault, its characters mostly from the everyday set of
/// GB 2312? Latin letters with accents hardly ever come in such pairs.
bool is_gb18030(std::string_view sample)
{
    std::size_t pairs = 0;
    std::size_t everyday = 0;
    for (std::size_t i = 0; i + 1 < sample.size(); ++i) {
        const auto lead = static_cast<unsigned char>(sample[i]);
        const auto trail = static_cast<unsigned char>(sample[i + 1]);
        if (lead < 0x80)
            continue;
        const bool is_four = trail >= 0x30 && trail <= 0x39;
        if (lead == 0x80 || lead == 0xFF ||
            (!is_four && (trail < 0x40 || trail == 0x7F || trail == 0xFF)))
            return false;
        ++pairs;
        everyday += lead >= 0xA1 && lead <= 0xF7 && trail >= 0xA1 ? 1 : 0;
        i += is_four ? 3 : 1;
    }
    return pairs > 0 && everyday * 2 > pairs;
}

struct CloseDetector {
    void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

std::string guessed_encoding(std::string_view sample)
{
    constexpr const char* fallback = "windows-1252";
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, CloseDetector> detector{ucsdet_open(&error)};
    ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &error);
    const auto* match = ucsdet_detect(detector.get(), &error);
    const char* name = match == nullptr ? nullptr : ucsdet_getName(match, &error);
    if (U_FAILURE(error) || name == nullptr || !is_known_encoding(name))
        return fallback;
    return std::string{name} == "ISO-8859-1" ? fallback : name;
}

std::string encoding_of(std::string_view sample, bool is_utf8)
{
    if (auto wide = unmarked_utf16(sample); !wide.empty())
        return wide;
    if (is_utf8)
        return "UTF-8";
    return is_gb18030(sample) ? "gb18030" : guessed_encoding(sample);
}

}  // namespace

FileFacts inspect(std::istream& file)
{
    std::vector<char> buffer(piece_size);
    Sha256 digest;
    Utf8Check utf8;
    std::string sample;
    bool is_begun = false;
    for (auto piece = read_piece(file, buffer); !piece.empty(); piece = read_piece(file, buffer)) {
        digest.add(piece);
        utf8.add(piece);
        // Headings and first rows are often ASCII: the sample goes on where something else begins.
        is_begun = is_begun || !std::ranges::all_of(piece, [](char c) { return c > 0; });
        if (sample.empty() || (is_begun && sample.size() < sample_size))
            sample += piece;
    }
    const std::string marked = marked_encoding(sample);
    return {
        .hash = digest.finish(),
        .bytes = digest.size(),
        .encoding = marked.empty() ? encoding_of(sample, utf8.is_valid()) : marked,
        .is_marked = !marked.empty(),
    };
}

bool is_known_encoding(std::string_view name)
{
    UErrorCode error = U_ZERO_ERROR;
    const Converter converter{ucnv_open(std::string{name}.c_str(), &error)};
    return U_SUCCESS(error) && !name.empty();
}

struct TextStream::Parts {
    std::istream& file;
    Converter from;
    Converter to;
    std::vector<char> bytes = std::vector<char>(piece_size);
    std::vector<char> text = std::vector<char>(piece_size * 3);
    std::vector<UChar> pivot = std::vector<UChar>(piece_size);
    UChar* pivot_source{pivot.data()};
    UChar* pivot_target{pivot.data()};
    std::string_view left{};
    std::uint64_t done{};
    bool is_begun{};
    bool is_ended{};
};

TextStream::TextStream(std::istream& file, const std::string& encoding)
    : parts_{
          new Parts{.file = file, .from = open_converter(encoding), .to = open_converter("UTF-8")}}
{
    constexpr auto put_mark = [](const void*,
                                 UConverterToUnicodeArgs* args,
                                 const char*,
                                 std::int32_t,
                                 UConverterCallbackReason reason,
                                 UErrorCode* problem) {
        constexpr std::array<UChar, 1> mark{0xFFFF};
        if (reason > UCNV_IRREGULAR)
            return;
        *problem = U_ZERO_ERROR;
        ucnv_cbToUWriteUChars(args, mark.data(), 1, 0, problem);
    };
    UErrorCode error = U_ZERO_ERROR;
    ucnv_setToUCallBack(parts_->from.get(), put_mark, nullptr, nullptr, nullptr, &error);
    if (U_FAILURE(error))
        throw std::runtime_error{"the converter of " + encoding + " cannot be set up"};
}

TextStream::~TextStream() = default;
TextStream::TextStream(TextStream&&) noexcept = default;

std::string_view TextStream::next()
{
    auto& p = *parts_;
    while (!p.is_ended) {
        if (p.left.empty())
            p.left = read_piece(p.file, p.bytes);
        const bool is_last = p.left.empty();
        char* target = p.text.data();
        const char* source = p.left.data();
        UErrorCode error = U_ZERO_ERROR;
        ucnv_convertEx(
            p.to.get(),
            p.from.get(),
            &target,
            p.text.data() + p.text.size(),
            &source,
            p.left.data() + p.left.size(),
            p.pivot.data(),
            &p.pivot_source,
            &p.pivot_target,
            p.pivot.data() + p.pivot.size(),
            static_cast<UBool>(false),
            static_cast<UBool>(is_last),
            &error
        );
        if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR)
            throw std::runtime_error{std::string{"decoding failed: "} + u_errorName(error)};
        const auto used = static_cast<std::size_t>(source - p.left.data());
        p.done += used;
        p.left.remove_prefix(used);
        p.is_ended = is_last && error != U_BUFFER_OVERFLOW_ERROR;
        std::string_view text{p.text.data(), static_cast<std::size_t>(target - p.text.data())};
        if (!text.empty() && !std::exchange(p.is_begun, true) && text.starts_with(utf8_mark))
            text.remove_prefix(utf8_mark.size());
        if (!text.empty())
            return text;
    }
    return {};
}

std::uint64_t TextStream::bytes_done() const
{
    return parts_->done;
}

}  // namespace redress::intake
