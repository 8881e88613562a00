// What `--version`, the log and the editor say about this server: whose it is, and
// which clangd is in it.

#include "Clangd.h"

#define VERSION_STRING "_ZN5clang6clangd13versionStringB5cxx11Ev"
std::string stockVersion() CLANGD_STOCK(VERSION_STRING);
std::string ourVersion() CLANGD_OURS(VERSION_STRING);

std::string ourVersion() {
  return "taskleak-clangd " TASKLEAK_VERSION ", made of " + stockVersion();
}
