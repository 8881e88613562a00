// Reading of annotations; see Annotation.h.

#include "model/Annotation.h"

#include "model/Resolve.h"
#include "model/Rows.h"
#include "model/Tree.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace taskleak {

static constexpr llvm::StringLiteral Prefix = "taskleak::";

static const AnnotateAttr *onDecl(const Decl &D) {
  for (const Decl *Redecl : D.redecls())
    for (const auto *Attr : Redecl->specific_attrs<AnnotateAttr>())
      if (Attr->getAnnotation().starts_with(Prefix))
        return Attr;
  return nullptr;
}

static const AnnotateAttr *onFunction(const FunctionDecl &F) {
  if (const AnnotateAttr *Found = onDecl(F))
    return Found;
  const FunctionDecl *Pattern = F.getTemplateInstantiationPattern(/*ForDefinition=*/false);
  return Pattern ? onDecl(*Pattern) : nullptr;
}

static const AnnotateAttr *onRecord(const RecordDecl &R) {
  if (const AnnotateAttr *Found = onDecl(R))
    return Found;
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&R);
  return Special ? onDecl(*Special->getSpecializedTemplate()->getTemplatedDecl()) : nullptr;
}

static Problems problemsAt(const AnnotateAttr &Attr, const Decl &D, unsigned &Line) {
  PresumedLoc At = D.getASTContext().getSourceManager().getPresumedLoc(Attr.getLocation());
  Line = At.isValid() ? At.getLine() : 0;
  return Problems(At.isValid() ? At.getFilename() : "annotation");
}

std::optional<CallModel> annotatedCall(const FunctionDecl &F, std::vector<std::string> &Out) {
  const AnnotateAttr *Attr = onFunction(F);
  if (!Attr)
    return std::nullopt;
  unsigned Line = 0;
  Problems Found = problemsAt(*Attr, F, Line);
  Node Words = parseWords(Attr->getAnnotation().substr(Prefix.size()), "role", Line, Found);
  CallModel Row = readCallAnnotation(Words, Found);
  if (!Words.find("role"))
    Found.add(Line, "an annotation must begin with a role, as in \"taskleak::send\"");
  Row.Name = modelName(F);
  llvm::append_range(Out, Found.all());
  return Found.empty() ? std::optional(std::move(Row)) : std::nullopt;
}

std::optional<TypeModel> annotatedType(const RecordDecl &R, std::vector<std::string> &Out) {
  const AnnotateAttr *Attr = onRecord(R);
  if (!Attr)
    return std::nullopt;
  unsigned Line = 0;
  Problems Found = problemsAt(*Attr, R, Line);
  StringRef Text = Attr->getAnnotation().substr(Prefix.size());
  TypeModel Row;
  if (Text.consume_front("type") && (Text.empty() || Text.front() == ' '))
    Row = readTypeAnnotation(parseWords(Text, "shape", Line, Found), Found);
  else
    Found.add(Line, "a class is annotated with \"taskleak::type shape=... kind=...\"");
  Row.Name = modelName(R);
  llvm::append_range(Out, Found.all());
  return Found.empty() ? std::optional(std::move(Row)) : std::nullopt;
}

} // namespace taskleak
