// Rows that stand in the user's sources.

#include "Resolved.h"

#include "clang/AST/RecursiveASTVisitor.h"

#include "gtest/gtest.h"

using namespace taskleak;

namespace {

const std::vector<std::string> WithMacros = {"-std=c++20", "-I" TASKLEAK_SOURCE_DIR "/include"};

/// What the resolver complains about after it was asked of everything in \p Code.
std::vector<std::string> problemsOf(const std::string &Code) {
  Parsed P = parse(Code, "test.cpp", WithMacros);
  EXPECT_FALSE(P.HasErrors);
  Resolver R(Model::builtin(), P.Unit->getASTContext());
  struct Visitor : clang::RecursiveASTVisitor<Visitor> {
    Resolver &R;
    explicit Visitor(Resolver &R) : R(R) {}
    bool VisitFunctionDecl(clang::FunctionDecl *F) {
      R.call(*F, {}, {});
      return true;
    }
    bool VisitVarDecl(clang::VarDecl *D) {
      R.type(D->getType());
      return true;
    }
  } Visit(R);
  Visit.TraverseDecl(P.Unit->getASTContext().getTranslationUnitDecl());
  return R.problems().vec();
}

TEST(Annotations, GiveRows) {
  expectRows(R"cc(
#include <taskleak/annotations.h>
struct TASKLEAK_TYPE(object kind=channel flags=keepssenders,losesbuffer) Mailbox {
  TASKLEAK_SEND(value=0 blocks=when-full) bool put(int);
  TASKLEAK_RECEIVE(into=0 timeout=1 outcomes.timeout=0) bool get(int &, int Ms);
  TASKLEAK_CLOSE() void shut();
  TASKLEAK_IGNORE int size() const;
};
template <class T> struct Box { TASKLEAK_SEND(value=0) void put(T); };
template <class T> TASKLEAK_SPAWN(callable=0) void go(T F);
[[clang::annotate("taskleak::arrive count.param=0 count.value=1")]] void here(int N = 1);
TASKLEAK_ROLE(end-task) void leave();
extern Mailbox M; // type Mailbox object channel keepssenders,losesbuffer
void use(Box<int> &B, int &I) {
  M.put(1); // send value=0
  M.get(I, 5); // receive into=0 timeout=1
  M.shut(); // close
  M.size(); // ignore
  B.put(1); // send value=0
  go(leave); // spawn callable=0
  here(); // arrive count=p0|1
  leave(); // end-task
}
)cc",
             Model::builtin(), "test.cpp", WithMacros);
}

TEST(Annotations, WorkInC) {
  expectRows(R"cc(
#include <taskleak/annotations.h>
struct TASKLEAK_TYPE(object kind=lock) spin { int v; };
TASKLEAK_LOCK(object=0) void spin_lock(struct spin *);
TASKLEAK_UNLOCK(object=0) void spin_unlock(struct spin *);
static struct spin s; // type spin object lock
void use(void) {
  spin_lock(&s); // lock object=0
  spin_unlock(&s); // unlock object=0
}
)cc",
             Model::builtin(), "test.c", {"-std=gnu11", "-I" TASKLEAK_SOURCE_DIR "/include"});
}

TEST(Annotations, WinOverRowsAndHoldForAllDeclarations) {
  Model M;
  ASSERT_FALSE(M.add("m.yaml", "library: m\ncalls:\n  - {name: work, role: send}\n"
                               "  - {name: first, role: send}\n"));
  expectRows(R"cc(
#include <taskleak/annotations.h>
TASKLEAK_YIELD() void first();
void first();
void work();
TASKLEAK_YIELD() void work();
void work();
void use() {
  first(); // yield
  work(); // yield
}
)cc",
             M, "test.cpp", WithMacros);
}

TEST(Annotations, BadOnesAreToldAndIgnored) {
  EXPECT_EQ(problemsOf(R"cc(#include <taskleak/annotations.h>
[[clang::annotate("taskleak::sned value=0")]] void a();
[[clang::annotate("taskleak::send valu=0")]] void b(int);
[[clang::annotate("taskleak::")]] void c();
[[clang::annotate("taskleak::send value")]] void d(int);
struct [[clang::annotate("taskleak::send")]] E {} e;
struct TASKLEAK_TYPE(objekt) F {} f;
[[clang::annotate("something else")]] void g();
)cc"),
            (std::vector<std::string>{
                "test.cpp:2: unknown role 'sned'; did you mean 'send'?",
                "test.cpp:3: unknown key of a call 'valu'; did you mean 'value'?",
                "test.cpp:4: an annotation must begin with a role, as in \"taskleak::send\"",
                "test.cpp:5: 'value' has no value; write value=VALUE",
                "test.cpp:6: a class is annotated with \"taskleak::type shape=... kind=...\"",
                "test.cpp:7: unknown shape 'objekt'; did you mean 'object'?",
            }));
}

} // namespace
