// Making, asking and ending of variants; see VariantLowering.h.
//   Message M = Stop{};   if (std::holds_alternative<Stop>(M)) return;   auto &Job = std::get<0>(M);

#include "lower/VariantLowering.h"

#include "clang/AST/DeclTemplate.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace taskleak {

llvm::SmallVector<QualType, 4> alternatives(QualType Variant) {
  llvm::SmallVector<QualType, 4> Found;
  const auto *Special = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Variant.getNonReferenceType()->getAsCXXRecordDecl());
  if (Special)
    for (const TemplateArgument &Arg : Special->getTemplateArgs().asArray())
      for (const TemplateArgument &T :
           Arg.getKind() == TemplateArgument::Pack ? Arg.getPackAsArray() : ArrayRef(Arg))
        if (T.getKind() == TemplateArgument::Type)
          Found.push_back(T.getAsType());
  return Found;
}

bool isOwned(const QualType &Alternative) {
  const auto *Record = Alternative->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return false;
  Record = Record->getDefinition();
  if (Record->needsImplicitCopyConstructor())
    return Record->defaultedCopyConstructorIsDeleted();
  return llvm::all_of(Record->ctors(), [](const CXXConstructorDecl *Constructor) {
    return !Constructor->isCopyConstructor() || Constructor->isDeleted();
  });
}

bool isSameType(QualType A, QualType B) {
  auto Bare = [](QualType T) { return T.getNonReferenceType().getCanonicalType().getUnqualifiedType(); };
  return Bare(A) == Bare(B);
}

/// The one alternative that is of this type.
static std::optional<unsigned> indexOfType(ArrayRef<QualType> Types, QualType T) {
  auto Is = [&](QualType Alternative) { return isSameType(Alternative, T); };
  if (llvm::count_if(Types, Is) != 1)
    return std::nullopt;
  return unsigned(llvm::find_if(Types, Is) - Types.begin());
}

/// The alternative that a function template is called with by type or number: get<Job>(M).
static std::optional<unsigned> namedIndex(ArrayRef<QualType> Types, const FunctionDecl &F) {
  const TemplateArgumentList *Which = F.getTemplateSpecializationArgs();
  if (!Which || Which->size() == 0)
    return std::nullopt;
  const TemplateArgument &First = Which->get(0);
  if (First.getKind() == TemplateArgument::Type)
    return indexOfType(Types, First.getAsType());
  if (First.getKind() != TemplateArgument::Integral ||
      First.getAsIntegral().getZExtValue() >= Types.size())
    return std::nullopt;
  return unsigned(First.getAsIntegral().getZExtValue());
}

/// What a constructor or an assignment makes of an argument: of its type, or as overload
/// resolution has found for the library, which is one of the template's own arguments.
static std::optional<unsigned> chosenIndex(ArrayRef<QualType> Types, QualType Given,
                                           const FunctionDecl *Maker) {
  if (auto Same = indexOfType(Types, Given))
    return Same;
  const TemplateArgumentList *Found = Maker ? Maker->getTemplateSpecializationArgs() : nullptr;
  std::optional<unsigned> Chosen;
  if (Found)
    for (const TemplateArgument &Arg : Found->asArray())
      if (Arg.getKind() == TemplateArgument::Type && !Chosen)
        Chosen = indexOfType(Types, Arg.getAsType());
  return Chosen;
}

/// Where a box has what it holds: an object is copied with it.
static StringRef fieldFor(const TypeForm &Shape) { return Shape.isObject() ? "object" : "value"; }

Operand VariantLowering::box(QualType Variant, Operand Index, SourceRange At) {
  Operand Box = L.makeRecord(*Variant->getAsCXXRecordDecl(), At);
  E.act(Op::Store, {Box, Index}, L.at(At), "index");
  return Box;
}

Operand VariantLowering::boxOf(QualType Variant, unsigned Index, Operand Held, SourceRange At) {
  QualType Alternative = alternatives(Variant)[Index];
  Operand Box = box(Variant, Operand::integer(Index), At);
  TypeForm Shape = L.form(Alternative);
  if (Shape.is(Form::Nothing))
    return Box;
  E.act(Op::Store, {Box, Held}, L.at(At), fieldFor(Shape));
  // Copies share it, and how many there are is not followed.
  if (Held.isSlot() && L.U.needsDestruction(Alternative) && !isOwned(Alternative))
    E.act(Op::Escape, {Held}, L.at(At));
  return Box;
}

Operand VariantLowering::make(QualType Variant, Exprs Args, const FunctionDecl *Maker,
                              const Expr &Site) {
  SourceRange Here = Site.getSourceRange();
  auto Types = alternatives(Variant);
  while (!Args.empty() && isa<CXXDefaultArgExpr>(Args.back()))
    Args = Args.drop_back();
  if (Args.empty())
    return makeDefault(Variant, Here);
  auto Index = Args.size() == 1 ? chosenIndex(Types, Args[0]->getType(), Maker) : std::nullopt;
  if (!Index) {
    for (const Expr *A : Args)
      L.value(A);
    return L.foreignValue(Site);
  }
  QualType T = Types[*Index];
  bool IsSame = isSameType(Args[0]->getType(), T);
  return boxOf(Variant, *Index, IsSame ? L.given(*Args[0], T, Here) : L.value(Args[0]), Here);
}

