// links: redress_messages_rules
// Any template either is refused or renders; any file name becomes a safe one that its header gives
// back.
#include "base/require.hpp"
#include "base/text.hpp"
#include "messages/rules_file_name.hpp"
#include "messages/rules_template.hpp"

#include <cstddef>
#include <cstdint>

namespace {

using namespace redress::messages;

/// A template that is accepted renders, once each of its variables has a value.
void fuzz_template(std::string_view text)
{
    const auto pieces = parse_template(text);
    const auto draft =
        checked({"fuzzed", "en", "Fuzzed", std::string{text}, TemplateUse::other, true});
    REQUIRE_THAT(pieces || !draft);
    if (!pieces)
        return;
    Facts facts;
    for (const auto& piece : *pieces)
        if (!piece.variable.empty())
            facts[piece.variable] = "{x}";
    const auto rendered = render(text, facts);
    REQUIRE_THAT(rendered || text.size() > max_rendered_bytes / 4);
    if (rendered && facts.empty())
        REQUIRE_THAT(rendered->size() <= text.size());
}

void fuzz_file_name(std::string_view text)
{
    const auto safe = safe_file_name(file_name_in(text).value_or(std::string{text}));
    REQUIRE_THAT(!safe.empty() && redress::is_valid_utf8(safe));
    REQUIRE_THAT(safe_file_name(safe) == safe);
    REQUIRE_THAT(file_name_in(content_disposition(Disposition::attachment, safe)) == safe);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    fuzz_template(text);
    fuzz_file_name(text);
    return 0;
}
