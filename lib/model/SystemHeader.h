// Which code is a library's, and not the program's own.
//   #include <boost/asio.hpp>      with -I/usr/include or without

#pragma once

namespace clang {
class Decl;
}

namespace taskleak {

/// Declared in a system header, or in a directory that packages are installed to: pkg-config
/// names those by -I.
bool isSystem(const clang::Decl &D);

} // namespace taskleak
