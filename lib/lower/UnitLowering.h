// What the functions of one unit share while they are lowered: numbers for
// functions, globals, records and files, and the work still to do.

#pragma once

#include "lower/Form.h"
#include "lower/Lower.h"
#include "lower/MayThrow.h"
#include "model/Resolve.h"
#include "skeleton/Skeleton.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

#include <deque>
#include <memory>

namespace taskleak {

class TaskReach;

class UnitLowering {
public:
  /// \p Mentioned: bits of `Mention`.
  UnitLowering(clang::ASTContext &Context, const Model &Rows, uint8_t Mentioned,
               const LowerOptions &Options);
  ~UnitLowering();

  /// Lowers the functions defined in the main file that matter to tasks, and what they call.
  Lowered run();

  clang::ASTContext &Context;
  Resolver Rows;
  Forms Types;
  MayThrow Throwing;
  /// Objects of this unit may be known by a number: a pipe's ends.
  const bool NumbersAreHandles;
  /// Tasks of this unit may go on when nobody waits for them: the ends of lives matter.
  const bool LetsTasksGo;
  /// Tasks are cancelled here by their handles: pthread_cancel.
  const bool CancelsTasks;
  /// Ready tasks of this unit may run in any order.
  const bool ReordersTasks;

  /// A number of this type never stands for an object.
  bool isPlainNumber(clang::QualType T);

  /// The number of a function with a body worth lowering; NoId: out of sight.
  FunctionId function(const clang::FunctionDecl &F);
  /// The lambda's call operator, with its captures as first parameters.
  /// Of a generic one without \p Operator: of some instance.
  FunctionId lambda(const clang::LambdaExpr &Lambda, llvm::StringRef Within,
                    const clang::CXXMethodDecl *Operator = nullptr);
  /// Runs the destructor of a \p T (`this` is the one parameter); NoId: there is nothing to run.
  FunctionId destructor(clang::QualType T);
  /// A function made by lowering itself, which \p Fill completes later; one per key.
  FunctionId synthesize(llvm::StringRef Key, llvm::StringRef Name,
                        llvm::unique_function<Function(Function)> Fill);
  uint32_t global(const clang::VarDecl &Variable);
  /// The record type's name in the unit; made on first use, methods included.
  std::string record(const clang::RecordDecl &Record);
  void leadsBack(const clang::FieldDecl &Field); ///< Some code steps from it to its record.
  /// The text of a virtual call of \p Method on an object that is a \p Class at least.
  std::string virtualCallee(const clang::CXXMethodDecl &Method, const clang::RecordDecl &Class);
  Place place(clang::SourceRange Range);
  /// The source text of a range, in one line, cut at 60 bytes.
  std::string text(clang::SourceRange Range) const;
  /// True if destroying a \p T does anything that tasks can notice.
  bool needsDestruction(clang::QualType T);
  /// The rows of a call by its qualified name.
  std::vector<const CallModel *> calls(llvm::StringRef Name) const { return Source.calls(Name); }
  /// The rows of a modelled type's constructors.
  std::vector<const CallModel *> constructors(const TypeModel &Type) const;
  /// Does a constructor's row fit arguments that are passed on to it?
  bool fits(const CallModel &Row, llvm::ArrayRef<const clang::Expr *> Args) const;
  /// What is in sight as a template, but was not needed so far.
  void instantiate(const clang::FunctionDecl &F) const;
  void instantiate(const clang::FieldDecl &WithDefault) const;
  /// The user's own code: lowered rather than taken as unknown.
  bool isOwn(const clang::FunctionDecl &F) const;

  const Model &model() const { return Source; }
  Unit &unit() { return Result.Skeletons; }
  Function &body(FunctionId F) { return Result.Skeletons.Functions[F]; }

private:
  struct Work {
    FunctionId Id;
    llvm::unique_function<Function(Function)> Fill;
  };
  const Model &Source;
  Lowered Result;
  LowerOptions Options;
  llvm::DenseMap<const clang::FunctionDecl *, FunctionId> Functions;
  llvm::DenseMap<const clang::VarDecl *, uint32_t> Globals;
  llvm::StringMap<FunctionId> Synthesized;
  llvm::DenseMap<const clang::RecordDecl *, std::string> Records;
  llvm::DenseMap<clang::FileID, uint32_t> Files;
  llvm::DenseMap<const clang::Type *, bool> Destruction;
  /// By begin and last token, in files: the instances of a template share theirs.
  llvm::DenseMap<std::pair<clang::SourceLocation, clang::SourceLocation>, Place> Places;
  llvm::DenseMap<const clang::DeclContext *, std::string> Scopes; ///< Names, "a::b::".
  std::deque<Work> Pending;
  std::vector<const clang::Decl *> Defined; ///< In the main file: functions, variables, classes.
  llvm::SetVector<const clang::CXXRecordDecl *> ClassesInSight; ///< With a method in the main file.
  std::unique_ptr<TaskReach> Reach;                             ///< Null: all is lowered.

  Place placeInFile(clang::SourceLocation Begin, clang::SourceLocation Last);
  Function startOf(const clang::FunctionDecl &F);
  std::string qualifiedName(const clang::FunctionDecl &F);
  FunctionId add(Function Start, llvm::unique_function<Function(Function)> Fill);
  void collect();
  void collectScope(clang::DeclContext &Scope);
  void collectFromMainFile(clang::Decl &D);
  void collectDecl(clang::Decl &D);
  void lookAtDefined();
  void lowerDefined();
  void lowerSharers();
  bool matters(const clang::FunctionDecl &F) const;
  bool matters(const clang::CXXRecordDecl &Class) const;
  bool isOverriderThatMatters(const clang::CXXRecordDecl &Class) const;
  ClassUse &useOf(const clang::RecordDecl &Record);
  void addClassUses();
  void addStructUses();
  std::vector<const clang::FunctionDecl *> functionsOfStructs();
  void drain();
  void addBases(const clang::CXXRecordDecl &Record, uint32_t Index);
  void addMethods(const clang::CXXRecordDecl &Record, uint32_t Index, llvm::StringSet<> &Hidden);
  bool computeNeedsDestruction(clang::QualType T);
};

/// What a lambda runs; null for anything else.
const clang::CXXMethodDecl *lambdaBody(const clang::Expr &Lambda);
/// Its definition, if that is in sight, is one.
bool isCoroutine(const clang::FunctionDecl &F);

/// An integer that counts or measures.
bool isNumber(clang::QualType T);
/// What a destructor function's virtual table entry is called.
inline constexpr llvm::StringLiteral DestructorKey = "~";
/// The key of a virtual method: name and number of parameters.
std::string methodKey(const clang::CXXMethodDecl &Method);

} // namespace taskleak
