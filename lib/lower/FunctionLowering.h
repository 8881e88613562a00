// Lowers one function's body. Its parts stand in files by what they lower: Statements, Ranges, Expressions, Operators, Places,
// Variables, Construction, Defaults, Copies, Destruction, Calls, Callables, Texts; Modelled*: calls with a row.

#pragma once

#include "lower/FunctionState.h"
#include "lower/ModelledCall.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace taskleak {

struct WaitLock;

/// Arguments of a call.
using Exprs = llvm::ArrayRef<const clang::Expr *>;

class FunctionLowering : FunctionState {
public:
  FunctionLowering(UnitLowering &U, Function Start);

  /// A function, method, constructor or destructor with a body.
  Function lowerFunction(const clang::FunctionDecl &F);
  /// A lambda's call operator, captures first.
  Function lowerLambda(const clang::LambdaExpr &Lambda, const clang::CXXMethodDecl &Operator);
  /// The initializer of a global.
  Function lowerGlobal(const clang::VarDecl &Variable);
  /// Gives the object that is its parameter its members, as the compiler would.
  Function lowerDefaultConstructor(const clang::CXXRecordDecl &Record);
  /// Destroys what its parameter refers to, an object of type \p T.
  Function lowerDestructor(clang::QualType T);
  /// Calls its first parameter with the others, then destroys the captures.
  Function lowerRunAndDestroy(const clang::LambdaExpr &Lambda, FunctionId Body);
  /// Runs the packaged task that is its parameter.
  Function lowerRunPackaged();
  /// Reads the bool whose address is the one capture.
  Function lowerReadFlag();
  /// Starts a task of its second parameter, with the third, on the executor that is its first.
  Function lowerPut();
  /// Does a library wait whose parts come as parameters, then calls \p Handler if there is one.
  Function lowerDeferred(const ModelledCall &C, Exprs Parts, const clang::Expr *Handler);

private:
  friend class CoroutineLowering;
  friend class CursorLowering;
  friend class DeleterLowering;
  friend class LockLowering;
  friend class OptionalLowering;
  friend class StatusLowering;
  friend class TaskLowering;
  friend class TextLowering;
  friend class VariantLowering;
  // Statements.
  void statement(const clang::Stmt *S);
  void compound(const clang::CompoundStmt &S);
  void ifStatement(const clang::IfStmt &S);
  void whileLoop(const clang::WhileStmt &S);
  void doLoop(const clang::DoStmt &S);
  void forLoop(const clang::ForStmt &S);
  void rangeFor(const clang::CXXForRangeStmt &S);
  void rangeOverSequence(const clang::CXXForRangeStmt &S, Operand Sequence);
  void rangeOverChannel(const clang::CXXForRangeStmt &S, Operand Channel);
  void rangeOverUnknown(const clang::CXXForRangeStmt &S);
  void rangeByIterator(const clang::CXXForRangeStmt &S);
  void loopBody(const clang::Stmt *Body, BlockId Exit, BlockId Next);
  void switchStatement(const clang::SwitchStmt &S);
  void returnStatement(const clang::Expr *Value, clang::SourceRange At);
  std::optional<Operand> returnedItself(const clang::Expr &Value);
  void tryStatement(const clang::CXXTryStmt &S);
  void throwExpression(const clang::CXXThrowExpr &Throw);
  void leave(BlockId To, size_t Depth);
  BlockId label(const clang::LabelDecl &L);
  void condition(const clang::Expr *C, BlockId Then, BlockId Else);

  // Variables and storage.
  void findAddressed(const clang::Stmt *Body);
  void declare(const clang::VarDecl &V);
  void declareParameter(const clang::ParmVarDecl &P, SlotId Slot, bool Owns);
  void declareParameters(llvm::ArrayRef<clang::ParmVarDecl *> Parameters, bool Own = true);
  void lowerBody(const clang::FunctionDecl &F);
  void declareBindings(const clang::VarDecl &Group);
  Storage bindingStorage(const clang::BindingDecl &B);
  void bindReference(const clang::VarDecl &V, const clang::Expr &Init);
  void endLife(Operand Object, clang::SourceRange At);
  void ownUntilScopeEnd(const clang::VarDecl &V, clang::QualType T, Storage Where);
  Storage storageOf(const clang::VarDecl &V);
  Storage place(const clang::Expr *E); ///< Of a glvalue.
  Storage member(const clang::MemberExpr &M);
  Storage pointee(const clang::Expr &Pointer);
  Storage elementOf(const clang::Expr &Base, const clang::Expr &Index);
  Operand load(const Storage &From, clang::SourceRange At);
  Operand read(const Storage &From, const clang::CastExpr &C);
  void store(const Storage &To, Operand Value, clang::SourceRange At);
  Operand addressOf(const Storage &S, clang::SourceRange At);
  Operand temporary(Operand Value, clang::QualType T, clang::SourceRange At);

