#pragma once

#include "policy/library.hpp"

#include <string>
#include <vector>

namespace redress::policy {

/// Adds a file, by its bare name, to those of a policies folder, in place of the pack, calendar or
/// list that it replaces: where it belongs and what it is, its contents say. Gives its path.
std::string lay_over(std::vector<SourceFile>& files, const SourceFile& file);

}  // namespace redress::policy
