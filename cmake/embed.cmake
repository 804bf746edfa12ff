# redress_embed(TARGET SYMBOL DIR GLOB…): files below DIR as a table of name and bytes, `redress::embedded::SYMBOL()`.
# redress_console(TARGET): web/console built with npm and vite into build/…/console, embedded as `redress::embedded::console()`.
# redress_sql(NAME): src/NAME/*.sql as compile-time constants in gen/NAME/<file>_sql.hpp, names as `-- name: x` gives them.
# redress_fold_table(TARGET): how characters are folded, as a table made from ICU's data while building.
add_executable(redress_sqlgen "${PROJECT_SOURCE_DIR}/cmake/embed/sqlgen.cpp")
add_executable(redress_embedgen "${PROJECT_SOURCE_DIR}/cmake/embed/embedgen.cpp")

function(redress_sql name)
  file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.sql")
  if(NOT files OR NOT TARGET redress_${name})
    return()
  endif()
  set(outputs "")
  foreach(file IN LISTS files)
    get_filename_component(stem "${file}" NAME_WE)
    set(out "${PROJECT_BINARY_DIR}/gen/${name}/${stem}_sql.hpp")
    add_custom_command(OUTPUT "${out}" COMMAND redress_sqlgen "${file}" "${out}" "${name}" DEPENDS "${file}" redress_sqlgen VERBATIM)
    list(APPEND outputs "${out}")
  endforeach()
  add_custom_target(redress_${name}_sql DEPENDS ${outputs})
  add_dependencies(redress_${name} redress_${name}_sql)
endfunction()

function(redress_embed target symbol dir)
  set(files "")
  foreach(pattern IN LISTS ARGN)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS "${dir}/${pattern}")
    list(APPEND files ${found})
  endforeach()
  set(out "${PROJECT_BINARY_DIR}/gen/embedded/${symbol}.cpp")
  set(asm "${PROJECT_BINARY_DIR}/gen/embedded/${symbol}.S")
  add_custom_command(OUTPUT "${out}" "${asm}" COMMAND redress_embedgen "${symbol}" "${dir}" "${out}" "${asm}" ${files}
    DEPENDS ${files} redress_embedgen VERBATIM)
  set_source_files_properties("${asm}" PROPERTIES OBJECT_DEPENDS "${files}")
  target_sources(${target} PRIVATE "${out}" "${asm}")
endfunction()

function(redress_fold_table target)
  add_executable(redress_foldgen "${PROJECT_SOURCE_DIR}/cmake/embed/foldgen.cpp")
  target_link_libraries(redress_foldgen PRIVATE ICU::uc ICU::i18n ICU::data)
  set(out "${PROJECT_BINARY_DIR}/gen/language/fold_table.cpp")
  add_custom_command(OUTPUT "${out}" COMMAND redress_foldgen "${out}" DEPENDS redress_foldgen VERBATIM)
  target_sources(${target} PRIVATE "${out}")
endfunction()

# What npm and vite say is kept in build/…/console.log. Packages are only fetched again when package-lock.json changes.
function(redress_console target)
  find_program(NODE node REQUIRED)
  find_program(NPM npm REQUIRED)
  set(folder "${PROJECT_SOURCE_DIR}/web/console")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${folder}/src/*" "${folder}/public/*"
    "${PROJECT_SOURCE_DIR}/catalogue/console.*.json" "${PROJECT_SOURCE_DIR}/catalogue/customer.*.json"
    "${PROJECT_SOURCE_DIR}/catalogue/welcome.*.json" "${PROJECT_SOURCE_DIR}/catalogue/workspace.*.json"
    "${PROJECT_SOURCE_DIR}/catalogue/administration.*.json")
  file(GLOB settings CONFIGURE_DEPENDS "${folder}/*.*")
  set(dist "${PROJECT_BINARY_DIR}/console")
  set(out "${PROJECT_BINARY_DIR}/gen/embedded/console.cpp")
  set(asm "${PROJECT_BINARY_DIR}/gen/embedded/console.S")
  add_custom_command(OUTPUT "${out}" "${asm}"
    COMMAND "${NODE}" "${folder}/build.mjs" --npm "${NPM}" --out "${dist}" --log "${PROJECT_BINARY_DIR}/console.log"
    COMMAND redress_embedgen console "${dist}" "${out}" "${asm}"
    DEPENDS ${sources} ${settings} redress_embedgen WORKING_DIRECTORY "${folder}" VERBATIM)
  set_source_files_properties("${asm}" PROPERTIES OBJECT_DEPENDS "${out}")
  target_sources(${target} PRIVATE "${out}" "${asm}")
endfunction()
