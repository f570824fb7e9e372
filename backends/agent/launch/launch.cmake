# What launch needs on top of serve: libseccomp, static in the static program.
find_path(SECCOMP_INCLUDE_DIR seccomp.h REQUIRED)
find_library(SECCOMP_LIBRARY NAMES libseccomp.a seccomp REQUIRED)
target_include_directories(flotilla-agent SYSTEM PRIVATE ${SECCOMP_INCLUDE_DIR})
target_link_libraries(flotilla-agent PRIVATE ${SECCOMP_LIBRARY})
