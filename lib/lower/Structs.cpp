// In C, how others can use a struct that only this file knows: the functions that return one
// and those that get one first. Which of them ends it, `link` finds out.
//   struct feed { pthread_mutex_t mu; ... };          in the .c file
//   feed_t *feed_open(void);  void feed_close(feed_t *);

#include "lower/UnitLowering.h"

#include "clang/Basic/SourceManager.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace taskleak {

namespace {

/// A struct that is defined in the main file and has something to wait for.
const RecordDecl *ownStruct(QualType Pointer, UnitLowering &U) {
  const RecordDecl *R =
      Pointer->isPointerType() ? Pointer->getPointeeType()->getAsRecordDecl() : nullptr;
  R = R ? R->getDefinition() : nullptr;
  const SourceManager &Sources = U.Context.getSourceManager();
  if (!R || !Sources.isInMainFile(Sources.getExpansionLoc(R->getLocation())) ||
      !U.Types.of(Pointer->getPointeeType()).is(Form::Record))
    return nullptr;
  auto CanWait = [&](const FieldDecl *Field) {
    Form F = U.Types.of(Field->getType()).F;
    return F == Form::Object || F == Form::Handle || F == Form::Executor;
  };
  return llvm::any_of(R->fields(), CanWait) ? R : nullptr;
}

/// Somebody keeps the function as a value, and may call it whenever they like.
bool isHandedOn(const Unit &U, FunctionId F) {
  for (const Function &User : U.Functions)
    for (const Block &B : User.Blocks)
      for (const Instruction &I : B.Body)
        if (I.Code != Op::Spawn && I.Code != Op::Closure &&
            llvm::is_contained(I.Operands, Operand::function(F)))
          return true;
  return !U.Functions[F].Called;
}

} // namespace

/// The structs that a function makes or is given.
static void forEachStruct(const FunctionDecl &F, UnitLowering &U,
                          llvm::function_ref<void(const RecordDecl &)> Do) {
  if (const RecordDecl *R = ownStruct(F.getReturnType(), U))
    Do(*R);
  for (const ParmVarDecl *P : F.parameters())
    if (const RecordDecl *R = ownStruct(P->getType(), U))
      Do(*R);
}

/// What is done to a struct matters if anything that is done to it does.
std::vector<const FunctionDecl *> UnitLowering::functionsOfStructs() {
  llvm::SmallPtrSet<const RecordDecl *, 8> Matter;
  for (const Decl *D : Defined)
    if (const auto *F = dyn_cast<FunctionDecl>(D); F && matters(*F))
      forEachStruct(*F, *this, [&](const RecordDecl &R) { Matter.insert(&R); });
  std::vector<const FunctionDecl *> Found;
  for (const Decl *D : Defined)
    if (const auto *F = dyn_cast<FunctionDecl>(D)) {
      bool OfStruct = matters(*F);
      forEachStruct(*F, *this, [&](const RecordDecl &R) { OfStruct |= Matter.contains(&R); });
      if (OfStruct)
        Found.push_back(F);
    }
  return Found;
}

void UnitLowering::addStructUses() {
  if (Context.getLangOpts().CPlusPlus)
    return;
  std::vector<const FunctionDecl *> Functions = functionsOfStructs();
  for (const FunctionDecl *F : Functions)
    function(*F);
  drain();
  llvm::MapVector<const RecordDecl *, ClassUse> Uses;
  for (const FunctionDecl *F : Functions) {
    FunctionId Id = function(*F);
    bool IsPublic = F->isExternallyVisible();
    if (const RecordDecl *R = ownStruct(F->getReturnType(), *this); R && IsPublic)
      Uses[R].Creators.push_back(Id);
    for (unsigned P = 0; P < F->getNumParams(); ++P) {
      QualType T = F->getParamDecl(P)->getType();
      if (IsPublic && isNumber(T))
        body(Id).Slots[P].IsNumber = true;
      const RecordDecl *R = ownStruct(T, *this);
      if (R && P == 0 && IsPublic)
        Uses[R].Calls.push_back(Id);
      else if (R && (IsPublic || isHandedOn(unit(), Id)))
        Uses[R].Open = true;
    }
  }
  for (auto &[R, Use] : Uses)
    if (!Use.Creators.empty() && !Use.Open)
      useOf(*R) = std::move(Use);
}

} // namespace taskleak
