#include "http/form.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <optional>

namespace redress::http {
namespace {

constexpr std::size_t max_boundary = 70;  // RFC 2046, 5.1.1

int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 32);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Undoes percent-encoding; what is no escape stays as it is, as browsers have it (WHATWG URL).
std::string decoded(std::string_view text, bool is_plus_a_space)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_escape = text[i] == '%' && i + 2 < text.size() &&
                               hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
        if (is_escape) {
            out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else
            out += text[i] == '+' && is_plus_a_space ? ' ' : text[i];
    }
    return out;
}

/// One kind of line break, no control characters.
std::string clean(std::string_view text)
{
    const auto valid = to_valid_utf8(text);
    std::string out;
    out.reserve(valid.size());
    for (std::size_t i = 0; i < valid.size(); ++i) {
        const auto c = static_cast<unsigned char>(valid[i]);
        const bool is_pair = c == '\r' && i + 1 < valid.size() && valid[i + 1] == '\n';
        if (c == '\r' && !is_pair)
            out += '\n';
        else if ((c >= ' ' && c != 0x7F) || c == '\n' || c == '\t')
            out += valid[i];
    }
    return out;
}

std::unexpected<Denied> malformed()
{
    return deny(Denial::invalid, "form_malformed");
}

Result<Form> read_urlencoded(std::string_view body)
{
    Form form;
    if (body.empty())
        return form;
    if (std::ranges::count(body, '&') >= static_cast<std::ptrdiff_t>(max_form_parts))
        return malformed();
    for (const auto pair : split(body, '&')) {
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = clean(decoded(pair.substr(0, equals), true));
        if (name.size() > max_form_name)
            return malformed();
        const auto value = equals < pair.size() ? pair.substr(equals + 1) : std::string_view{};
        form.fields.emplace_back(std::move(name), clean(decoded(value, true)));
    }
    return form;
}

/// The value of a parameter behind ';' in a header: a token or a quoted string.
std::optional<std::string_view> parameter_in(std::string_view header, std::string_view wanted)
{
    for (auto at = header.find(';'); at != std::string_view::npos;) {
        header.remove_prefix(at + 1);
        const auto equals = header.find('=');
        if (equals == std::string_view::npos)
            return std::nullopt;
        const auto name = to_lower_ascii(trim(header.substr(0, equals)));
        header.remove_prefix(equals + 1);
        const bool is_quoted = header.starts_with('"');
        const auto end = is_quoted ? header.find('"', 1) : header.find(';');
        if (is_quoted && end == std::string_view::npos)
            return std::nullopt;
        const auto value = is_quoted ? header.substr(1, end - 1) : trim(header.substr(0, end));
        if (name == wanted)
            return value;
        at = header.find(';', is_quoted ? end : 0);
    }
    return std::nullopt;
}

/// Browsers write a quotation mark or line break in a name as an escape (WHATWG HTML, multipart
/// form data).
std::string name_of(std::string_view quoted)
{
    return clean(decoded(quoted, false));
}

/// The value of a header among the lines of a part's head.
std::string_view header_in(std::string_view head, std::string_view lower_name)
{
    while (!head.empty()) {
        const auto end = head.find("\r\n");
        const auto line = head.substr(0, end);
        const auto colon = line.find(':');
        if (colon != std::string_view::npos &&
            to_lower_ascii(trim(line.substr(0, colon))) == lower_name)
            return trim(line.substr(colon + 1));
        head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
    }
    return {};
}

/// Reads parts one after the other, each byte once.
class Multipart {
public:
    Multipart(std::string_view boundary, std::string_view body)
        : delimiter_{"\r\n--" + std::string{boundary}}, rest_{body}
    {}

    Result<Form> read()
    {
        const auto first = std::string_view{delimiter_}.substr(2);
        if (!rest_.starts_with(first))
            return broken_off();
        rest_.remove_prefix(first.size());
        for (std::size_t parts = 0; !rest_.starts_with("--"); ++parts) {
            if (parts == max_form_parts)
                return malformed();
            const auto read = read_part();
            if (!read)
                return std::unexpected{read.error()};
            if (!*read)
                return broken_off();
        }
        return std::move(form_);
    }

private:
    /// False: the body ends within this part.
    Result<bool> read_part()
    {
        if (!rest_.starts_with("\r\n"))
            return false;
        const auto head_end = rest_.find("\r\n\r\n");
        if (std::min(head_end, rest_.size()) > max_form_part_head)
            return malformed();
        if (head_end == std::string_view::npos)
            return false;
        const auto head = rest_.substr(2, head_end == 0 ? 0 : head_end - 2);
        const auto content = head_end + 4;
        const auto end = rest_.find(delimiter_, content);
        if (end == std::string_view::npos)
            return false;
        const auto added = add(head, rest_.substr(content, end - content));
        if (!added)
            return std::unexpected{added.error()};
        rest_.remove_prefix(end + delimiter_.size());
        return true;
    }

    Result<void> add(std::string_view head, std::string_view bytes)
    {
        const auto disposition = header_in(head, "content-disposition");
        const auto name = parameter_in(disposition, "name");
        if (!disposition.starts_with("form-data") || !name || name->size() > max_form_name)
            return malformed();
        const auto file_name = parameter_in(disposition, "filename");
        if (!file_name)
            form_.fields.emplace_back(name_of(*name), clean(bytes));
        else if (!file_name->empty() || !bytes.empty())
            form_.files.push_back({name_of(*name), name_of(*file_name), bytes});
        return {};
    }

    Result<Form> broken_off()
    {
        form_.is_whole = false;
        return std::move(form_);
    }

    const std::string delimiter_;
    std::string_view rest_;
    Form form_;
};

}  // namespace

std::string_view Form::field(std::string_view name) const
{
    const auto found = std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
    return found == fields.end() ? std::string_view{} : std::string_view{found->second};
}

Result<Form> read_form(std::string_view content_type, std::string_view body)
{
    const auto type = to_lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
    if (type == "application/x-www-form-urlencoded")
        return read_urlencoded(body);
    if (type != "multipart/form-data")
        return deny(Denial::invalid, "form_type_wrong", "Content-Type");
    const auto boundary = parameter_in(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > max_boundary)
        return malformed();
    return Multipart{*boundary, body}.read();
}

}  // namespace redress::http
