// Tables of words; see Words.h.

#include "model/Words.h"

#include <algorithm>

using llvm::ArrayRef;
using llvm::StringRef;

namespace taskleak {

ArrayRef<Word<CallRole>> roleWords() {
  static const Word<CallRole> Words[] = {
#define ROLE(Name, Spelling) {Spelling, CallRole::Name},
#include "model/Roles.def"
  };
  return Words;
}

ArrayRef<Word<TypeShape>> shapeWords() {
  static const Word<TypeShape> Words[] = {
      {"object", TypeShape::Object},       {"handle", TypeShape::Handle},
      {"pointer", TypeShape::Pointer},     {"callable", TypeShape::Callable},
      {"sequence", TypeShape::Sequence},   {"guard", TypeShape::Guard},
      {"cleanup", TypeShape::Cleanup},     {"executor", TypeShape::Executor},
      {"awaitable", TypeShape::Awaitable}, {"atomic", TypeShape::Atomic},
      {"text", TypeShape::Text},           {"record", TypeShape::Record},
      {"foreign", TypeShape::Foreign},     {"own-executor", TypeShape::OwnExecutor},
      {"status", TypeShape::Status},       {"variant", TypeShape::Variant},
  };
  return Words;
}

ArrayRef<Word<DestructorEffect>> destructorWords() {
  static const Word<DestructorEffect> Words[] = {
      {"none", DestructorEffect::None},
      {"join", DestructorEffect::Join},
      {"stop-and-join", DestructorEffect::StopAndJoin},
      {"terminate", DestructorEffect::Terminate},
      {"detach", DestructorEffect::Detach},
      {"await", DestructorEffect::Await},
      {"break", DestructorEffect::Break},
      {"close", DestructorEffect::Close},
      {"request", DestructorEffect::Request},
      {"unlock", DestructorEffect::Unlock},
      {"run", DestructorEffect::Run},
      {"release", DestructorEffect::Release},
      {"stop-and-await", DestructorEffect::StopAndAwait},
      {"interrupt", DestructorEffect::Interrupt},
  };
  return Words;
}

ArrayRef<Word<Blocking>> blockingWords() {
  static const Word<Blocking> Words[] = {
      {"never", Blocking::Never},
      {"always", Blocking::Always},
      {"when-full", Blocking::WhenFull},
      {"when-empty", Blocking::WhenEmpty},
  };
  return Words;
}

ArrayRef<Word<Style>> styleWords() {
  static const Word<Style> Words[] = {
      {"direct", Style::Direct},
      {"awaitable", Style::Awaitable},
      {"future", Style::Future},
      {"token", Style::Token},
  };
  return Words;
}

ArrayRef<Word<Outcome>> outcomeWords() {
  static const Word<Outcome> Words[] = {
      {"ok", Outcome::Ok},           {"closed", Outcome::Closed},
      {"timeout", Outcome::Timeout}, {"full", Outcome::Full},
      {"empty", Outcome::Empty},     {"cancelled", Outcome::Cancelled},
      {"broken", Outcome::Broken},
  };
  return Words;
}

ArrayRef<Word<Flag>> flagWords() {
  static const std::vector<Word<Flag>> Words = [] {
    std::vector<Word<Flag>> All;
    for (unsigned I = 0; I != unsigned(Flag::Last); ++I)
      All.push_back({spelling(Flag(I)), Flag(I)});
    return All;
  }();
  return Words;
}

ArrayRef<Word<ObjectKind>> kindWords() {
  static const std::vector<Word<ObjectKind>> Words = [] {
    std::vector<Word<ObjectKind>> All;
    for (ObjectKind K : {ObjectKind::Lock, ObjectKind::Condition, ObjectKind::Counter,
                         ObjectKind::Barrier, ObjectKind::Channel, ObjectKind::Event,
                         ObjectKind::Cancel, ObjectKind::Timer, ObjectKind::Task})
      All.push_back({spelling(K), K});
    return All;
  }();
  return Words;
}

StringRef nearest(StringRef Wrong, ArrayRef<StringRef> Valid) {
  // A third of the letters wrong is still a slip; more is another word.
  unsigned Least = std::max<unsigned>(1, (Wrong.size() + 2) / 3) + 1;
  StringRef Best;
  for (StringRef Word : Valid) {
    unsigned Distance = Wrong.edit_distance(Word, /*AllowReplacements=*/true, Least);
    if (Distance < Least) {
      Least = Distance;
      Best = Word;
    }
  }
  return Best;
}

template <typename E> static StringRef textOf(ArrayRef<Word<E>> Words, E Value) {
  for (const Word<E> &W : Words)
    if (W.Value == Value)
      return W.Text;
  return "";
}

StringRef spelling(CallRole R) { return textOf(roleWords(), R); }
StringRef spelling(TypeShape S) { return textOf(shapeWords(), S); }

} // namespace taskleak
