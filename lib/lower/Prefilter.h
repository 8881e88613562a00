// Is a unit worth lowering? Only if one of its own files spells a name that the
// model knows, and it has what is called so. Inside the standard library every word
// occurs, so system headers are not asked. In C, where nothing happens but by calls,
// the header of a library may spell them all, and a unit is only worth it if it
// refers to one.

#pragma once

#include "model/Model.h"

#include "clang/AST/ASTContext.h"

namespace taskleak {

/// What the model's names do, of those that a unit spells; bits.
enum Mention : uint8_t {
  MentionsWaiting = 1,       ///< Something without which nobody waits: an object, a task, a wait.
  MentionsDescriptors = 2,   ///< A call that makes an object which is only a number: a pipe.
  MentionsLettingGo = 4,     ///< A call after which nobody has to wait for a task: detach, post.
  MentionsCancelOfTasks = 8, ///< A function that cancels the task it is given.
  MentionsReordering = 16,   ///< A call that changes in which order ready tasks run.
};

/// One scan of the text of each file that is no system header. Nothing for a unit
/// that has no task and no wait.
uint8_t mentions(const clang::ASTContext &Context, const Model &Rows);

} // namespace taskleak
