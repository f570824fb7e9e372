# Helpers that every folder's CMakeLists.txt uses.

find_program(FLOTILLA_CCACHE ccache)
if(FLOTILLA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    get_filename_component(base ${CMAKE_SOURCE_DIR} DIRECTORY)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${base} CCACHE_NOHASHDIR=1 ${FLOTILLA_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})
endif()
find_program(FLOTILLA_MOLD mold)
if(FLOTILLA_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

add_library(flotilla_options INTERFACE)
target_compile_options(flotilla_options INTERFACE
    -Wall -Wextra -Wpedantic -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast -Wcast-align
    -Wformat=2 -Wundef -Wvla -fstack-protector-strong)
target_compile_definitions(flotilla_options INTERFACE
    QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_JAVA_STYLE_ITERATORS QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_NO_KEYWORDS QT_DISABLE_DEPRECATED_BEFORE=0x060400
    $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
target_include_directories(flotilla_options INTERFACE ${CMAKE_SOURCE_DIR})
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU") # false alarms about the empty side of std::optional (GCC bug 80635)
    target_compile_options(flotilla_options INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-maybe-uninitialized>)
endif()
if(CMAKE_UNITY_BUILD) # an anonymous namespace looks like one of a header then
    target_compile_options(flotilla_options INTERFACE -Wno-subobject-linkage)
endif()
if(FLOTILLA_WERROR)
    target_compile_options(flotilla_options INTERFACE -Werror)
endif()
if(FLOTILLA_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    add_link_options(-fsanitize=address,undefined)
endif()

# Adds every direct sub-folder of DIR that has a CMakeLists.txt.
function(flotilla_add_subfolders dir)
    file(GLOB lists CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${dir}/*/CMakeLists.txt)
    foreach(list IN LISTS lists)
        get_filename_component(folder ${list} DIRECTORY)
        add_subdirectory(${folder})
    endforeach()
endfunction()

# flotilla_library(NAME [SOURCES file...] [PUBLIC lib...] [PRIVATE lib...])
# One static library per folder. Without SOURCES it takes every .cpp and .h of the folder.
function(flotilla_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    if(NOT arg_SOURCES)
        file(GLOB arg_SOURCES CONFIGURE_DEPENDS *.cpp *.h)
    endif()
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC flotilla_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
endfunction()

# flotilla_test(NAME SOURCES file... LIBS lib... [LABELS label...] [ENVIRONMENT VAR=VALUE...] [TIMEOUT s])
# One Qt Test executable, registered with CTest.
function(flotilla_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LIBS;LABELS;ENVIRONMENT" ${ARGN})
    if(NOT arg_SOURCES)
        set(arg_SOURCES ${name}.cpp)
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE flotilla_options Qt6::Test ${arg_LIBS})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    if("unit" IN_LIST arg_LABELS)
        add_dependencies(unit-tests ${name})
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES
        LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT}
        ENVIRONMENT "LC_ALL=C.UTF-8;QT_QPA_PLATFORM=offscreen;FLOTILLA_BIN_DIR=${CMAKE_BINARY_DIR}/bin;${arg_ENVIRONMENT}")
endfunction()