  // Expressions.
  Operand fullExpression(const clang::Expr *E);
  Operand value(const clang::Expr *E); ///< Of any expression; objects yield a reference.
  Operand evaluate(const clang::Expr *E); ///< As value, but of a reference that a call yields, it.
  Operand reference(const clang::Expr *E); ///< What a reference or pointer to a glvalue holds.
  void discard(const clang::Expr *E);
  void evaluateChildren(const clang::Stmt &S);
  Operand cast(const clang::CastExpr &C);
  std::optional<Operand> allocated(const clang::CastExpr &C);
  std::optional<Operand> betweenStructs(const clang::CastExpr &C);
  Operand unary(const clang::UnaryOperator &Op);
  Operand inexact(Operand A, Operand B, const clang::Expr &Site);
  std::optional<Operand> askClock(clang::BinaryOperatorKind Code, const clang::Expr &Left,
                                  const clang::Expr &Right, const clang::Expr &Site);
  Operand binary(const clang::BinaryOperator &Op);
  Operand logical(const clang::BinaryOperator &Op);
  Operand conditional(const clang::AbstractConditionalOperator &C);
  Operand assign(const clang::Expr &To, const clang::Expr &From, clang::SourceRange At);
  Operand assignTo(const clang::Expr &To, Operand Value, clang::SourceRange At);
  void assignObject(const clang::Expr &To, Storage Old, Operand Value, clang::SourceRange At);
  void assignFields(const clang::RecordDecl &R, Operand To, Operand From, clang::SourceRange At);
  Operand increment(const clang::Expr &What, Op Code, bool Post, clang::SourceRange At);
  Operand newExpression(const clang::CXXNewExpr &N);
  Operand deleteExpression(const clang::CXXDeleteExpr &D);
  Operand unknownValue(const clang::Expr &E);
  Operand foreignValue(const clang::Expr &E);
  void leaveForeign(Operand What, const ModelledCall &C);
  void leaveForeign(Operand What, Place At, llvm::StringRef By);
  Operand awaitExpression(const clang::CoawaitExpr &A);
  Operand arithmetic(Op Code, Operand A, Operand B, const clang::Expr &Site);

  // Construction and destruction.
  Operand initialize(clang::QualType T, const clang::Expr *Init, llvm::StringRef Name,
                     clang::SourceRange At);
  Operand construct(const clang::CXXConstructExpr &C, llvm::StringRef Name);
  clang::SourceRange rangeOf(const clang::CXXConstructExpr &C) const;
  Operand constructModelled(const clang::CXXConstructExpr &C, const TypeForm &Form,
                            llvm::StringRef Name);
  Operand makeDefault(clang::QualType T, const TypeForm &Form, llvm::StringRef Name,
                      clang::SourceRange At);
  Operand makePair(const clang::RecordDecl &Pair, Exprs Args, clang::SourceRange At);
  Operand makeObject(const TypeModel &Row, Operand Size, llvm::StringRef Name,
                     clang::SourceRange At);
  Operand makeRecord(const clang::RecordDecl &Record, clang::SourceRange At);
  Operand zero(const ModelledCall &C);
  void defaultFields(const clang::RecordDecl &Record, Operand Object, clang::SourceRange At);
  std::optional<Operand> optionalFrom(const clang::Expr &Arg, clang::QualType Optional);
  void runConstructor(const clang::CXXConstructExpr &C, Operand Object);
  void constructElsewhere(Operand Object, const clang::CXXConstructorDecl *Constructor,
                          Exprs Args, const clang::Expr &Site);
  void constructorInitializers(const clang::CXXConstructorDecl &Constructor);
  Operand initializerList(const clang::InitListExpr &List, llvm::StringRef Name);
  Operand recordFrom(const clang::RecordDecl &Record, Exprs Inits, clang::SourceRange At);
  Operand copyOf(const clang::Expr &From, clang::QualType T, bool Moves, clang::SourceRange At);
  void clearHandles(clang::QualType T, Operand Object, clang::SourceRange At);
  /// Adds the elements of an array that nobody wrote down, behind the first \p Known; yields an
  /// unknown value if they are too many.
  Operand fillArray(clang::QualType T, Operand Sequence, uint64_t Known,
                    const clang::Expr *Filler, llvm::StringRef Name, clang::SourceRange At);
  void repeat(Operand Sequence, const clang::Expr &Count, llvm::function_ref<Operand()> Make);
  Operand constructSequence(const clang::CXXConstructExpr &C, llvm::StringRef Name);
  /// The object that \p Init reads, as C writes a copy; null if it does not.
  static const clang::Expr *readInC(const clang::Expr &Init);
  bool holdsWaits(clang::QualType T); ///< Copies of it hold copies of what tasks wait on.
  void copyMembers(clang::QualType T, Operand To, Operand From, bool Moves, clang::SourceRange At);
  Operand copyBy(const clang::CXXConstructorDecl &By, Operand Of, bool IsCopy, clang::SourceRange At);
  Operand capacity(const CountSource &Source, Exprs Args, clang::QualType T);
  void destroy(clang::QualType T, Operand Value, clang::SourceRange At, llvm::StringRef Name);
  void destroyHandle(const TypeModel &Row, Operand Value, Place At);
  void destroyPointee(clang::QualType Pointer, const TypeModel &Row, Operand Value,
                      clang::SourceRange At);
  void destroyMembers(const clang::CXXRecordDecl &Record, Operand Object);
  void destroyElements(clang::QualType Element, Operand Sequence);
  void whenSet(Operand Value, llvm::function_ref<void()> Then);
  void callDestructor(clang::QualType T, Operand Object, clang::SourceRange At);

