// How names are found, on small stand-ins for what real libraries do.

#include "Resolved.h"

#include "clang/AST/RecursiveASTVisitor.h"

#include "gtest/gtest.h"

using namespace taskleak;

namespace {

Model modelOf(const char *Yaml) {
  Model M;
  if (llvm::Error E = M.add("m.yaml", Yaml))
    ADD_FAILURE() << llvm::toString(std::move(E));
  return M;
}

const char Queue[] = R"(
library: lib
types:
  - name: lib::queue
    aliases: [lib::detail::d2::queue]
    kind: channel
    calls:
      - {name: queue, role: make, count: {param: 0}}
      - {name: push, role: send, value: 0}
      - {name: wait, role: await}
      - {name: operator<<, role: send, value: 0}
      - {name: operator bool, role: is-set}
      - {name: operator auto, role: atomic-load}
calls:
  - {name: "lib::operators::operator||", role: select-any}
  - {name: lib::select, role: select-any, params: [lib::queue, "..."]}
  - {name: lib::select, role: select-all, params: [int, "..."]}
  - {name: lib::select, role: poll, params: ["lib::queue *"]}
)";

TEST(Resolve, InlineNamespacesAndTemplates) {
  expectRows(R"cc(
namespace lib { inline namespace v2 { template <class T> struct queue {
  queue(int);
  void push(T);
  queue &operator<<(T);
  operator bool() const;
  operator int() const;
  template <class U> void push(U, U);
}; } }
void use() {
  lib::queue<int> Q(1); // make count=p0
  Q.push(1); // send value=0
  Q.push(1, 2); // send value=0
  Q << 1; // send value=0
  if (Q) {} // is-set
  int I = Q; // atomic-load
  lib::queue<int> R = Q; // -
}
)cc",
             modelOf(Queue));
}

// tbb::concurrent_bounded_queue is a using-declaration of tbb::detail::d2's.
TEST(Resolve, UsingDeclarationsByAlias) {
  expectRows(R"cc(
namespace lib { namespace detail { namespace d2 {
template <class T> struct queue { queue(int); void push(T); };
} } using detail::d2::queue; }
extern lib::queue<int> Q; // type lib::queue object channel
void use(lib::queue<long> &R) {
  lib::queue<int> P(1); // make count=p0
  R.push(1); // send value=0
}
)cc",
             modelOf(Queue));
}

// boost::fibers::future::wait is declared in detail::future_base.
TEST(Resolve, MembersOfBasesByTheStaticType) {
  expectRows(R"cc(
namespace lib {
namespace detail { template <class Self> struct base { void wait(); void push(int); }; }
template <class T> struct queue : detail::base<queue<T>> { using detail::base<queue<T>>::push; };
struct other : detail::base<other> {};
}
struct Mine : lib::queue<int> {};
struct Hides : lib::queue<int> { void wait() {} };
void use(lib::queue<int> &Q, lib::other &O, Mine &M, Mine *P, Hides &H) {
  Q.wait(); // await
  Q.push(1); // send value=0
  M.wait(); // await
  P->wait(); // await
  O.wait(); // -
  H.wait(); // -
}
)cc",
             modelOf(Queue));
}

TEST(Resolve, FreeFunctionsAndOverloads) {
  expectRows(R"cc(
namespace lib {
struct queue {};
struct child : queue {};
template <class... A> void select(queue &, A...);
template <class... A> void select(const int &, A...);
void select(queue *);
void select(double);
inline namespace operators_v1 {}
namespace operators { int operator||(queue, queue); }
}
using number = int;
void use(lib::queue Q, lib::child C, number N) {
  using namespace lib::operators;
  using lib::select;
  Q || Q; // select-any
  select(Q, 1, 2); // select-any
  lib::select(C); // select-any
  select(N); // select-all
  select(&Q); // poll
  select(1.0); // -
}
)cc",
             modelOf(Queue));
}

TEST(Resolve, InterfacesHoldForOverridesOutOfSight) {
  expectRows(R"cc(
namespace lib { struct queue { virtual void wait(); }; }
struct OutOfSight : lib::queue { void wait() override; };
struct InSight : lib::queue { void wait() override {} };
void use(OutOfSight &A, InSight &B, lib::queue &C) {
  A.wait(); // await
  B.wait(); // -
  C.wait(); // await
}
)cc",
             modelOf(Queue));
}

TEST(Resolve, TypesByTypedefAndBase) {
  expectRows(R"cc(
namespace lib {
template <class T, class E> struct basic {};
template <class T> using fast = basic<T, int>;
typedef struct { int x; } plain;
typedef unsigned long number;
}
template <class T> struct Holder { T Value; };
extern lib::fast<int> A; // type lib::fast handle event
extern lib::plain B; // type lib::plain object lock
extern lib::number C; // type lib::number handle task
extern unsigned long D; // no type
extern lib::basic<int, long> E; // no type
extern const volatile lib::plain &F; // type lib::plain object lock
)cc",
             modelOf(R"(
library: lib
types:
  - {name: lib::fast, shape: handle, kind: event}
  - {name: lib::plain, kind: lock}
  - {name: lib::number, shape: handle, kind: task}
)"));
}

TEST(Resolve, UsersRowsWin) {
  Model M = Model::withBuiltin();
  ASSERT_FALSE(M.add("mine.yaml", "library: mine\ncalls:\n"
                                  "  - {name: std::thread::join, role: ignore}\n"
                                  "  - {name: poll, role: yield}\n"));
  expectRows(R"cc(
#include <thread>
int poll(int);
void use(std::thread &T) {
  T.join(); // ignore
  T.detach(); // detach
  poll(1); // yield
}
)cc",
             M);
}

TEST(Resolve, SurvivesBrokenCode) {
  Parsed P = parse(R"cc(
struct Incomplete;
template <class T> struct Dependent : T { void f() { this->wait(); } };
void use(Incomplete &I, Missing &M) { I.wait(); M.push(1); undeclared(); }
)cc");
  ASSERT_TRUE(P.Unit);
  EXPECT_TRUE(P.HasErrors);
  Resolver R(Model::builtin(), P.Unit->getASTContext());
  struct Visitor : clang::RecursiveASTVisitor<Visitor> {
    Resolver &R;
    explicit Visitor(Resolver &R) : R(R) {}
    bool VisitValueDecl(clang::ValueDecl *D) {
      R.type(D->getType());
      if (const auto *F = llvm::dyn_cast<clang::FunctionDecl>(D))
        R.call(*F, {}, {});
      return true;
    }
  } Visit(R);
  Visit.TraverseDecl(P.Unit->getASTContext().getTranslationUnitDecl());
  EXPECT_EQ(R.type({}), nullptr);
}

TEST(Resolve, ConstructorsOfAType) {
  Parsed P = parse("");
  Resolver R(Model::builtin(), P.Unit->getASTContext());
  auto Rows = R.constructors(*Model::builtin().type("std::thread"));
  ASSERT_EQ(Rows.size(), 1u);
  EXPECT_EQ(Rows[0]->Role, CallRole::Spawn);
}

} // namespace
