#include "base/text.hpp"
#include "http/form.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace redress;

namespace {

void must(bool holds)
{
    if (!holds)
        std::abort();
}

/// Within its limits, with clean texts, and no file lies outside the body.
void check(const http::Form& form, std::string_view body)
{
    must(form.fields.size() + form.files.size() <= http::max_form_parts);
    for (const auto& [name, value] : form.fields)
        must(
            is_valid_utf8(name) && is_valid_utf8(value) &&
            value.find_first_of(std::string_view{"\0\r", 2}) == std::string::npos
        );
    for (const auto& file : form.files)
        must(
            is_valid_utf8(file.file_name) && file.bytes.data() >= body.data() &&
            file.bytes.data() + file.bytes.size() <= body.data() + body.size()
        );
}

}  // namespace

/// The first line is the content type, the rest the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // libFuzzer hands over unsigned bytes; texts here are char.
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const auto line = bytes.find('\n');
    if (line == std::string_view::npos)
        return 0;
    const auto body = bytes.substr(line + 1);
    if (const auto form = http::read_form(bytes.substr(0, line), body))
        check(*form, body);
    return 0;
}
