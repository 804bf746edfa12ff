#pragma once

namespace redress::language {

/// Each character of the Basic Multilingual Plane folded alone, or 0 when that does not give one
/// character of the plane. Written while building by cmake/embed/foldgen.cpp from ICU's data.
extern const char16_t folded_alone[0x10000];

}  // namespace redress::language
