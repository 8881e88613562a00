// Blocks, the closures of C: copies of what they use, but for variables that say __block.
//   dispatch_async(queue, ^{ upload(photo); });

#include "lower/TaskLowering.h"

using namespace clang;

namespace taskleak {

Operand TaskLowering::block(const BlockExpr &B) {
  const BlockDecl &Body = *B.getBlockDecl();
  llvm::SmallVector<Operand, 4> Captured;
  if (Body.capturesCXXThis())
    Captured.push_back(L.This.Where);
  for (const BlockDecl::Capture &C : Body.captures()) {
    const VarDecl &V = *C.getVariable();
    Storage From = L.storageOf(V);
    bool Refers = C.isByRef() || L.form(V.getType()).isObject();
    Captured.push_back(L.form(V.getType()).is(Form::Nothing) ? Operand::unknown()
                       : Refers ? L.addressOf(From, B.getSourceRange())
                                : E.value(Op::Move, {L.load(From, B.getSourceRange())}, L.at(B)));
  }
  std::string Key = "block " + std::to_string(B.getID(U.Context));
  std::string Name = L.Self ? "block in " + L.Self->getNameAsString() : "block";
  FunctionId Id = U.synthesize(Key, Name, [&Unit = U, &Body](Function Start) {
    FunctionLowering Inner(Unit, std::move(Start));
    return TaskLowering(Inner).blockBody(Body);
  });
  U.body(Id).At = L.at(SourceRange(B.getCaretLocation()));
  llvm::SmallVector<Operand, 4> Made{Operand::function(Id)};
  Made.append(Captured);
  return E.value(Op::Closure, Made, L.at(SourceRange(B.getCaretLocation())));
}

Function TaskLowering::blockBody(const BlockDecl &B) {
  L.findAddressed(B.getBody());
  if (B.capturesCXXThis())
    L.This = Storage::object(Operand::slot(E.newSlot("this")));
  for (const BlockDecl::Capture &C : B.captures()) {
    const VarDecl &V = *C.getVariable();
    SlotId Slot = E.newSlot(V.getName());
    Operand Value = Operand::slot(Slot);
    if (L.form(V.getType()).isObject())
      L.bind(V, Storage::object(Value));
    else if (C.isByRef())
      L.bind(V, Storage::through(Value));
    else if (!L.form(V.getType()).is(Form::Nothing))
      L.bind(V, Storage::slot(Slot));
  }
  unsigned Captures = B.capturesCXXThis() + B.getNumCaptures();
  L.declareParameters(B.parameters());
  L.statement(B.getBody());
  E.popTo(0);
  if (E.isOpen())
    E.act(Op::Return, {Operand::unknown()}, L.at(SourceRange(B.getBody()->getEndLoc())));
  Function Fn = E.take();
  Fn.Captures = Captures;
  Fn.Params = Captures + B.getNumParams();
  return Fn;
}

} // namespace taskleak
