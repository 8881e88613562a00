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

/// Numbers that a scenario computes with, without their signs.
struct Written {
  std::set<int64_t> Large;    ///< More than 2.
  std::set<int64_t> Negative; ///< The small ones that are only ever negative: `return -EINVAL`.

  void see(int64_t N) {
    if (N > 2)
      Large.insert(N);
    else if (N < -2 && N == int32_t(N))
      (N >= -LargestSmall ? Negative : Large).insert(-N);
  }
};

Written numbersIn(const Unit &U, const std::vector<FunctionId> &Functions) {
  Written Out;
  for (FunctionId F : Functions)
    for (const Block &B : U.Functions[F].Blocks)
      for (const Instruction &I : B.Body) {
        for (const Operand &O : I.Operands)
          if (O.K == Operand::Kind::Int)
            Out.see(O.Number);
        for (const OutcomeValue &O : I.Outcomes)
          Out.see(O.Value);
      }
  return Out;
}

SmallNumbers compress(const std::set<int64_t> &Large) {
  SmallNumbers Out;
  // With many different numbers there is nothing to keep small.
  if (Large.size() > 24)
    return Out;
  std::vector<std::pair<int64_t, int64_t>> Smaller = {{1, 1}, {2, 2}};
  for (int64_t N : Large) {
    auto [Before, ImageBefore] = Smaller.back();
    int64_t Image = ImageBefore + std::min<int64_t>(N - Before, 2);
    bool Keeps = keepsSums(Smaller, N, Image);
    while (!Keeps && Image < N && Image < ImageBefore + 32)
      Keeps = keepsSums(Smaller, N, ++Image);
    Smaller.push_back({N, Image});
    Out.Of[N] = Image;
    Out.AreSmaller |= Image != N;
    Out.KeepSums &= Keeps;
  }
  return Out;
}

} // namespace

SmallNumbers compressNumbers(const Unit &U, const std::vector<FunctionId> &Functions) {
  Written All = numbersIn(U, Functions);
  SmallNumbers Out = compress(All.Large);
  // An error counts nothing. Only where others are smaller anyway it has to keep its order to them.
  if (!Out.AreSmaller || All.Negative.empty())
    return Out;
  All.Large.insert(All.Negative.begin(), All.Negative.end());
  return compress(All.Large);
}

} // namespace taskleak
