// Large numbers made small, so that a loop to 100 around a queue of 16 can be run.
//   for (int i = 0; i < 100; ++i) q.push(i);   // capacity 16: 9 pushes, capacity 4

#include "explore/Program.h"

#include <set>

namespace taskleak {

namespace {

int sign(int64_t N) { return (N > 0) - (N < 0); }

/// Whether sums of two, and up to four times a number, compare to c as their
/// images do, for all numbers mapped so far.
bool keepsSums(const std::vector<std::pair<int64_t, int64_t>> &Smaller, int64_t C, int64_t Image) {
  for (const auto &[A, ImageA] : Smaller) {
    for (int64_t Times : {3, 4})
      if (A > 2 && sign(Times * A - C) != sign(Times * ImageA - Image))
        return false;
    for (const auto &[B, ImageB] : Smaller)
      if (sign(A + B - C) != sign(ImageA + ImageB - Image))
        return false;
  }
  return true;
}

} // namespace

std::map<int64_t, int64_t> compressNumbers(const Unit &U,
                                           const std::vector<FunctionId> &Functions) {
  std::set<int64_t> Large;
  // The negative ones are written as the positive ones are: `return -err`.
  auto See = [&](int64_t N) {
    if (N > 2 || (N < -2 && N == int32_t(N)))
      Large.insert(std::abs(N));
  };
  for (FunctionId F : Functions)
    for (const Block &B : U.Functions[F].Blocks)
      for (const Instruction &I : B.Body) {
        for (const Operand &O : I.Operands)
          if (O.K == Operand::Kind::Int)
            See(O.Number);
        for (const OutcomeValue &O : I.Outcomes)
          See(O.Value);
      }
  std::map<int64_t, int64_t> Map;
  // With many different numbers there is nothing to keep small.
  if (Large.size() > 24)
    return Map;
  std::vector<std::pair<int64_t, int64_t>> Smaller = {{1, 1}, {2, 2}};
  for (int64_t N : Large) {
    auto [Before, ImageBefore] = Smaller.back();
    int64_t Image = ImageBefore + std::min<int64_t>(N - Before, 2);
    while (Image < N && Image < ImageBefore + 32 && !keepsSums(Smaller, N, Image))
      ++Image;
    Smaller.push_back({N, Image});
    Map[N] = Image;
  }
  return Map;
}

} // namespace taskleak
