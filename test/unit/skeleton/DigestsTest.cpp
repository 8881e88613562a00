// Which loops simplify() replaces by the number that they yield.

#include "Simplified.h"

TEST(SimplifyDigests, WhatALoopMixesOfDataIsSomeNumber) {
  EXPECT_EQ(simplified(R"(b0:
  %2 = move 7
  %3 = move 0
  jump b1
b1:
  %4 = lt %3, %1
  branch "i < n" %4 b2 b3
b2:
  %5 = at %0, %3
  %6 = bitxor "h ^ c" %2, %5
  %2 = mul "(h ^ c) * 31" %6, 31 !0:2:1-2
  %3 = add %3, 1
  jump b1
b3:
  %7 = eq %2, 3
  branch "h == 3" %7 b4 b5 !0:3:1-2
b4:
  unlock %0 !0:4:1-2
  jump b5
b5:
  return
)"),
            R"(b0:
%2 = move 7
%2 = symbol "(h ^ c) * 31" !0:2:1-2
%3 = eq %2, 3
branch "h == 3" %3 b1 b2 !0:3:1-2
b1:
unlock %0 !0:4:1-2
jump b2
b2:
return
)");
}

TEST(SimplifyDigests, WhatALoopCountsStays) {
  expectKept(R"(b0:
%2 = move 0
%3 = move 0
jump b1
b1:
%4 = lt %3, %1
branch "i < n" %4 b2 b3
b2:
%5 = at %0, %3
%2 = add "alive + busy" %2, %5
%3 = add %3, 1
jump b1
b3:
acquire %0, %2 !0:3:1-2
return
)");
}

TEST(SimplifyDigests, WhatALoopComputesOfNoDataStays) {
  expectKept(R"(b0:
%2 = move 1
jump b1
b1:
%3 = lt %2, %1
branch "size < n" %3 b2 b3
b2:
%2 = mul "size * 2" %2, 2
jump b1
b3:
%4 = make channel %2 "jobs"
send %4, 1 !0:3:1-2
return
)");
}
