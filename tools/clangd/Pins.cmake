# Run before taskleak-clangd is linked: is each function in whose place one of ours
# stands still in clangd's archives, and does another object file call it? Else
# the linker would put nothing in its place, and say nothing.
#   cmake -DNM=nm -DLLVM=22.1.8 -DARCHIVES=A|B -DPINS=SYMBOL|FILE,... -P Pins.cmake

string(REPLACE "|" ";" ARCHIVES "${ARCHIVES}")
execute_process(COMMAND ${NM} -A ${ARCHIVES} OUTPUT_VARIABLE names ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "${NM} cannot read clangd's archives: ${ARCHIVES}")
endif()

set(broken "")
string(REPLACE "," ";" PINS "${PINS}")
foreach(pin IN LISTS PINS)
  string(REGEX REPLACE "\\|.*" "" symbol "${pin}")
  string(REGEX REPLACE ".*\\|" "" file "${pin}")
  if(NOT names MATCHES " T ${symbol}\n")
    string(APPEND broken "  there is no ${symbol}, in whose place tools/clangd/${file} stands\n")
  elseif(NOT names MATCHES " U ${symbol}\n")
    string(APPEND broken "  nobody calls ${symbol} from outside its file; tools/clangd/${file} has no effect\n")
  endif()
endforeach()
if(broken)
  message(FATAL_ERROR "clangd of LLVM ${LLVM} is not made as taskleak-clangd relies on:\n${broken}")
endif()
