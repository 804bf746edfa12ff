#pragma once

#include "app/program.hpp"

namespace redress::app {

/// `redress classifier export`: what people have sorted ("categories": category TAB text) or
/// corrected ("feelings": anger, sadness, anxiety, pleasure TAB text), a line each, ready to be
/// learnt from. To standard output.
int export_training(const Settings& settings, const std::string& of);

}  // namespace redress::app
