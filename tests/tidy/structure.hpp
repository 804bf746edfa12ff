#pragma once

#include "lexer.hpp"

#include <string>
#include <vector>

namespace redress::tidy {

/// A function with a body. `nesting` counts if, for, while, switch, do, else and catch inside each
/// other, braces or not; a lambda begins no level of its own.
struct Function {
    std::string name;
    std::size_t line{};
    std::size_t lines{};
    std::size_t parameters{};
    std::size_t nesting{};
};

/// A class, struct, union or enum with a body.
struct Type {
    std::string name;
    std::size_t line{};
    bool is_nested{};
};

/// A variable that outlives a call and may change.
struct MutableStatic {
    std::string name;
    std::size_t line{};
};

struct Structure {
    std::vector<Function> functions;
    std::vector<Type> types;
    std::vector<MutableStatic> mutable_statics;
};

/// What a file defines. Reads formatted C++ by its brackets and key words, without knowing types.
[[nodiscard]] Structure structure_of(const std::vector<Token>& tokens);

}  // namespace redress::tidy
