#include "portal/html.hpp"

#include <stdexcept>

namespace redress::portal {

Address::Address(std::string path) : text_{std::move(path)}
{
    const bool is_fragment = text_.starts_with('#');
    const bool is_own =
        text_.starts_with('/') && !text_.starts_with("//") && text_.find('\\') == std::string::npos;
    if (!is_fragment && !is_own)
        throw std::logic_error{"a page of ours links only to our own: " + text_};
}

Html::Element::~Element()
{
    if (out_ == nullptr)
        return;
    out_->out_ += "</";
    out_->out_ += name_;
    out_->out_ += '>';
}

void Html::doctype()
{
    out_ += "<!doctype html>";
}

Html::Element Html::open(Tag tag, Attributes attributes)
{
    begin(tag.name(), attributes);
    return {*this, tag.name()};
}

void Html::element(Tag tag, std::string_view text)
{
    element(tag, {}, text);
}

void Html::element(Tag tag, Attributes attributes, std::string_view text)
{
    const auto element = open(tag, attributes);
    escape(text);
}

void Html::empty(Tag tag, Attributes attributes)
{
    begin(tag.name(), attributes);
}

void Html::text(std::string_view text)
{
    escape(text);
}

void Html::begin(std::string_view name, Attributes attributes)
{
    out_ += '<';
    out_ += name;
    for (const auto& attribute : attributes) {
        if (!attribute.is_wanted_)
            continue;
        out_ += ' ';
        out_ += attribute.name_;
        if (!attribute.has_value_)
            continue;
        out_ += "=\"";
        escape(attribute.value_);
        out_ += '"';
    }
    out_ += '>';
}

void Html::escape(std::string_view text)
{
    for (const char c : text)
        switch (c) {
            case '&':
                out_ += "&amp;";
                break;
            case '<':
                out_ += "&lt;";
                break;
            case '>':
                out_ += "&gt;";
                break;
            case '"':
                out_ += "&quot;";
                break;
            case '\'':
                out_ += "&#39;";
                break;
            default:
                out_ += c;
        }
}

}  // namespace redress::portal
