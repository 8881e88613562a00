// Copies and their uses.

#include "explore/CopyTrail.h"

namespace taskleak {

/// \p Part and the records that it is embedded in, innermost first.
static llvm::SmallVector<ObjectId, 4> wholes(const Program &P, const World &W, ObjectId Part) {
  constexpr size_t Deepest = 6;
  llvm::SmallVector<ObjectId, 4> Out = {Part};
  auto Holds = [&](ObjectId Id) {
    const Object &O = *W.find(Id);
    return O.S == Body::Record && llvm::any_of(O.Items, [&](const Item &I) {
             return I.V == Value::ref(Out.back()) && P.isEmbedded(TextId(O.N[0]), I.Name);
           });
  };
  for (bool Found = true; Found && Out.size() < Deepest;) {
    Found = false;
    for (size_t Id = 0; Id < W.Heap.size() && !Found; ++Id)
      if (W.Heap[Id] && Holds(ObjectId(Id))) {
        Out.push_back(ObjectId(Id));
        Found = true;
      }
  }
  return Out;
}

void CopyTrail::use(const Program &P, const World &Now, ObjectId Object, InstructionRef At,
                    ObjectId By, bool IsStore) {
  if (FamilyOf.empty() || !Now.find(Object))
    return;
  for (ObjectId Whole : wholes(P, Now, Object))
    if (auto Known = FamilyOf.find(Whole); Known != FamilyOf.end())
      // Who makes a copy may well fill it in.
      if (!IsStore || By != Families[Known->second].Copier)
        Uses.push_back({Known->second, Whole, At});
}

void CopyTrail::note(const Program &P, const World &Now, const Record &Step) {
  for (const Record::Copying &C : Step.Copies) {
    if (C.By != NoId)
      Copiers.insert(C.By);
    if (!Now.find(C.From) || !Now.find(C.To))
      continue;
    auto [Known, IsNew] = FamilyOf.try_emplace(C.From, unsigned(Families.size()));
    if (IsNew)
      Families.push_back({C.At, C.Task});
    FamilyOf[C.To] = Known->second;
  }
  for (const Record::Event &E : Step.Events)
    if (OpGroup G = group(at(P.U, E.At).Code); G == OpGroup::Waker && E.Object.isRef())
      use(P, Now, E.Object.object(), E.At, E.Task, /*IsStore=*/false);
  for (const Record::Storing &Store : Step.Stores)
    if (!Copiers.count(Store.At.F))
      use(P, Now, Store.Object, Store.At, Store.Task, /*IsStore=*/true);
}

void CopyTrail::keepLiving(const World &Now) {
  std::erase_if(FamilyOf, [&](const auto &Entry) { return !Now.find(Entry.first); });
}

std::optional<UsedCopy> CopyTrail::usedInsteadOf(const Program &P, const World &Now,
                                                 Value Wanted) const {
  if (FamilyOf.empty() || !Now.find(Wanted.object()))
    return std::nullopt;
  for (ObjectId Whole : wholes(P, Now, Wanted.object()))
    if (auto Known = FamilyOf.find(Whole); Known != FamilyOf.end())
      for (const Use &U : Uses)
        if (U.Family == Known->second && U.Object != Whole)
          return UsedCopy{Families[U.Family].Copied, U.At};
  return std::nullopt;
}

} // namespace taskleak