  // Calls.
  std::optional<ModelledCall> modelOf(const clang::CallExpr &C);
  bool isPackaged(const TypeModel &Type);
  Operand call(const clang::CallExpr &C);
  Operand memberCall(const clang::CXXMemberCallExpr &C);
  Operand operatorCall(const clang::CXXOperatorCallExpr &C);
  Operand callOwn(const clang::FunctionDecl &F, std::optional<Operand> Object,
                  const clang::RecordDecl *Virtual, Exprs Args, const clang::Expr &Site);
  std::optional<Operand> memberOutOfSight(const clang::Expr &Object);
  Operand callUnknown(const clang::FunctionDecl *F, const clang::Expr *Object,
                      Exprs Args, const clang::Expr &Site);
  void callArguments(const clang::FunctionProtoType *Type, Exprs Args,
                     llvm::SmallVectorImpl<Operand> &Out);
  Operand callThroughMember(const clang::BinaryOperator &Member,
                            Exprs Args, const clang::Expr &Site);
  /// What a pointer to a virtual member function calls: the overrider of its object.
  FunctionId dispatcher(const clang::CXXMethodDecl &Method);
  llvm::SmallVector<Operand, 4> keptBy(const clang::FunctionDecl *F, Exprs Args); ///< Or changed.
  Operand callThrough(llvm::ArrayRef<Operand> Callable, const clang::FunctionProtoType *Type,
                      Exprs Args, const clang::Expr &Site);
  Operand argument(const clang::Expr &Arg, clang::QualType Param);
  Operand result(const clang::FunctionDecl *F, const clang::Expr &Site,
                 llvm::ArrayRef<Operand> Inputs);
  Operand objectArgument(const clang::Expr &Object);
  Operand callable(const clang::Expr *E, bool OwnsCaptures = false);
  void spawnArguments(const ModelledCall &C, unsigned From, llvm::SmallVectorImpl<Operand> &Out);
  /// \p Operator: which instance of a generic one.
  Operand lambda(const clang::LambdaExpr &L, bool OwnsCaptures,
                 const clang::CXXMethodDecl *Operator = nullptr);

