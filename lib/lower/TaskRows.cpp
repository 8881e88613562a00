// Two lists; see TaskRows.h.

#include "lower/TaskRows.h"

namespace taskleak {

bool isOfTasks(const CallModel &Row) {
  bool IsOfC = Row.Name.find("::") == std::string::npos;
  bool IsOfFiles = Row.Blocks == Blocking::Never || Row.Role == CallRole::Close;
  if (Row.ElseOutside || (IsOfC && IsOfFiles))
    return false;
  switch (Row.Role) {
  case CallRole::IsSet:
  case CallRole::Yield:
  case CallRole::Outside:
  case CallRole::Fork:
  case CallRole::UnwindMark:
  case CallRole::UnwindBegin:
  case CallRole::UnwindEnd:
  case CallRole::UnwindNext:
  case CallRole::Exit:
  case CallRole::Terminate:
  case CallRole::Destroy:
  case CallRole::Nothing:
  case CallRole::Same:
  case CallRole::MakeOwner:
  case CallRole::ValueOr:
  case CallRole::PointerReset:
  case CallRole::PointerRelease:
  case CallRole::Swap:
  case CallRole::Exchange:
  case CallRole::Bind:
  case CallRole::Invoke:
  case CallRole::Keep:
  case CallRole::Ignore:
  case CallRole::MakeRecord:
  case CallRole::Zero:
  case CallRole::FieldOf:
  case CallRole::Index:
  case CallRole::Holds:
  case CallRole::AlternativeIf:
  case CallRole::Emplace:
  case CallRole::Visit:
  case CallRole::Length:
  case CallRole::Spell:
  case CallRole::AppendText:
  case CallRole::EraseText:
  case CallRole::PartOfText:
  case CallRole::FindText:
  case CallRole::BeginsWith:
  case CallRole::EndsWith:
  case CallRole::HoldsText:
  case CallRole::OrderTexts:
  case CallRole::Append:
  case CallRole::Prepend:
  case CallRole::TakeFirst:
  case CallRole::TakeLast:
  case CallRole::First:
  case CallRole::Last:
  case CallRole::At:
  case CallRole::Size:
  case CallRole::Empty:
  case CallRole::Clear:
  case CallRole::InsertKey:
  case CallRole::EraseKey:
  case CallRole::HasKey:
  case CallRole::AtKey:
  case CallRole::FindKey:
  case CallRole::EndKey:
  case CallRole::StepKey:
  case CallRole::RemoveIf:
  case CallRole::Absolute:
  case CallRole::Least:
  case CallRole::Greatest:
  case CallRole::ForEach:
  case CallRole::CountIf:
  case CallRole::AnyOf:
  case CallRole::AllOf:
  case CallRole::NoneOf:
  case CallRole::Fill:
  case CallRole::AtomicLoad:
  case CallRole::AtomicStore:
  case CallRole::AtomicExchange:
  case CallRole::AtomicAdd:
  case CallRole::AtomicSub:
  case CallRole::AtomicAnd:
  case CallRole::AtomicOr:
  case CallRole::AtomicXor:
  case CallRole::AtomicCompareExchange:
    return false;
  default:
    return true;
  }
}

bool isOfTasks(const TypeModel &Row) {
  switch (Row.Shape) {
  case TypeShape::Pointer:
  case TypeShape::Callable:
  case TypeShape::Sequence:
  case TypeShape::Atomic:
  case TypeShape::Text:
  case TypeShape::Status:
  case TypeShape::Variant:
  case TypeShape::Foreign:
  case TypeShape::OwnExecutor:
    return false;
  default:
    return true;
  }
}

} // namespace taskleak
