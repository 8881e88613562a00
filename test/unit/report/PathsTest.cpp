// How files are named in outputs.

#include "report/Paths.h"

#include <gtest/gtest.h>

using namespace taskleak;

TEST(Paths, DisplayIsRelativeBelowTheBase) {
  EXPECT_EQ(displayPath("/none/repo/src/a.cpp", "/none/repo"), "src/a.cpp");
  EXPECT_EQ(displayPath("/none/repo/src/a.cpp", "/"), "none/repo/src/a.cpp");
}

TEST(Paths, DisplayStaysAbsoluteElsewhere) {
  EXPECT_EQ(displayPath("/none/repository/a.cpp", "/none/repo"), "/none/repository/a.cpp");
}

TEST(Paths, UriGoesUpFromTheRoot) {
  EXPECT_EQ(relativeUri("/none/other/a.h", "/none/repo"), "../other/a.h");
  EXPECT_EQ(relativeUri("/usr/x/a.h", "/none/repo"), "../../usr/x/a.h");
}

TEST(Paths, UriIsEncoded) {
  EXPECT_EQ(relativeUri("/none/repo/a b/\xC3\xA9#1%.cpp", "/none/repo"), "a%20b/%C3%A9%231%25.cpp");
  // A colon in the first segment would read as a scheme.
  EXPECT_EQ(relativeUri("/none/repo/a:b.cpp", "/none/repo"), "a%3Ab.cpp");
}
