# One library per folder of lib/: taskleak_library(Name dependencies...).
# The folder's sources are found by the build; headers are included as
# "folder/File.h" from lib/.

function(taskleak_library name)
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  add_library(taskleak${name} STATIC ${sources})
  target_include_directories(taskleak${name} PUBLIC ${PROJECT_SOURCE_DIR}/lib)
  target_include_directories(taskleak${name} SYSTEM PUBLIC ${LLVM_INCLUDE_DIRS} ${CLANG_INCLUDE_DIRS})
  target_compile_options(taskleak${name} PRIVATE -Wall -Wextra -Wno-unused-parameter)
  target_link_libraries(taskleak${name} PUBLIC ${ARGN})
endfunction()

# One test program per folder of test/unit: taskleak_unit_test(Name libraries...).
function(taskleak_unit_test name)
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  add_executable(test${name} ${sources})
  target_link_libraries(test${name} PRIVATE ${ARGN} GTest::gtest GTest::gtest_main)
  add_test(NAME unit-${name} COMMAND test${name})
endfunction()
