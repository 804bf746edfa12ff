#pragma once

#include "lexer.hpp"

#include <span>
#include <string>

namespace redress::tidy {

/// The tokens from the beginning of a statement or definition up to its brace or semicolon.
using Head = std::span<const Token>;

struct Signature {
    std::string name;
    std::size_t parameters{};
};

[[nodiscard]] bool names_space(Head head);  ///< namespace x, extern "C"
[[nodiscard]] bool names_type(Head head
);  ///< class, struct, union or enum, not a function that returns one
[[nodiscard]] std::string_view type_name(Head head);
[[nodiscard]] bool is_qualified_type(Head head);  ///< struct Outer::Inner
[[nodiscard]] bool ends_access(Head head);        ///< public, protected or private before its colon

/// Whether the brace after this head begins a function's body; a member initializer's brace does
/// not.
[[nodiscard]] bool is_function(Head head);
[[nodiscard]] Signature signature_of(Head head);

/// Whether the brace at this place, inside a function, opens statements (a block or a lambda's
/// body) or a list.
[[nodiscard]] bool begins_block(std::span<const Token> tokens, std::size_t brace);
[[nodiscard]] bool is_lambda(std::span<const Token> tokens, std::size_t brace);

/// The name of the variable with static storage that a head defines without const; "" when it
/// defines none. `global` tells that the head stands in a namespace, where no `static` is needed.
[[nodiscard]] std::string_view mutable_static(Head head, bool global);

}  // namespace redress::tidy
