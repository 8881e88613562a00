// A text file that the build put into the binary: a model file, a check's page.

#pragma once

namespace taskleak {

struct EmbeddedFile {
  const char *Folder; ///< Name of the folder it stood in.
  const char *Name;   ///< Its own name.
  const char *Text;
};

} // namespace taskleak
