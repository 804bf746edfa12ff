# redress_precompile(TARGET FROM): what nearly every file includes, compiled once. With g++ -O2 a file that sees Boost.JSON takes
# 2 to 3 seconds less. Only the release preset does so; the others find a missing include.
option(REDRESS_PCH "Precompile the most used headers" OFF)

set(redress_precompiled_headers <algorithm> <chrono> <functional> <map> <memory> <optional> <set> <span> <string>
  <string_view> <vector> <boost/json.hpp> <fmt/format.h>)

# redress_precompiled(NAME LINK target HEADERS headers…): the headers compiled with what `target` asks for.
function(redress_precompiled name)
  cmake_parse_arguments(P "" "LINK" "HEADERS" ${ARGN})
  if(REDRESS_PCH)
    file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/gen/${name}.cpp" CONTENT "")
    add_library(${name} OBJECT "${PROJECT_BINARY_DIR}/gen/${name}.cpp")
    target_link_libraries(${name} PRIVATE ${P_LINK})
    target_precompile_headers(${name} PRIVATE ${P_HEADERS})
  endif()
endfunction()

function(redress_precompile target from)
  if(REDRESS_PCH)
    target_precompile_headers(${target} REUSE_FROM ${from})
  endif()
endfunction()

if(REDRESS_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)  # for ccache
endif()
redress_precompiled(redress_precompiled_libs LINK redress_libs HEADERS ${redress_precompiled_headers})
