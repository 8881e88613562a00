// Tasks that wait for what nobody who runs, or will run again, can reach.
//   void ask() { auto reply = std::make_shared<Channel>();        // the asker gives up,
//                std::thread([reply] { reply->send(load()); }).detach(); }   // and has the only other way to it

#pragma once

#include "explore/View.h"

namespace taskleak {

/// A bit for each such task. \p Never: those that are known not to go on already.
uint16_t outOfReach(const Program &P, const World &W, uint16_t Never);

} // namespace taskleak
