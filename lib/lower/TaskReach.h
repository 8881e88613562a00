// Which functions of a unit can get to something that is about tasks: an operation of the
// model, or a function that has one. No other is worth lowering for its own sake.
//   void Queue::push(int X) { std::lock_guard Held(M); ... }    does
//   void feed(Queue &Q) { Q.push(1); }                          does, too
//   int sum(const std::vector<int> &V) { ... }                  does not
// One look at each body, at what it refers to and not at what that means.

#pragma once

#include "lower/UnitLowering.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace taskleak {

class TaskReach {
public:
  explicit TaskReach(UnitLowering &U) : U(U) {}

  /// Looks at a function or variable and at all that it can run.
  void add(const clang::Decl &D);
  /// Of what was added and of what that can run.
  bool reaches(const clang::Decl &D) const;
  /// Whether a call of what the method overrides may.
  bool reachesByBase(const clang::CXXMethodDecl &Overrider) const;
  /// Whether anything does.
  bool reachesAtAll() const;

  /// Of functions that do not reach tasks, those that use a variable which nobody outside
  /// the unit can name, and which others do that reach tasks, or use what those use.
  llvm::SmallVector<const clang::FunctionDecl *, 0>
  sharers(llvm::ArrayRef<const clang::FunctionDecl *> Functions) const;

private:
  using NodeId = unsigned;
  /// A function, a variable of a file, or a class for what its end runs.
  struct Node {
    const clang::Decl *D;
    bool Reaches = false;
    bool IsShared = false; ///< A variable of this unit alone that can change.
    llvm::SmallVector<NodeId, 4> Uses, Users;
  };
  UnitLowering &U;
  std::vector<Node> Nodes;
  llvm::DenseMap<const clang::Decl *, NodeId> Ids;
  llvm::SmallVector<NodeId, 0> Unseen; ///< Not looked at so far.
  NodeId Now = 0;                      ///< Whose body is looked at.

  NodeId node(const clang::Decl &D);
  void connect(NodeId User, NodeId Used);
  void use(const clang::Decl &D);
  void useFromBases(const clang::CXXMethodDecl &Overrider);
  void setReaches(NodeId N);
  void look(const clang::FunctionDecl &F);
  void look(const clang::VarDecl &V);
  void lookAtEnd(const clang::CXXRecordDecl &R);
  void lookAt(const clang::Stmt *S);
  void lookAtLambda(const clang::LambdaExpr &L);
  void refer(const clang::ValueDecl &D, clang::QualType Object);
  void construct(const clang::CXXConstructExpr &Made);
  void useConstructors(const clang::CXXRecordDecl &R);
  void useParts(const clang::FunctionDecl &Library);
  void declare(const clang::VarDecl &V);
  void end(clang::QualType T);
};

} // namespace taskleak
