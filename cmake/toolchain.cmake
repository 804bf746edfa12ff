# Warnings, linker, cache and sanitizers; everything of ours is compiled with these.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${CCACHE}")
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(redress_warnings INTERFACE)
target_compile_options(redress_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wswitch-enum>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # What g++ 12 says at -O2 about inlined library code (optional, string, variant) is wrong too often to be an error; the
  # analysers and sanitizers look for the same. Designated initializers leave members out on purpose.
  target_compile_options(redress_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:
    -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wuseless-cast -Wsuggest-override
    -Wno-missing-field-initializers -Wno-array-bounds -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-stringop-overread
    -Wno-restrict>)
else()
  target_compile_options(redress_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:
    -Wno-missing-field-initializers -Wno-deprecated-declarations -U__cpp_concepts -D__cpp_concepts=202002L -Wno-builtin-macro-redefined -Wno-macro-redefined>)
endif()

if(REDRESS_SANITIZE)
  add_compile_options(-fsanitize=${REDRESS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${REDRESS_SANITIZE})
endif()
