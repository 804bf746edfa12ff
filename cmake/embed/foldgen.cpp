// Writes how each character of the Basic Multilingual Plane is folded when it stands alone: 0 when
// that is not one character of the same plane, or when the normaliser must see its neighbours.
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace {

constexpr UChar32 plane_size = 0x10000;

icu::UnicodeString straight(const icu::UnicodeString& text)
{
    const UChar32 c = text.char32At(0);
    if (c == 0x2018 || c == 0x2019)
        return {"'"};
    return c == 0x201C || c == 0x201D ? icu::UnicodeString{"\""} : text;
}

/// Until nothing changes: a traditional character may stand for one that is itself an older form.
icu::UnicodeString fold(
    UChar32 c,
    const icu::Normalizer2& normalizer,
    const icu::Transliterator& simplifier,
    UErrorCode& error
)
{
    icu::UnicodeString text{c};
    for (int round = 0; round < 4; ++round) {
        icu::UnicodeString next = normalizer.normalize(text, error);
        if (next.countChar32() == 1 && u_hasBinaryProperty(next.char32At(0), UCHAR_IDEOGRAPHIC))
            simplifier.transliterate(next);
        if (next.countChar32() == 1)
            next = straight(next);
        if (next == text)
            break;
        text = next;
    }
    return text;
}

}  // namespace

int main(int count, char** arguments)
{
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(error);
    const std::unique_ptr<icu::Transliterator> simplifier{
        icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, error)};
    if (count != 2 || U_FAILURE(error)) {
        std::fprintf(stderr, "usage: foldgen OUT (%s)\n", u_errorName(error));
        return 1;
    }
    std::ofstream out{arguments[1]};
    out << "#include \"language/fold_table.hpp\"\n\nconst char16_t redress::language::folded_alone[0x10000] = {";
    for (UChar32 c = 0; c < plane_size; ++c) {
        UChar32 folded = 0;
        if (c > 0 && !U_IS_SURROGATE(c) && normalizer->hasBoundaryBefore(c)) {
            const icu::UnicodeString text = fold(c, *normalizer, *simplifier, error);
            if (text.length() == 1)
                folded = text.char32At(0);
        }
        out << (c % 16 == 0 ? "\n" : "") << folded << ',';
    }
    out << "\n};\n";
    return out.flush() && U_SUCCESS(error) ? 0 : 1;
}
