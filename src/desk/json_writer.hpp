#pragma once

#include "http/wire.hpp"

#include <string>
#include <string_view>

namespace redress::desk {

/// Writes one JSON text from front to back: pages are large and read often, so they are written,
/// not built and printed.
class JsonWriter {
public:
    void open(char bracket)
    {
        separate();
        out_ += bracket;
        is_first_ = true;
    }
    void close(char bracket)
    {
        out_ += bracket;
        is_first_ = false;
    }
    void key(std::string_view name)
    {
        separate();
        out_ += '"';
        out_ += name;
        out_ += "\":";
        is_first_ = true;
    }
    template <class T>
    void value(const T& value)
    {
        separate();
        http::append_json(out_, value);
    }
    template <class T>
    void member(std::string_view name, const T& value)
    {
        key(name);
        this->value(value);
    }
    /// A text that is JSON already.
    void raw(std::string_view json)
    {
        separate();
        out_ += json;
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    void separate()
    {
        if (!is_first_)
            out_ += ',';
        is_first_ = false;
    }

    std::string out_;
    bool is_first_{true};
};

}  // namespace redress::desk
