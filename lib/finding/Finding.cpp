// The words for evidence, shared by every output.

#include "finding/Finding.h"

namespace taskleak {

const char *spelling(Evidence E) {
  switch (E) {
  case Evidence::Possible:
    return "possible";
  case Evidence::Likely:
    return "likely";
  case Evidence::Proven:
    return "proven";
  }
  return "";
}

} // namespace taskleak
