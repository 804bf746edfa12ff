#pragma once

#include "base/text.hpp"

#include <iosfwd>
#include <span>
#include <string>

namespace redress::app {

/// `redress policy check FILE…`: every mistake with file, line and reason; 0 when there is none, 1
/// otherwise, 2 when a file cannot be read. Without files the policies built into the program are
/// checked.
int policy_check(
    std::span<const std::string> files,
    std::ostream& out,
    std::ostream& err,
    Lang lang
);
/// `redress policy due`: one question a line in, one answer a line out.
int policy_due(std::istream& in, std::ostream& out);
/// `redress policy explain PACK [VERSION]`: every rule of a pack as a sentence.
int policy_explain(
    std::span<const std::string> arguments,
    std::ostream& out,
    std::ostream& err,
    Lang lang
);
/// `redress policy list`: packs, versions, when they are in force, when they were verified.
int policy_list(std::ostream& out, Lang lang);

}  // namespace redress::app
