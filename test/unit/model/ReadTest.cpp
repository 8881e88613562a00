// Reading of model files: every field, and what is said about every mistake.

#include "model/Model.h"

#include "gtest/gtest.h"

using namespace taskleak;

namespace {

std::string problemsIn(llvm::StringRef Text) {
  Model M;
  if (llvm::Error E = M.add("m.yaml", Text))
    return llvm::toString(std::move(E));
  return "";
}

const CallModel &onlyCall(const Model &M, llvm::StringRef Name) {
  std::vector<const CallModel *> Found = M.calls(Name);
  EXPECT_EQ(Found.size(), 1u) << Name.str();
  return *Found.front();
}

TEST(ReadModel, EveryFieldOfAType) {
  Model M;
  ASSERT_FALSE(M.add("m.yaml", R"(
library: demo
types:
  - name: ns::queue
    aliases: [ns::detail::queue_base, other::queue]
    shape: object
    kind: channel
    flags: [keepssenders, losesbuffer]
    destructor: close
    capacity: {param: 1, template-arg: 2, value: 3, offset: -1}
    shared: true
    must-keep: true
    ambient: true
    cooperative: true
)"));
  const TypeModel *T = M.type("ns::queue");
  ASSERT_TRUE(T);
  EXPECT_EQ(T->Shape, TypeShape::Object);
  EXPECT_EQ(T->Kind, ObjectKind::Channel);
  EXPECT_TRUE(T->Flag.has(Flag::KeepsSenders));
  EXPECT_TRUE(T->Flag.has(Flag::LosesBuffer));
  EXPECT_EQ(T->Destructor, DestructorEffect::Close);
  EXPECT_EQ(T->Capacity, (CountSource{1, 2, 3, -1}));
  EXPECT_TRUE(T->Shared && T->MustKeep && T->Ambient && T->Cooperative);
  EXPECT_EQ(T->File, "m.yaml");
  EXPECT_EQ(T->Line, 4u);
  EXPECT_EQ(M.type("other::queue"), T);
  EXPECT_EQ(M.type("ns::detail::queue_base"), T);
  EXPECT_EQ(M.type("queue"), nullptr);
}

TEST(ReadModel, EveryFieldOfACall) {
  Model M;
  ASSERT_FALSE(M.add("m.yaml", R"(
library: demo
calls:
  - name: push
    role: send
    params: [_, int, "..."]
    args: 4
    object: 1
    value: 2
    into: 3
    lock: 4
    predicate: 5
    timeout: 6
    cancel: 7
    callable: 8
    arg: 9
    executor: 10
    completion: 11
    count: {param: 12, value: 1}
    nonblocking: {param: 1, value: 2048}
    at-once: {param: 0, value: 0}
    infinite: {value: -1, null: true, negative: true}
    blocks: when-full
    style: awaitable
    kind: timer
    flags: [try, timed]
    guard: defer
    yields: status
    outcomes: {ok: 0, closed: throw, timeout: "ns::status::timeout"}
    passes-token: true
    may-throw: true
    must-keep: true
    lazy: true
    constructs: true
    else-outside: true
)"));
  const CallModel &C = onlyCall(M, "push");
  EXPECT_EQ(C.Role, CallRole::Send);
  EXPECT_EQ(C.Params, (std::vector<std::string>{"_", "int", "..."}));
  EXPECT_EQ(C.Args, 4u);
  EXPECT_EQ(C.Object, 1);
  EXPECT_EQ(C.Value, 2);
  EXPECT_EQ(C.Into, 3);
  EXPECT_EQ(C.LockParam, 4);
  EXPECT_EQ(C.Predicate, 5);
  EXPECT_EQ(C.Timeout, 6);
  EXPECT_EQ(C.Cancel, 7);
  EXPECT_EQ(C.Callable, 8);
  EXPECT_EQ(C.Arg, 9);
  EXPECT_EQ(C.ExecutorParam, 10);
  EXPECT_EQ(C.Completion, 11);
  EXPECT_EQ(C.Count, (CountSource{12, -1, 1, 0}));
  EXPECT_EQ(C.NonBlocking, (CountSource{1, -1, 2048, 0}));
  EXPECT_EQ(C.AtOnce, (CountSource{0, -1, 0, 0}));
  EXPECT_EQ(C.Never.Value, -1);
  EXPECT_TRUE(C.Never.Null && C.Never.Negative);
  EXPECT_EQ(C.Blocks, Blocking::WhenFull);
  EXPECT_EQ(C.How, Style::Awaitable);
  EXPECT_EQ(C.Kind, ObjectKind::Timer);
  EXPECT_TRUE(C.Flag.has(Flag::Try) && C.Flag.has(Flag::Timed));
  EXPECT_EQ(C.Guard, "defer");
  EXPECT_EQ(C.Yields, "status");
  ASSERT_EQ(C.Outcomes.size(), 3u);
  EXPECT_EQ(C.Outcomes[0].Value, "0");
  EXPECT_TRUE(C.Outcomes[1].Throws);
  EXPECT_EQ(C.Outcomes[2].When, Outcome::Timeout);
  EXPECT_EQ(C.Outcomes[2].Value, "ns::status::timeout");
  EXPECT_TRUE(C.PassesToken && C.MayThrow && C.MustKeep && C.Lazy);
  EXPECT_TRUE(C.Constructs && C.ElseOutside);
}

TEST(ReadModel, ShortForms) {
  Model M;
  ASSERT_FALSE(M.add("m.yaml", R"(
library: demo
types:
  - name: [ns::one, ns::two]
    kind: counter
    calls:
      - {name: [lock, acquire], role: acquire, count: 2, infinite: null}
      - {name: "operator||", role: select-any}
)"));
  EXPECT_TRUE(M.type("ns::one") && M.type("ns::two"));
  for (const char *Name : {"ns::one::lock", "ns::one::acquire", "ns::two::lock", "ns::two::acquire"})
    EXPECT_EQ(onlyCall(M, Name).Count.Value, 2);
  EXPECT_TRUE(onlyCall(M, "ns::one::lock").Never.Null);
  EXPECT_EQ(onlyCall(M, "ns::two::operator||").Role, CallRole::SelectAny);
  EXPECT_TRUE(M.hasIdentifier("acquire"));
  EXPECT_TRUE(M.hasIdentifier("two"));
  EXPECT_FALSE(M.hasIdentifier("ns"));
}

TEST(ReadModel, AliasesReachTheMembers) {
  Model M;
  ASSERT_FALSE(M.add("m.yaml", R"(
library: demo
types:
  - name: ns::queue
    aliases: [ns::d2::bounded_queue]
    kind: channel
    calls:
      - {name: queue, role: make}
      - {name: push, role: send, value: 0}
)"));
  EXPECT_EQ(onlyCall(M, "ns::d2::bounded_queue::push").Name, "ns::queue::push");
  EXPECT_EQ(onlyCall(M, "ns::d2::bounded_queue::bounded_queue").Role, CallRole::Make);
}

TEST(ReadModel, LaterRowsOfTheSameOverloadWin) {
  Model M;
  ASSERT_FALSE(M.add("a.yaml", "library: a\ncalls:\n"
                               "  - {name: f, role: send, params: [int]}\n"
                               "  - {name: f, role: receive}\n"));
  ASSERT_FALSE(M.add("b.yaml", "library: b\ncalls:\n  - {name: f, role: close}\n"));
  std::vector<const CallModel *> Found = M.calls("f");
  ASSERT_EQ(Found.size(), 2u);
  EXPECT_EQ(Found[0]->Role, CallRole::Close) << "the user's row is asked first";
  EXPECT_EQ(Found[1]->Role, CallRole::Send);
  EXPECT_EQ(M.allCalls().size(), 2u) << "a replaced row is no longer in force";
}

TEST(ReadModel, ARefusedFileLeavesNoRows) {
  Model M;
  llvm::Error E = M.add("a.yaml", "library: a\ncalls:\n"
                                  "  - {name: good, role: send}\n  - {name: bad, role: sned}\n");
  EXPECT_TRUE(bool(E));
  llvm::consumeError(std::move(E));
  EXPECT_TRUE(M.calls("good").empty());
  EXPECT_TRUE(M.sources().empty());
}

TEST(ReadModel, NamesTheNearestWord) {
  EXPECT_EQ(problemsIn("library: a\ncalls:\n  - {name: f, role: recieve}\n"),
            "m.yaml:3: unknown role 'recieve'; did you mean 'receive'?");
  EXPECT_EQ(problemsIn("library: a\ncalls:\n  - name: f\n    role: wait\n    predicat: 1\n"),
            "m.yaml:5: unknown key of a call 'predicat'; did you mean 'predicate'?");
  EXPECT_EQ(problemsIn("library: a\ntypes:\n  - {name: f, shape: objekt}\n"),
            "m.yaml:3: unknown shape 'objekt'; did you mean 'object'?");
  EXPECT_EQ(problemsIn("library: a\ntypes:\n  - {name: f, kind: chanel}\n"),
            "m.yaml:3: unknown kind 'chanel'; did you mean 'channel'?");
  EXPECT_EQ(problemsIn("library: a\ntypes:\n  - {name: f, destructor: joins}\n"),
            "m.yaml:3: unknown destructor effect 'joins'; did you mean 'join'?");
  EXPECT_EQ(problemsIn("library: a\ntypes:\n  - {name: f, flags: [recursiv]}\n"),
            "m.yaml:3: unknown flag 'recursiv'; did you mean 'recursive'?");
  EXPECT_EQ(problemsIn("library: a\ncalls:\n  - {name: f, role: send, outcomes: {okay: 1}}\n"),
            "m.yaml:3: unknown outcome 'okay'; did you mean 'ok'?");
  EXPECT_EQ(problemsIn("library: a\ncalls:\n  - {name: f, role: send, blocks: sometimes}\n"),
            "m.yaml:3: unknown kind of blocking 'sometimes'; expected one of never, always, "
            "when-full, when-empty");
  EXPECT_EQ(problemsIn("libary: a\n"),
            "m.yaml:1: unknown key of a model file 'libary'; did you mean 'library'?\n"
            "m.yaml:1: a model file needs 'library: NAME'");
}

TEST(ReadModel, CollectsAllProblems) {
  EXPECT_EQ(problemsIn("library: a\ncalls:\n"
                       "  - {name: f, role: sned}\n"
                       "  - {role: send}\n"
                       "  - {name: g}\n"
                       "  - {name: h, role: send, value: first}\n"),
            "m.yaml:3: unknown role 'sned'; did you mean 'send'?\n"
            "m.yaml:4: a call needs a 'name'\n"
            "m.yaml:5: call 'g' needs a 'role'\n"
            "m.yaml:6: 'value' must be the position of a parameter, from 0");
}

TEST(ReadModel, RefusesTasksOfNothing) {
  EXPECT_EQ(problemsIn("library: a\ncalls:\n  - {name: f, role: spawn}\n"),
            "m.yaml:3: role 'spawn' of call 'f' needs 'callable', the parameter that is run");
}

TEST(ReadModel, TakesTasksThatBringTheirOwn) {
  EXPECT_EQ(problemsIn("library: a\n"
                       "calls:\n"
                       "  - {name: start, role: spawn, method: run, part: task}\n"
                       "  - {name: push, role: spawn, object: 0, value: 1}\n"
                       "  - {name: begin, role: spawn, lazy: true}\n"),
            "");
}

TEST(ReadModel, RefusesNamesThatNeverMatch) {
  EXPECT_EQ(problemsIn("library: a\ntypes:\n  - {name: 'std::vector<int>'}\n"),
            "m.yaml:3: name 'std::vector<int>' must be written without template arguments, as "
            "'std::vector'");
  EXPECT_EQ(problemsIn("library: a\ntypes:\n  - name: q\n    calls:\n      - {name: ~q, role: close}\n"),
            "m.yaml:5: a destructor is no call; say what it does by the type's 'destructor'");
  EXPECT_EQ(problemsIn("library: a\ncalls:\n  - {name: '::f', role: send}\n"),
            "m.yaml:3: name '::f' must not begin with '::'");
  EXPECT_EQ(problemsIn("library: a\ntypes:\n  - name: q\n    calls:\n      - {name: 'q::f', role: send}\n"),
            "m.yaml:5: inside a type, name 'q::f' must be a member's plain name");
  EXPECT_EQ(problemsIn("library: a\ncalls:\n  - {name: 'n::operator<<', role: send}\n"), "");
}

TEST(ReadModel, RefusesWhatIsGivenTwice) {
  EXPECT_EQ(problemsIn("library: a\ncalls:\n  - {name: f, role: send}\n  - {name: f, role: close}\n"),
            "m.yaml:4: 'f' has such a row already, at line 3");
  EXPECT_EQ(problemsIn("library: a\ntypes:\n  - {name: f}\n  - {name: f}\n"),
            "m.yaml:4: 'f' has such a row already, at line 3");
  EXPECT_EQ(problemsIn("library: a\ncalls:\n  - {name: f, name: g, role: send}\n"),
            "m.yaml:3: key 'name' is given twice");
}

TEST(ReadModel, RefusesWhatIsNotYaml) {
  EXPECT_EQ(problemsIn(""), "m.yaml:1: a model file must begin with 'library: NAME'");
  EXPECT_EQ(problemsIn("- a\n- b\n"), "m.yaml:1: a model file must begin with 'library: NAME'");
  EXPECT_NE(problemsIn("library: a\ncalls: [\n").find("m.yaml:"), std::string::npos);
  EXPECT_NE(problemsIn("library: \"a\ncalls: b\n").find("not YAML"), std::string::npos);
  EXPECT_EQ(problemsIn("library: a\ncalls: yes\n"), "m.yaml:2: 'calls' must be a list");
  EXPECT_EQ(problemsIn("library: a\ncalls:\n  - f\n"),
            "m.yaml:3: a call must be written as key: value");
  EXPECT_EQ(problemsIn("library: a\n---\nlibrary: b\n"),
            "m.yaml:1: one document is expected, there are several");
}

TEST(ReadModel, MissingFileIsNamed) {
  Model M;
  llvm::Error E = M.addFile("/nowhere/m.yaml");
  ASSERT_TRUE(bool(E));
  EXPECT_EQ(llvm::toString(std::move(E)),
            "/nowhere/m.yaml: cannot read model file: No such file or directory");
}

TEST(ReadModel, ShippedFilesAreInForce) {
  Model M = Model::withBuiltin();
  EXPECT_TRUE(M.type("std::thread"));
  EXPECT_FALSE(M.calls("pthread_create").empty());
  EXPECT_GE(M.sources().size(), 2u);
  EXPECT_EQ(M.allCalls().size(), Model::builtin().allCalls().size());
}

} // namespace
