// Which drivers a class, or the static objects of a file, are worth; most telling first.
//   Pool P; P.~Pool();    Pool P; P.submit(J); P.~Pool();    submit beside stop; ...

#pragma once

#include "link/Driver.h"

namespace taskleak {

/// The classes that can be judged by themselves, owners first: indices into `Unit::Records`.
std::vector<uint32_t> classesToDrive(const Unit &U);

/// The plans for one class; not many.
std::vector<DriverPlan> classPlans(const Unit &U, uint32_t Record);

/// The plans for what \p Base says is used.
std::vector<DriverPlan> plansFor(const Unit &U, DriverPlan Base);

/// The plans for what the unit's functions keep in static objects that they alone can reach;
/// none if others can, or if there is a program around it.
std::vector<DriverPlan> filePlans(const Unit &U);

} // namespace taskleak
