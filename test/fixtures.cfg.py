# Loaded by the lit.site.cfg.py of a build folder. How lit runs the fixtures: each file's RUN lines, in a shell, with these words.
#   %verify FLAGS FILE  the findings are those that the file's comments expect, in the
#                       program and in clang-tidy
#   %taskleak           the program
#   %tidy               clang-tidy with the plugin and only our checks
#   %other-tidy         a clang-tidy of another LLVM
#   %glib, %qt          flags for the headers of these libraries
#   %plugin, %clang-tidy, %sources  files, the root of this repository; %python

import os
import shutil
import subprocess

import lit.formats

config.name = "taskleak"
config.test_format = lit.formats.ShTest(execute_external=True)
config.suffixes = [".c", ".cpp", ".test"]
config.excludes = ["Inputs", "Check.cpp", "bench", "build", "clangd", "cmake", "corpus", "docs", "examples", "fuzz",
                   "include", "lib", "models", "repo", "sarif", "tools", "unit"]
config.test_source_root = config.source_root
config.test_exec_root = os.path.join(config.build_root, "lit")
# LLVM's not, count and FileCheck.
config.environment["PATH"] = os.path.dirname(config.filecheck) + ":" + os.environ["PATH"]

program = os.path.join(config.build_root, "bin", "taskleak")
plugin = os.path.join(config.build_root, "lib", "libtaskleak-tidy.so")
drivers = os.path.join(config.source_root, "test", "drivers")
# The user's own configuration is not part of a test, and neither is this repository's.
tidy = f"{config.clang_tidy} --load={plugin} --checks='-*,taskleak-*' --quiet"
other_tidy = shutil.which("clang-tidy-14")
if other_tidy:
    config.available_features.add("other-clang-tidy")



def header_flags(*packages):
    """What pkg-config says, as headers of the system."""
    said = subprocess.run(["pkg-config", "--cflags-only-I", *packages], capture_output=True, text=True)
    return " ".join("-isystem " + word.removeprefix("-I") for word in said.stdout.split())


config.substitutions += [
    ("%glib", header_flags("glib-2.0", "gio-2.0")),
    ("%qt", "-fPIC " + header_flags("Qt5Core", "Qt5Concurrent")),
    ("%verify", f"{config.python} -B {drivers}/verify.py --program={program} "
                f"--tidy={config.clang_tidy} --plugin={plugin}"),
    ("%taskleak", program),
    ("%tidy", tidy),
    ("%other-tidy", other_tidy or "clang-tidy-14"),
    ("%clang-tidy", config.clang_tidy),
    ("%plugin", plugin),
    ("%sources", config.source_root),
    ("%python", f"{config.python} -B"),
]
