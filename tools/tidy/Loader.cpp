// The part of the plugin that loads into any program. It opens the part with
// the checks if that is built for the program's LLVM; else it says so and ends
// the program: a run without the checks must not look like a clean one.
//   clang-tidy-22 --load=libtaskleak-tidy.so -checks='-*,taskleak-*' FILE

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string>
#include <unistd.h>

namespace {

[[noreturn]] void refuse(const std::string &Why) {
  std::fflush(nullptr);
  std::fprintf(stderr, "taskleak: %s\n", Why.c_str());
  _exit(1);
}

/// "22.1.8" of "Debian clang version 22.1.8 (...)"; empty if there is none.
std::string numberIn(const std::string &Version) {
  const char Word[] = "clang version ";
  size_t At = Version.find(Word);
  if (At == std::string::npos)
    return "";
  At += std::strlen(Word);
  return Version.substr(At, Version.find_first_not_of("0123456789.", At) - At);
}

/// The version of the Clang that this process runs; empty if it has none.
std::string hostVersion() {
  // std::string clang::getClangFullVersion(), the same in all versions.
  void *Symbol = dlsym(RTLD_DEFAULT, "_ZN5clang19getClangFullVersionB5cxx11Ev");
  if (!Symbol)
    return "";
  return numberIn(reinterpret_cast<std::string (*)()>(Symbol)());
}

bool isBuiltFor(const std::string &Host) { return (Host + ".").rfind(TASKLEAK_LLVM ".", 0) == 0; }

/// The folder that this file was loaded from, with a slash.
std::string ownFolder() {
  Dl_info Info;
  if (!dladdr(reinterpret_cast<void *>(&ownFolder), &Info) || !Info.dli_fname)
    return "";
  std::string Path = Info.dli_fname;
  return Path.substr(0, Path.rfind('/') + 1);
}

__attribute__((constructor)) void load() {
  std::string Host = hostVersion();
  if (Host.empty())
    refuse("this plugin is for clang-tidy of LLVM " TASKLEAK_LLVM
           ", and what loads it is no clang-tidy that exports its symbols; use "
           "clang-tidy-" TASKLEAK_LLVM_MAJOR ", or the program taskleak");
  if (!isBuiltFor(Host))
    refuse("this plugin is built for LLVM " TASKLEAK_LLVM ", and this program runs LLVM " + Host +
           "; use clang-tidy-" TASKLEAK_LLVM_MAJOR ", or the program taskleak");
  std::string Part = ownFolder() + TASKLEAK_PART;
  if (!dlopen(Part.c_str(), RTLD_NOW | RTLD_LOCAL))
    refuse("cannot load the plugin's second part, " TASKLEAK_PART ", from the plugin's folder: " +
           std::string(dlerror()));
}

} // namespace
