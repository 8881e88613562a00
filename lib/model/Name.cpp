// Names of declarations as model files write them:
//   std::_V2::condition_variable_any::wait      std::condition_variable_any::wait
//   tbb::detail::d2::queue<int>::push           tbb::detail::d2::queue::push

#include "model/Resolve.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/PrettyPrinter.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace taskleak {

static std::string recordName(const RecordDecl &Record) {
  if (Record.getIdentifier())
    return Record.getName().str();
  // typedef struct {...} sem_t;
  if (const TypedefNameDecl *Typedef = Record.getTypedefNameForAnonDecl())
    return Typedef->getName().str();
  return "";
}

static std::string conversionName(const CXXConversionDecl &Conversion) {
  PrintingPolicy Policy(Conversion.getASTContext().getLangOpts());
  Policy.adjustForCPlusPlus();
  return "operator " + Conversion.getConversionType().getCanonicalType().getAsString(Policy);
}

std::string plainName(const NamedDecl &D) {
  if (const auto *Record = dyn_cast<RecordDecl>(&D))
    return recordName(*Record);
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&D))
    return recordName(*Constructor->getParent());
  if (const auto *Destructor = dyn_cast<CXXDestructorDecl>(&D))
    return "~" + recordName(*Destructor->getParent());
  if (const auto *Conversion = dyn_cast<CXXConversionDecl>(&D))
    return conversionName(*Conversion);
  return D.getDeclName().getAsString();
}

/// What a context adds to the names of its members; empty: nothing.
static std::string contextName(const DeclContext &Context) {
  if (const auto *Namespace = dyn_cast<NamespaceDecl>(&Context))
    return Namespace->isInline() || Namespace->isAnonymousNamespace() ? "" : Namespace->getName().str();
  if (const auto *Enum = dyn_cast<EnumDecl>(&Context))
    return Enum->isScoped() ? Enum->getName().str() : "";
  if (const auto *Named = dyn_cast<NamedDecl>(&Context))
    return plainName(*Named);
  return "";
}

std::string modelName(const NamedDecl &D) {
  llvm::SmallVector<std::string, 6> Parts{plainName(D)};
  for (const DeclContext *Context = D.getDeclContext(); Context; Context = Context->getParent())
    if (std::string Part = contextName(*Context); !Part.empty())
      Parts.push_back(std::move(Part));
  std::reverse(Parts.begin(), Parts.end());
  return llvm::join(Parts, "::");
}

} // namespace taskleak
