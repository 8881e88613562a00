// A graph of what refers to what; see TaskReach.h.

#include "lower/TaskReach.h"

#include "lower/TaskRows.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace taskleak {

TaskReach::NodeId TaskReach::node(const Decl &D) {
  auto [Known, New] = Ids.try_emplace(D.getCanonicalDecl(), NodeId(Nodes.size()));
  if (New) {
    Nodes.push_back({&D, false, false, {}, {}});
    Unseen.push_back(Known->second);
  }
  return Known->second;
}

void TaskReach::connect(NodeId User, NodeId Used) {
  Nodes[User].Uses.push_back(Used);
  Nodes[Used].Users.push_back(User);
  if (Nodes[Used].Reaches)
    setReaches(User);
}

void TaskReach::use(const Decl &D) { connect(Now, node(D)); }

void TaskReach::setReaches(NodeId N) {
  llvm::SmallVector<NodeId> Work{N};
  while (!Work.empty()) {
    NodeId Next = Work.pop_back_val();
    if (std::exchange(Nodes[Next].Reaches, true))
      continue;
    llvm::append_range(Work, Nodes[Next].Users);
  }
}

void TaskReach::add(const Decl &D) {
  node(D);
  while (!Unseen.empty()) {
    Now = Unseen.pop_back_val();
    const Decl &Next = *Nodes[Now].D;
    if (const auto *F = dyn_cast<FunctionDecl>(&Next))
      look(*F);
    else if (const auto *V = dyn_cast<VarDecl>(&Next))
      look(*V);
    else if (const auto *R = dyn_cast<CXXRecordDecl>(&Next))
      lookAtEnd(*R);
  }
}

bool TaskReach::reaches(const Decl &D) const {
  auto Known = Ids.find(D.getCanonicalDecl());
  return Known != Ids.end() && Nodes[Known->second].Reaches;
}

bool TaskReach::reachesAtAll() const {
  return llvm::any_of(Nodes, [](const Node &N) { return N.Reaches; });
}

bool TaskReach::reachesByBase(const CXXMethodDecl &Overrider) const {
  return llvm::any_of(Overrider.overridden_methods(), [&](const CXXMethodDecl *Base) {
    return reaches(*Base) || reachesByBase(*Base);
  });
}

/// Whoever has one by its base may get to the overrider.
void TaskReach::useFromBases(const CXXMethodDecl &Overrider) {
  for (const CXXMethodDecl *Base : Overrider.overridden_methods())
    connect(node(*Base), Now);
}

void TaskReach::look(const FunctionDecl &F) {
  if (const auto *M = dyn_cast<CXXMethodDecl>(&F); M && M->isVirtual())
    useFromBases(*M);
  const FunctionDecl *Definition = nullptr;
  if (!F.hasBody(Definition)) {
    // What a template would do is not known before it is made.
    const FunctionDecl *Pattern = F.getTemplateInstantiationPattern();
    if (Pattern && Pattern->hasBody() && !isSystem(*Pattern))
      setReaches(Now);
    return;
  }
  if (isSystem(*Definition) || Definition->isDependentContext() || Definition->isInvalidDecl())
    return;
  for (const ParmVarDecl *P : Definition->parameters())
    declare(*P);
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Definition))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      lookAt(Init->getInit());
  if (const auto *Destructor = dyn_cast<CXXDestructorDecl>(Definition))
    use(*Destructor->getParent());
  lookAt(Definition->getBody());
}

void TaskReach::look(const VarDecl &V) {
  const VarDecl *Definition = V.getDefinition();
  if (!Definition || isSystem(*Definition))
    return;
  bool IsOwn = !V.isExternallyVisible() || V.isStaticLocal();
  Nodes[Now].IsShared = IsOwn && !V.getType().isConstQualified();
  end(V.getType());
  if (Definition->hasInit())
    lookAt(Definition->getInit());
}

void TaskReach::lookAtEnd(const CXXRecordDecl &R) {
  const CXXRecordDecl *Record = R.getDefinition();
  if (!Record || Record->isDependentContext())
    return;
  if (const CXXDestructorDecl *D = Record->getDestructor())
    use(*D);
  for (const FieldDecl *Field : Record->fields())
    end(Field->getType());
  for (const CXXBaseSpecifier &Base : Record->bases())
    end(Base.getType());
}

/// What ends with a value of the type.
void TaskReach::end(QualType T) {
  if (!U.needsDestruction(T))
    return;
  TypeForm Shape = U.Types.of(T);
  if (Shape.is(Form::Pointer) || Shape.is(Form::Sequence))
    return end(Forms::element(T));
  if (Shape.Row || Shape.is(Form::Guard) || Shape.is(Form::Cleanup))
    return setReaches(Now);
  if (const auto *R = T->getAsCXXRecordDecl())
    use(*R);
}

void TaskReach::declare(const VarDecl &V) {
  TypeForm Shape = U.Types.of(V.getType());
  if (Shape.Row && isOfTasks(*Shape.Row))
    setReaches(Now);
  if (const auto *Cleanup = V.getAttr<CleanupAttr>())
    refer(*Cleanup->getFunctionDecl(), {});
  end(V.getType());
}

llvm::SmallVector<const FunctionDecl *, 0>
TaskReach::sharers(llvm::ArrayRef<const FunctionDecl *> Functions) const {
  std::vector<bool> Taken(Nodes.size());
  llvm::SmallVector<NodeId> Work;
  auto Take = [&](NodeId N) {
    if (!Taken[N]) {
      Taken[N] = true;
      Work.push_back(N);
    }
  };
  for (NodeId N = 0; N < Nodes.size(); ++N)
    if (Nodes[N].Reaches)
      Take(N);
  // From a variable to all that can use it, from those to all that they use.
  std::vector<bool> Touches(Nodes.size());
  llvm::SmallVector<NodeId> Up;
  while (!Work.empty()) {
    NodeId N = Work.pop_back_val();
    for (NodeId Used : Nodes[N].Uses)
      Take(Used);
    if (!Nodes[N].IsShared)
      continue;
    Up.push_back(N);
    while (!Up.empty())
      for (NodeId User : Nodes[Up.pop_back_val()].Users)
        if (!Touches[User]) {
          Touches[User] = true;
          Up.push_back(User);
          Take(User);
        }
  }
  llvm::SmallVector<const FunctionDecl *, 0> Found;
  for (const FunctionDecl *F : Functions)
    if (auto Known = Ids.find(F->getCanonicalDecl());
        Known != Ids.end() && Touches[Known->second] && !Nodes[Known->second].Reaches)
      Found.push_back(F);
  return Found;
}

} // namespace taskleak
