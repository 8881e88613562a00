// Where the value of a variable, member or element lives, as lowering sees it.
//   int N = 0;          a slot; a cell once its address is taken
//   this->items_        the record itself, found in a field

#pragma once

#include "skeleton/Instruction.h"

#include <string>

namespace taskleak {

/// Where a variable's value lives.
struct Storage {
  enum class Kind : uint8_t {
    None,    ///< Means nothing to tasks, or unknown.
    Slot,    ///< A value in a slot; nobody else can reach it.
    Through, ///< A value behind a cell or address.
    Field,   ///< A value in a field of a record.
    Element, ///< An element of a sequence.
    Object,  ///< The operand is the object itself.
  };
  Kind K = Kind::None;
  Operand Where;
  Operand Index; ///< Of an element.
  std::string Field;

  static Storage slot(SlotId S) { return {Kind::Slot, Operand::slot(S), {}, {}}; }
  static Storage through(Operand Ref) { return {Kind::Through, Ref, {}, {}}; }
  static Storage field(Operand Of, std::string Name) {
    return {Kind::Field, Of, {}, std::move(Name)};
  }
  static Storage element(Operand Of, Operand I) { return {Kind::Element, Of, I, {}}; }
  static Storage object(Operand Ref) { return {Kind::Object, Ref, {}, {}}; }
};

} // namespace taskleak
