#pragma once

#include <array>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

/// HTML that is well-formed and escaped by construction: names come from literals that are checked
/// while compiling, everything else is text or an attribute's value and is escaped. There is no way
/// to write raw text, a script, a style or an event handler.
namespace redress::portal {

namespace detail {

constexpr bool is_word(std::string_view name)
{
    for (const char c : name)
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    return !name.empty();
}

template <std::size_t size>
constexpr bool is_one_of(std::string_view name, const std::array<std::string_view, size>& names)
{
    for (const auto each : names)
        if (each == name)
            return true;
    return false;
}

/// Not constexpr on purpose: reaching it while compiling is the error.
void name_is_not_allowed();

inline constexpr std::array<std::string_view, 3> address_names{"href", "src", "action"};
inline constexpr std::array<std::string_view, 6>
    other_tags{"style", "iframe", "object", "embed", "base", "noscript"};
inline constexpr std::array<std::string_view, 7>
    other_names{"style", "srcdoc", "srcset", "formaction", "data", "poster", "ping"};

}  // namespace detail

/// An element's name. Elements whose content is not text are left out.
class Tag {
public:
    template <std::size_t size>
    consteval Tag(const char (&name)[size]) : name_{name, size - 1}
    {
        if (!detail::is_word(name_) || detail::is_one_of(name_, detail::other_tags))
            detail::name_is_not_allowed();
    }
    [[nodiscard]] std::string_view name() const { return name_; }

private:
    std::string_view name_;
};

/// An attribute's name whose value is text.
class TextName {
public:
    template <std::size_t size>
    consteval TextName(const char (&name)[size]) : name_{name, size - 1}
    {
        const bool is_handler = name_.starts_with("on");
        if (!detail::is_word(name_) || is_handler ||
            detail::is_one_of(name_, detail::address_names) ||
            detail::is_one_of(name_, detail::other_names))
            detail::name_is_not_allowed();
    }
    [[nodiscard]] std::string_view name() const { return name_; }

private:
    std::string_view name_;
};

/// An attribute's name whose value is an address.
class AddressName {
public:
    template <std::size_t size>
    consteval AddressName(const char (&name)[size]) : name_{name, size - 1}
    {
        if (!detail::is_one_of(name_, detail::address_names))
            detail::name_is_not_allowed();
    }
    [[nodiscard]] std::string_view name() const { return name_; }

private:
    std::string_view name_;
};

/// Where a link or form leads: a path of our own, never another site and never a script.
class Address {
public:
    /// Throws std::logic_error unless `path` is "#…", or begins with exactly one '/'.
    explicit Address(std::string path);
    [[nodiscard]] std::string_view text() const { return text_; }

private:
    std::string text_;
};

/// One attribute of an element; its texts live until the element is open. One that is not wanted is
/// not written.
class Attribute {
public:
    Attribute(TextName name) : name_{name.name()} {}
    Attribute(TextName name, bool is_wanted) : name_{name.name()}, is_wanted_{is_wanted} {}
    Attribute(TextName name, std::string_view value)
        : name_{name.name()}, value_{value}, has_value_{true}
    {}
    Attribute(TextName name, const char* value) : Attribute{name, std::string_view{value}} {}
    Attribute(TextName name, const std::string& value) : Attribute{name, std::string_view{value}} {}
    Attribute(AddressName name, const Address& value)
        : name_{name.name()}, value_{value.text()}, has_value_{true}
    {}

private:
    friend class Html;
    std::string_view name_;
    std::string_view value_;
    bool has_value_{};
    bool is_wanted_{true};
};

using Attributes = std::initializer_list<Attribute>;

/// A document while it is written.
class Html {
public:
    /// Closes its element when it goes.
    class [[nodiscard]] Element {
    public:
        Element(Html& out, std::string_view name) : out_{&out}, name_{name} {}
        Element(Element&& other) noexcept
            : out_{std::exchange(other.out_, nullptr)}, name_{other.name_}
        {}
        ~Element();
        Element& operator=(Element&&) = delete;

    private:
        Html* out_;
        std::string_view name_;
    };

    /// `<!doctype html>`, first.
    void doctype();
    Element open(Tag tag, Attributes attributes = {});
    /// An element with nothing but text in it.
    void element(Tag tag, std::string_view text);
    void element(Tag tag, Attributes attributes, std::string_view text);
    /// An element that has no end: input, meta, link, img, br.
    void empty(Tag tag, Attributes attributes = {});
    void text(std::string_view text);

    [[nodiscard]] std::size_t size() const { return out_.size(); }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    void begin(std::string_view name, Attributes attributes);
    void escape(std::string_view text);

    std::string out_;
};

}  // namespace redress::portal
