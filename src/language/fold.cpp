#include "language/fold.hpp"

#include "base/require.hpp"
#include "language/fold_table.hpp"

#include <array>
#include <span>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace redress::language {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr char32_t plane_end = 0x10000;
/// Longer runs of combining marks are normalised in pieces, which keeps the time linear.
constexpr std::size_t max_cluster = 32;

const icu::Normalizer2& normalizer()
{
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* instance = icu::Normalizer2::getNFKCCasefoldInstance(error);
    REQUIRE_THAT(U_SUCCESS(error));
    return *instance;
}

struct Decoded {
    char32_t character{};
    std::size_t size{};
};

bool is_scalar(char32_t character, std::size_t size)
{
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const bool is_surrogate = character >= 0xD800 && character <= 0xDFFF;
    return character >= smallest.at(size) && character <= 0x10FFFF && !is_surrogate;
}

Decoded decode(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead < 0x80)
        return {lead == 0 ? U' ' : char32_t{lead}, 1};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size)
        return {replacement, 1};
    char32_t character = lead & (0xFFU >> (size + 1));
    for (const char c : text.substr(1, size - 1)) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) != 0x80U)
            return {replacement, 1};
        character = (character << 6) | (byte & 0x3FU);
    }
    return is_scalar(character, size) ? Decoded{character, size} : Decoded{replacement, 1};
}

/// Whether what came before cannot change how this character folds. The plain ranges are most of
/// what people write.
bool begins_cluster(char32_t character)
{
    const bool is_plain = character < 0x300 || (character >= 0x3400 && character < 0xA000) ||
                          character == replacement;
    return is_plain || normalizer().hasBoundaryBefore(static_cast<UChar32>(character));
}

}  // namespace

std::size_t put_utf8(char32_t character, char* out)
{
    const auto put = [&out](char32_t byte) { *out++ = static_cast<char>(byte); };
    const auto put_rest = [&put](char32_t bits) { put(0x80 | (bits & 0x3F)); };
    if (character < 0x80) {
        put(character);
        return 1;
    }
    const std::size_t size = character < 0x800 ? 2 : character < plane_end ? 3 : 4;
    constexpr std::array<char32_t, 5> lead{0, 0, 0xC0, 0xE0, 0xF0};
    put(lead[size] | (character >> (6 * (size - 1))));
    for (std::size_t rest = size - 1; rest > 0; --rest)
        put_rest(character >> (6 * (rest - 1)));
    return size;
}

/// Gathers characters until the next one cannot change them, then folds what was gathered.
class Folded::Writer {
public:
    explicit Writer(Folded& folded) : folded_{folded} {}

    void take(char32_t character, std::uint32_t at)
    {
        if (size_ > 0 && (size_ == max_cluster || begins_cluster(character)))
            flush(at);
        if (size_ == 0)
            begin_ = at;
        cluster_[size_++] = character;
    }

    void flush(std::uint32_t end)
    {
        const Span origin{begin_, end};
        const char32_t first = cluster_[0];
        if (size_ == 1 && first < plane_end && folded_alone[first] != 0)
            put(folded_alone[first], origin);
        else if (size_ > 0)
            put_normalized(origin);
        size_ = 0;
    }

private:
    void put_normalized(Span origin)
    {
        static_assert(sizeof(UChar32) == sizeof(char32_t));
        std::array<UChar32, max_cluster> points{};
        std::copy_n(cluster_.begin(), size_, points.begin());
        UErrorCode error = U_ZERO_ERROR;
        const auto source =
            icu::UnicodeString::fromUTF32(points.data(), static_cast<std::int32_t>(size_));
        const icu::UnicodeString result = normalizer().normalize(source, error);
        REQUIRE_THAT(U_SUCCESS(error));
        for (std::int32_t i = 0; i < result.length(); i = result.moveIndex32(i, 1)) {
            const auto point = static_cast<char32_t>(result.char32At(i));
            const bool is_known = point < plane_end && folded_alone[point] != 0;
            put(is_known ? folded_alone[point] : point, origin);
        }
    }

    void put(char32_t character, Span origin)
    {
        folded_.text_ += character;
        folded_.origins_.push_back(origin);
    }

    Folded& folded_;
    std::array<char32_t, max_cluster> cluster_{};
    std::size_t size_{};
    std::uint32_t begin_{};
};

void Folded::assign(std::string_view utf8)
{
    utf8 = utf8.substr(0, max_text_bytes);
    text_.clear();
    origins_.clear();
    text_.reserve(utf8.size());
    origins_.reserve(utf8.size());
    original_size_ = 0;
    Writer writer{*this};
    for (; !utf8.empty(); ++original_size_) {
        const Decoded decoded = decode(utf8);
        writer.take(decoded.character, original_size_);
        utf8.remove_prefix(decoded.size);
    }
    writer.flush(original_size_);
}

namespace {

Span original_of(std::span<const Span> origins, std::size_t begin, std::size_t end)
{
    REQUIRE_THAT(begin <= end && end <= origins.size());
    if (begin == end) {
        const std::uint32_t at = begin < origins.size() ? origins[begin].begin
                                 : origins.empty()      ? 0
                                                        : origins.back().end;
        return {at, at};
    }
    return {origins[begin].begin, origins[end - 1].end};
}

}  // namespace

Span Folded::original(std::size_t begin, std::size_t end) const
{
    return original_of(origins_, begin, end);
}

void FoldedBytes::assign(const Folded& folded)
{
    text_.clear();
    origins_.clear();
    text_.reserve(folded.size() * 3);
    origins_.reserve(folded.size() * 3);
    std::size_t at = 0;
    for (const char32_t character : folded.text()) {
        std::array<char, 4> bytes{};
        text_.append(bytes.data(), put_utf8(character, bytes.data()));
        origins_.resize(text_.size(), folded.original(at, at + 1));
        ++at;
    }
}

Span FoldedBytes::original(std::size_t begin, std::size_t end) const
{
    return original_of(origins_, begin, end);
}

std::string to_folded(std::string_view utf8)
{
    return std::string{FoldedBytes{Folded{utf8}}.text()};
}

}  // namespace redress::language
