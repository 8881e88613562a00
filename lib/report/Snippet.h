// A source line with its range underlined, as the compiler shows it.
//      12 |   orders.push(id);
//         |   ^~~~~~~~~~~~~~~

#pragma once

#include "report/Sources.h"
#include "skeleton/Place.h"

#include "llvm/Support/raw_ostream.h"

namespace taskleak {

/// Writes two lines, or nothing where the source is out of sight. A range over
/// several lines is underlined to the end of its first one.
void printSnippet(Sources &Texts, const Place &At, bool Color, llvm::raw_ostream &OS);

} // namespace taskleak
