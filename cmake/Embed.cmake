# taskleak_embed(OUT variable FILES...): a C++ file with each file's text, as
#   extern const taskleak::EmbeddedFile variable[]; extern const unsigned variable##Count;
# Embedding is done here because Debian's default compilers have no #embed.

function(taskleak_embed out variable)
  set(script ${PROJECT_SOURCE_DIR}/cmake/EmbedFiles.cmake)
  string(JOIN "|" files ${ARGN})
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DVARIABLE=${variable} -DFILES=${files} -P ${script}
    DEPENDS ${ARGN} ${script}
    VERBATIM)
endfunction()
