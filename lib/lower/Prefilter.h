// Is a unit worth lowering? Only if one of its own files spells a name that the
// model knows. Inside the standard library every word occurs, so system headers
// are not asked.

#pragma once

#include "model/Model.h"

#include "clang/AST/ASTContext.h"

namespace taskleak {

/// Scans the tokens of each file that is no system header.
bool mentionsModel(const clang::ASTContext &Context, const Model &Rows);

/// Whether one of them spells a call after which nobody has to wait for a task: detach, post.
bool mentionsLettingGo(const clang::ASTContext &Context, const Model &Rows);

/// Whether one of them spells a call that makes an object which is only a number: a pipe.
bool mentionsDescriptors(const clang::ASTContext &Context, const Model &Rows);

/// Whether one of them spells a function that cancels the task it is given.
bool mentionsCancelOfTasks(const clang::ASTContext &Context, const Model &Rows);

/// Whether one of them spells a call that changes in which order ready tasks run.
bool mentionsReordering(const clang::ASTContext &Context, const Model &Rows);

} // namespace taskleak