Operand VariantLowering::makeDefault(QualType Variant, SourceRange At) {
  QualType First = alternatives(Variant)[0];
  Operand Held = L.form(First).is(Form::Scalar) ? Operand::integer(0)
                                                : L.makeDefault(First, L.form(First), {}, At);
  return boxOf(Variant, 0, Held, At);
}

Operand VariantLowering::ofIndex(QualType Variant, Operand Index, const Expr &Site) {
  return box(Variant, Index, Site.getSourceRange());
}

Operand VariantLowering::indexOf(Operand Box, SourceRange At) {
  return E.value(Op::Load, {Box}, L.at(At), "index");
}

std::string VariantLowering::say(const Expr &Named, QualType Alternative) const {
  return L.text(Named) + " holds " + Alternative.getAsString(L.U.Context.getPrintingPolicy());
}

/// What the box holds, or where.
Operand VariantLowering::held(Operand Box, QualType Alternative, bool ByReference, SourceRange At) {
  TypeForm Shape = L.form(Alternative);
  if (Shape.is(Form::Nothing))
    return Operand::unknown();
  if (ByReference && !Shape.isObject())
    return L.addressOf(Storage::field(Box, fieldFor(Shape).str()), At);
  return E.value(Op::Load, {Box}, L.at(At), fieldFor(Shape));
}

/// std::get<Job>(M), which is not asked where it might throw.
Operand VariantLowering::get(const ModelledCall &C) {
  const Expr &Variant = *C.arg(C.Row.Object);
  auto Types = alternatives(Variant.getType());
  auto Index = namedIndex(Types, C.Callee);
  Operand Box = L.value(&Variant);
  return Index ? held(Box, Types[*Index], /*ByReference=*/true, C.Site.getSourceRange())
               : L.foreignValue(C.Site);
}

/// std::get_if<Job>(&M)
Operand VariantLowering::getIf(const ModelledCall &C) {
  const Expr &Pointer = *C.arg(C.Row.Object);
  auto Types = alternatives(Pointer.getType()->getPointeeType());
  auto Index = namedIndex(Types, C.Callee);
  SourceRange Here = C.Site.getSourceRange();
  Operand Box = L.load(Storage::through(L.value(&Pointer)), Here);
  if (!Index)
    return L.foreignValue(C.Site);
  SlotId Result = E.newSlot();
  BlockId Yes = E.newBlock(), After = E.newBlock();
  E.act(Op::Move, {Operand::null()}, L.at(Here)).Result = Result;
  Operand Holds = E.value(Op::Eq, {indexOf(Box, Here), Operand::integer(*Index)}, L.at(C.Site),
                          say(Pointer, Types[*Index]));
  E.branch(Holds, Yes, After, L.at(C.Site), L.text(C.Site));
  E.enter(Yes);
  // Of what nothing is known it is at least there.
  Operand Held = L.form(Types[*Index]).is(Form::Nothing)
                     ? E.value(Op::New, {}, L.at(C.Site), "alternative")
                     : held(Box, Types[*Index], /*ByReference=*/true, Here);
  E.act(Op::Move, {Held}, L.at(Here)).Result = Result;
  E.jump(After);
  E.enter(After);
  return Operand::slot(Result);
}

Operand VariantLowering::emplace(const ModelledCall &C) {
  QualType Variant = C.objectType();
  auto Types = alternatives(Variant);
  auto Index = namedIndex(Types, C.Callee);
  SourceRange Here = C.Site.getSourceRange();
  Operand Held = Index ? L.elementFrom(C, C.Args, Types[*Index]) : Operand::unknown();
  Operand Box = Index ? boxOf(Variant, *Index, Held, Here) : L.foreignValue(C.Site);
  L.store(L.targetPlace(C), Box, Here);
  return Index ? held(Box, Types[*Index], /*ByReference=*/true, Here) : Operand::unknown();
}

Operand VariantLowering::modelled(const ModelledCall &C) {
  const Expr *Object = C.Object ? C.Object : C.arg(C.Row.Object);
  if (C.Row.Role == CallRole::Visit)
    return visit(C);
  if (C.Row.Role == CallRole::AlternativeIf)
    return getIf(C);
  if (C.Row.Role == CallRole::Emplace)
    return emplace(C);
  if (C.Row.Role == CallRole::FieldOf)
    return get(C);
  Operand Held = indexOf(L.value(Object), C.Site.getSourceRange());
  if (C.Row.Role == CallRole::Index)
    return Held;
  auto Types = alternatives(Object->getType());
  auto Index = namedIndex(Types, C.Callee);
  return Index ? E.value(Op::Eq, {Held, Operand::integer(*Index)}, L.at(C.Site),
                         say(*Object, Types[*Index]))
               : L.foreignValue(C.Site);
}

/// Ends the alternative that it owns.
void VariantLowering::destroy(QualType Variant, Operand Box, SourceRange At) {
  BlockId After = E.newBlock();
  Operand Index = indexOf(Box, At);
  for (auto [I, T] : llvm::enumerate(alternatives(Variant))) {
    if (!L.U.needsDestruction(T) || !isOwned(T))
      continue;
    BlockId Is = E.newBlock(), Next = E.newBlock();
    E.branch(E.value(Op::Eq, {Index, Operand::integer(I)}, L.at(At)), Is, Next, L.at(At),
             "it is held");
    E.enter(Is);
    L.destroy(T, held(Box, T, /*ByReference=*/false, At), At, {});
    E.jump(After);
    E.enter(Next);
  }
  E.jump(After);
  E.enter(After);
}

} // namespace taskleak
