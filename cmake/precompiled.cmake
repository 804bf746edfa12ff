# redress_precompile(TARGET): what nearly every file includes, compiled once. With g++ -O2 a file that sees Boost.JSON takes
# 2 to 3 seconds less. Only the release preset does so; the others find a missing include.
option(REDRESS_PCH "Precompile the most used headers" OFF)

if(REDRESS_PCH)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)  # for ccache
  endif()
  file(WRITE "${PROJECT_BINARY_DIR}/gen/precompiled.cpp" "")
  add_library(redress_precompiled OBJECT "${PROJECT_BINARY_DIR}/gen/precompiled.cpp")
  target_link_libraries(redress_precompiled PRIVATE redress_libs)
  target_precompile_headers(redress_precompiled PRIVATE
    <algorithm> <chrono> <functional> <map> <memory> <optional> <set> <span> <string> <string_view> <vector>
    <boost/json.hpp> <fmt/format.h>)
endif()

function(redress_precompile target)
  if(REDRESS_PCH)
    target_precompile_headers(${target} REUSE_FROM redress_precompiled)
  endif()
endfunction()
