// A row whose name is mistyped would never match, and nobody would notice:
// every name of the shipped files for libraries with few headers must be declared
// in the headers that these files list.

#include "Resolved.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"

#include "llvm/ADT/StringSet.h"

#include "gtest/gtest.h"

#include <map>
#include <set>

using namespace clang;
using namespace taskleak;

namespace {

const CXXRecordDecl *recordOf(QualType T) {
  if (const CXXRecordDecl *Record = T->getAsCXXRecordDecl())
    return Record;
  const auto *Special = T->getAs<TemplateSpecializationType>();
  const TemplateDecl *Template = Special ? Special->getTemplateName().getAsTemplateDecl() : nullptr;
  return Template ? dyn_cast_or_null<CXXRecordDecl>(Template->getTemplatedDecl()) : nullptr;
}

/// All names that a unit declares, and what each class inherits from.
struct Declared : RecursiveASTVisitor<Declared> {
  std::set<std::string> Names;
  std::map<std::string, std::set<std::string>> Bases;

  bool shouldVisitImplicitCode() const { return true; }
  bool VisitNamedDecl(NamedDecl *D) {
    if (D->getDeclName())
      Names.insert(modelName(*D));
    if (isa<CXXConversionDecl>(D))
      Names.insert(modelName(*cast<CXXRecordDecl>(D->getDeclContext())) + "::operator auto");
    return true;
  }
  bool VisitCXXRecordDecl(CXXRecordDecl *D) {
    if (D->isThisDeclarationADefinition())
      for (const CXXBaseSpecifier &Base : D->bases())
        if (const CXXRecordDecl *Of = recordOf(Base.getType()))
          Bases[modelName(*D)].insert(modelName(*Of));
    return true;
  }

  bool has(const std::string &Class, const std::string &Member) {
    if (Names.count(Class + "::" + Member))
      return true;
    for (const std::string &Base : Bases[Class])
      if (Base != Class && has(Base, Member))
        return true;
    return false;
  }
  bool has(llvm::StringRef Name) {
    auto [Class, Member] = Name.rsplit("::");
    return Names.count(Name.str()) || (!Member.empty() && has(Class.str(), Member.str()));
  }
};

Declared declared(const std::string &Code, const std::string &Name, std::vector<std::string> Args) {
  Parsed P = parse(Code, Name, std::move(Args));
  EXPECT_FALSE(P.HasErrors);
  Declared Found;
  Found.TraverseDecl(P.Unit->getASTContext().getTranslationUnitDecl());
  return Found;
}

std::string includes(llvm::StringRef File) {
  std::string Code = "#define _GNU_SOURCE 1\n";
  for (const Model::Source &S : Model::builtin().sources())
    if (S.File == File)
      for (const std::string &Header : S.Headers)
        Code += "#include <" + Header + ">\n";
  return Code;
}

void expectDeclared(Declared &In, llvm::StringRef File) {
  const Model &M = Model::builtin();
  for (const TypeModel *Row : M.allTypes())
    if (Row->File == File)
      EXPECT_TRUE(In.has(Row->Name)) << File.str() << ":" << Row->Line << ": " << Row->Name;
  for (const CallModel *Row : M.allCalls()) {
    if (Row->File != File)
      continue;
    EXPECT_TRUE(In.has(Row->Name)) << File.str() << ":" << Row->Line << ": " << Row->Name;
    for (const OutcomeRow &O : Row->Outcomes) {
      int64_t Number = 0;
      bool IsNumber = !llvm::StringRef(O.Value).getAsInteger(10, Number);
      EXPECT_TRUE(O.Throws || IsNumber || In.has(O.Value))
          << File.str() << ":" << Row->Line << ": " << O.Value;
    }
  }
}

TEST(ModelNames, OfTheStandardLibraryExist) {
  Declared Found = declared(includes("std.yaml"), "test.cpp", {"-std=c++23"});
  expectDeclared(Found, "std.yaml");
}

TEST(ModelNames, OfPosixExist) {
  // Some of what macros are made of is there in one of the two languages alone.
  Declared Found = declared(includes("posix.yaml"), "test.c", {"-std=gnu11"});
  Declared Also = declared(includes("posix.yaml"), "test.cpp", {"-std=gnu++17"});
  Found.Names.insert(Also.Names.begin(), Also.Names.end());
  for (const auto &[Class, Bases] : Also.Bases)
    Found.Bases[Class] = Bases;
  expectDeclared(Found, "posix.yaml");
}

/// What pkg-config said of a library's headers when this was configured.
std::vector<std::string> flags(llvm::StringRef Said, std::vector<std::string> Flags) {
  llvm::SmallVector<llvm::StringRef> Folders;
  Said.split(Folders, ':', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef Folder : Folders)
    Flags.push_back("-isystem" + Folder.str());
  return Flags;
}

TEST(ModelNames, OfGLibExist) {
  if (llvm::StringRef(TASKLEAK_GLIB).empty())
    GTEST_SKIP() << "GLib is not installed";
  Declared Found = declared(includes("glib.yaml"), "test.c", flags(TASKLEAK_GLIB, {"-std=gnu11"}));
  expectDeclared(Found, "glib.yaml");
}

TEST(ModelNames, OfQtExist) {
  if (llvm::StringRef(TASKLEAK_QT).empty())
    GTEST_SKIP() << "Qt is not installed";
  Declared Found = declared(includes("qt.yaml"), "test.cpp", flags(TASKLEAK_QT, {"-std=c++17", "-fPIC"}));
  expectDeclared(Found, "qt.yaml");
}

TEST(ModelNames, OfTheStandInsExist) {
  const std::string StandIns = TASKLEAK_SOURCE_DIR "/test/corpus/standins/";
  for (const char *Library : {"folly", "marl", "libgo"}) {
    std::string File = std::string(Library) + ".yaml";
    Declared Found = declared(includes(File), "test.cpp", {"-std=c++20", "-isystem" + StandIns + Library});
    expectDeclared(Found, File);
  }
}

TEST(ModelNames, OfMoodycamelExist) {
  Declared Found = declared(includes("moodycamel.yaml"), "test.cpp", {"-std=c++20"});
  expectDeclared(Found, "moodycamel.yaml");
}

} // namespace
