#include "base/text.hpp"
#include "customers/rules.hpp"

#include <algorithm>
#include <array>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace redress::customers {
namespace {

constexpr std::size_t max_account_code_points = 64;
constexpr std::size_t min_phone_digits = 5;
constexpr std::size_t max_phone_digits = 15;
constexpr std::size_t max_extension_digits = 8;
constexpr std::string_view extension_mark = ";ext=";

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_invisible(UChar32 c)
{
    return c == 0xFEFF || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069);
}

bool is_space(UChar32 c)
{
    return c == 0xA0 || c == 0x3000 || u_isUWhiteSpace(c);
}

/// Full-width ASCII as ASCII, every kind of white space and control character as one space, nothing
/// invisible.
std::string half_width(std::string_view text)
{
    const auto wide = icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())});
    icu::UnicodeString narrow;
    for (std::int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
        const UChar32 c = wide.char32At(i);
        if (is_invisible(c))
            continue;
        if (is_space(c) || u_iscntrl(c)) {
            if (!narrow.isEmpty() && narrow.charAt(narrow.length() - 1) != u' ')
                narrow.append(u' ');
        } else
            narrow.append(c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c);
    }
    std::string result;
    narrow.trim().toUTF8String(result);
    return result;
}

void erase_all(std::string& text, std::string_view characters)
{
    std::erase_if(text, [&](char c) { return characters.find(c) != std::string_view::npos; });
}

void replace_all(std::string& text, std::string_view what, std::string_view with)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

/// Takes "转801", "分机801", "ext. 801", "x801", "#801" and ";ext=801" off the end.
std::string take_extension(std::string& text)
{
    for (const std::string_view mark : {";ext=", "转", "分机", "extension", "ext", "x", "#"}) {
        const auto at = text.find(mark);
        if (at == std::string::npos || at == 0)
            continue;
        auto extension = text.substr(at + mark.size());
        erase_all(extension, ".:=");
        text.resize(at);
        return extension.empty() ? "?" : extension;
    }
    return {};
}

/// 11 digits, 13… to 19…
bool is_chinese_mobile(std::string_view digits)
{
    return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
}

std::string with_country(std::string digits, bool is_international)
{
    const std::string_view view = digits;
    if (is_international)
        return "+" + (view.starts_with("860") ? "86" + digits.substr(3) : digits);
    if (is_chinese_mobile(view))
        return "+86" + digits;
    if (view.starts_with("86") && is_chinese_mobile(view.substr(2)))
        return "+" + digits;
    if (view.starts_with("0") && is_chinese_mobile(view.substr(1)))
        return "+86" + digits.substr(1);
    return digits;
}

std::optional<std::string> normal_phone(std::string text)
{
    text = to_lower_ascii(text);
    if (text.starts_with("tel:"))
        text.erase(0, 4);
    erase_all(text, " -().\t/");
    for (const std::string_view dash : {"\u2010", "\u2011", "\u2013", "\u2014", "\u2212"})
        replace_all(text, dash, "");
    const auto extension = take_extension(text);
    bool is_international = text.starts_with('+');
    if (is_international)
        text.erase(0, 1);
    else if (text.starts_with("00")) {
        is_international = true;
        text.erase(0, 2);
    }
    const auto all_digits = [](std::string_view part) {
        return std::ranges::all_of(part, is_digit);
    };
    if (!all_digits(text) || !all_digits(extension) || extension.size() > max_extension_digits)
        return std::nullopt;
    if (is_international && text.starts_with('0'))
        return std::nullopt;
    auto number = with_country(text, is_international);
    const auto digits = number.size() - (number.starts_with('+') ? 1 : 0);
    if (digits < min_phone_digits || digits > max_phone_digits)
        return std::nullopt;
    return extension.empty() ? number : number.append(extension_mark).append(extension);
}

bool is_domain_character(char c)
{
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool is_domain(std::string_view domain)
{
    const auto labels = split(domain, '.');
    return domain.size() <= 253 && labels.size() >= 2 &&
           std::ranges::all_of(labels, [](std::string_view label) {
               return !label.empty() && label.size() <= 63 && label.front() != '-' &&
                      label.back() != '-' && std::ranges::all_of(label, is_domain_character);
           });
}

std::string lower(std::string_view text)
{
    std::string result;
    icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())})
        .toLower(icu::Locale::getRoot())
        .toUTF8String(result);
    return result;
}

