// The ends of objects' lives, and tasks that use them afterwards.
//   void serve() { Log L; std::thread([&L] { L.write(); }).detach(); }
// Only tasks that nobody has to wait for are looked at: detached and posted ones.

#include "explore/Machine.h"
#include "explore/Schedule.h"

namespace taskleak {

/// Ends \p Id and what it is made of.
static void endAll(const Program &P, World &W, ObjectId Id, uint32_t Site, unsigned Depth) {
  constexpr unsigned Deepest = 8;
  const Object *O = W.find(Id);
  if (!O || O->S == Body::Closure || O->EndedAt != NoId || Depth > Deepest)
    return;
  W.edit(Id).EndedAt = Site;
  for (size_t I = 0; W.find(Id)->S == Body::Record && I < W.find(Id)->Items.size(); ++I) {
    const Item &Part = W.find(Id)->Items[I];
    if (Part.V.isRef() && P.isEmbedded(TextId(W.find(Id)->N[0]), Part.Name))
      endAll(P, W, Part.V.object(), Site, Depth + 1);
  }
}

void Machine::endLife(const Code &C) {
  // With main the process ends, and all its tasks.
    Value V = view().arg(0);
  if (V.isRef() && !(isMain() && task().Stack.size() == 1))
    endAll(P, W, V.object(), C.Site, 0);
}

InstructionRef letGoAt(const Program &P, const World &W, const Task &T) {
  const Object &Handle = *W.find(T.Self);
  if (Handle.N[2])
    return P.site(size_t(Handle.N[1]));
  // Whose executor a strand runs on is not known.
  return T.Done.isRef() && !T.Strand.isRef() ? P.site(Handle.Site) : InstructionRef();
}

void Machine::noteUse(const Code &C, ObjectId Id) {
  const Object *O = W.find(Id);
  if (!O || O->EndedAt == NoId || O->Escaped || LateUse != NoId || task().IsEntry)
    return;
  InstructionRef LetGo = letGoAt(P, W, task());
  if (!LetGo.isValid())
    return;
  LateUse = C.Site;
  if (!Log)
    return;
  Log->Gone = Outlived{nameOf(P, W, Value::ref(Id)), P.site(O->EndedAt), LetGo};
  log(C, Value::ref(Id))->Note = "it is gone";
}

} // namespace taskleak