  // Modelled calls, by group of roles.
  Operand modelled(const ModelledCall &C);
  Operand modelledNow(const ModelledCall &C);
  Operand modelledTask(const ModelledCall &C);
  Operand exitProcess(const ModelledCall &C);
  Operand node(const ModelledCall &C);
  Operand modelledUnwinding(const ModelledCall &C);
  Operand unwindMark(const clang::VarDecl *Buffer, Place At);
  void unwindBegin(UnwindMark &To, Place At);
  bool isCancellable(const ModelledCall &C) const;
  Operand modelledCondition(const ModelledCall &C);
  Operand modelledChannel(const ModelledCall &C);
  Operand modelledCounter(const ModelledCall &C);
  Operand modelledEvent(const ModelledCall &C);
  Operand modelledCancel(const ModelledCall &C);
  bool isThisTask(const ModelledCall &C);
  Operand modelledSelect(const ModelledCall &C);
  Operand modelledPointer(const ModelledCall &C);
  Operand held(const ModelledCall &C, clang::QualType Of);
  Operand algorithm(const ModelledCall &C);
  /// Calls what \p Named yields with an element of a container.
  Operand callOn(Operand Callable, const clang::Expr &Named, Operand Element, clang::QualType Of);
  Operand removeIf(const ModelledCall &C);
  Operand chosen(const ModelledCall &C); ///< The least or the greatest.
  Operand modelledRecord(const ModelledCall &C);
  Operand modelledKeyed(const ModelledCall &C);
  /// The index of the element with this key, of the key itself where \p Of is null; -1: none.
  Operand findKey(Operand Elements, Operand Key, clang::QualType Of, const clang::Expr &Site);
  Operand eraseKey(const ModelledCall &C, Operand Elements, clang::QualType Of);
  Operand findIterator(Operand Elements, Operand Iterator, const clang::Expr &Site);
  Operand iteratorAt(Operand Elements, Operand Where, bool IsMap, const clang::Expr &Site);
  Operand modelledIterator(const ModelledCall &C);
  std::optional<Operand> comparePointers(const clang::CXXOperatorCallExpr &C);
  Operand insertKey(const ModelledCall &C, Operand Elements, clang::QualType Of);
  Operand atKey(const ModelledCall &C, Operand Elements, clang::QualType Of);
  Operand modelledContainer(const ModelledCall &C);
  struct Update {
    Operand Old, New;
  };
  Operand readForUpdate(Operand Cell, const clang::Expr &Site);
  Update updateAtomic(Operand Cell, Op Code, Operand By, const clang::Expr &Site);
  Operand compareExchange(Operand Cell, const Storage &Want, Operand New, const clang::Expr &Site);
  Operand builtinAtomic(const clang::AtomicExpr &A);
  Operand modelledAtomic(const ModelledCall &C);
  Operand spawn(const ModelledCall &C);
  Operand same(const ModelledCall &C);
  Operand makeOwner(const ModelledCall &C);
  Operand atomicWait(const ModelledCall &C);
  Operand target(const ModelledCall &C); ///< The object that the call is about.
  Storage targetPlace(const ModelledCall &C);
  Operand count(const ModelledCall &C, int64_t Default);
  Operand predicateLoop(const ModelledCall &C, Operand Condition, WaitLock With);
  bool isLock(const clang::Expr &Named);
  Operand deferred(const ModelledCall &C);
  bool completionCarriesCancel(const clang::Expr &Token);
  const clang::Expr *innerToken(const clang::Expr *Token);
  Operand invokeOnce(const ModelledCall &C, const clang::Expr &What);
  Operand followedBy(Operand Callable, const clang::Expr &Handler, const ModelledCall &C);
  Function lowerFollowed();
  void finishWait(const ModelledCall &C, Instruction &Wait);
  bool neverTimesOut(const ModelledCall &C);
  void setOutcomes(const ModelledCall &C, Instruction &Wait);
  Operand statusFor(const clang::Expr &Handler);
  void noteEnd(const ModelledCall &C, Operand Status, Operand Received);
  bool takeApart(const clang::DecompositionDecl &Group);
  void storeInto(const ModelledCall &C, Operand Value);
  Operand sentValue(const ModelledCall &C);
  void sendSeveral(const ModelledCall &C, Operand Channel);
  Operand receivedOrNull(Operand Status, Operand Received, Place Here);
  bool isKeptBetweenCalls(const clang::LambdaCapture &Capture, const clang::CXXMethodDecl &Operator);
  void giveUpIfError(const ModelledCall &C, Operand Channel);
  void receiveInto(const ModelledCall &C, Operand Received);
  Operand packagedTask(Operand Callable, const clang::Expr &Site);
  Operand makePipe(const ModelledCall &C);
  bool mayNotBlock(const ModelledCall &C);
  void addCancel(const ModelledCall &C, Instruction &Wait);
  void tellReady(const ModelledCall &C, const clang::Expr &Set);
  void forEachPolled(const ModelledCall &C, const clang::Expr &Array,
                     llvm::function_ref<void(Operand)> Do);
  Operand pollSet(const ModelledCall &C, const clang::Expr &Set);
  Exprs selectCases(const ModelledCall &C);
  Operand handleFrom(const TypeModel &Type, const clang::CXXRecordDecl &Record,
                     const ModelledCall &C);
  Operand constructorCapacity(const TypeModel &Type, clang::QualType T, Exprs Args);
  void constructFrom(const clang::CXXRecordDecl &Record, Operand Made,
                     Exprs Args, const clang::Expr &Site);
  Operand bindArguments(const ModelledCall &C);
  Operand invokeObject(const ModelledCall &C);
  Operand packagedCallable(const clang::Expr &E);
  void runPackaged(Operand Task, llvm::ArrayRef<Operand> Args, Place At);
  Operand exchange(const ModelledCall &C);
  void fillFrom(Operand To, Operand From, Place Here);
  void exchangeObjects(const Storage &A, const Storage &B, const ModelledCall &C);
  Operand given(const clang::Expr &Arg, clang::QualType T, clang::SourceRange At);
  Operand elementFrom(const ModelledCall &C, Exprs Args, clang::QualType Element);
  std::string nameOf(const clang::Expr *E);
};

} // namespace taskleak