std::optional<std::string> normal_email(std::string text)
{
    if (to_lower_ascii(text).starts_with("mailto:"))
        text.erase(0, 7);
    if (text.starts_with('<') && text.ends_with('>'))
        text = text.substr(1, text.size() - 2);
    const auto at = text.rfind('@');
    if (at == std::string::npos || at == 0 || at > 64)
        return std::nullopt;
    const auto local = text.substr(0, at);
    auto domain = lower(std::string_view{text}.substr(at + 1));
    replace_all(domain, "\u3002", ".");
    if (domain.ends_with('.'))
        domain.pop_back();
    if (local.find_first_of(" @<>(),;:\\\"[]") != std::string::npos || !is_domain(domain))
        return std::nullopt;
    return local + "@" + domain;
}

std::optional<std::string> bounded(std::string text, std::size_t limit)
{
    if (text.empty() || count_code_points(text) > limit)
        return std::nullopt;
    return text;
}

std::string starred(std::string_view text, std::size_t first, std::size_t last)
{
    const auto size = count_code_points(text);
    if (size <= first + last)
        return "***";
    const auto head = first_code_points(text, first);
    const auto tail = text.substr(first_code_points(text, size - last).size());
    return std::string{head} + "****" + std::string{tail};
}

}  // namespace

std::optional<std::string> normal_contact(ContactKind kind, std::string_view text)
{
    auto plain = half_width(to_valid_utf8(text));
    switch (kind) {
        case ContactKind::phone:
            return normal_phone(std::move(plain));
        case ContactKind::email:
            return normal_email(std::move(plain));
        case ContactKind::wechat:
        case ContactKind::account:
            erase_all(plain, " ");
            return bounded(std::move(plain), max_account_code_points);
        case ContactKind::address:
        case ContactKind::other:
            break;
    }
    return bounded(std::move(plain), max_contact_code_points);
}

Contact guessed_contact(std::string_view text)
{
    for (const auto kind : {ContactKind::email, ContactKind::phone})
        if (auto value = normal_contact(kind, text))
            return {kind, std::move(*value), {}};
    const auto plain = half_width(to_valid_utf8(text));
    return {
        ContactKind::other,
        std::string{trim(first_code_points(plain, max_contact_code_points))},
        {}};
}

std::vector<Contact> contacts_of(const std::map<std::string, std::string, std::less<>>& given)
{
    std::vector<Contact> contacts;
    for (const auto& [name, text] : given) {
        if (contacts.size() == max_contacts)
            break;
        const auto kind = named<ContactKind>(name);
        auto value = kind ? normal_contact(*kind, text) : std::nullopt;
        Contact contact = value ? Contact{*kind, std::move(*value), {}} : guessed_contact(text);
        if (!value && name != "contact")
            contact = {ContactKind::other, contact.value, half_width(first_code_points(name, 50))};
        if (!contact.value.empty())
            contacts.push_back(std::move(contact));
    }
    return contacts;
}

bool is_identity(ContactKind kind)
{
    return kind != ContactKind::address && kind != ContactKind::other;
}

std::string match_key(const Contact& contact)
{
    return is_identity(contact.kind) ? to_lower_ascii(contact.value) : contact.value;
}

std::string search_key(std::string_view name)
{
    const auto plain = half_width(to_valid_utf8(name));
    std::string key;
    icu::UnicodeString::fromUTF8(plain).foldCase().toUTF8String(key);
    return key;
}

std::string masked(const Contact& contact)
{
    const std::string_view value = contact.value;
    switch (contact.kind) {
        case ContactKind::phone:
            return starred(value, value.starts_with("+86") ? 6 : 3, 4);
        case ContactKind::email:
            return std::string{first_code_points(value, 1)} + "***" +
                   std::string{value.substr(value.rfind('@'))};
        case ContactKind::wechat:
        case ContactKind::account:
            return starred(value, 1, 2);
        case ContactKind::address:
            return starred(value, 6, 0);
        case ContactKind::other:
            break;
    }
    return "***";
}

}  // namespace redress::customers
