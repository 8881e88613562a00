// Places as SARIF's physical locations: relative URI, a region of four numbers in
// UTF-16 columns, the text of it and the lines around.

#pragma once

#include "report/Report.h"
#include "report/Sources.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace taskleak {

class SarifPlaces {
public:
  SarifPlaces(const Report &R, Sources &Texts, llvm::StringRef Root);

  /// Where a finding stands: on one line, so that a pull request shows it when
  /// that line was changed.
  nlohmann::ordered_json primary(const Place &At);
  /// A step or a related place, in full extent.
  nlohmann::ordered_json physical(const Place &At);
  /// GitHub's hash of the line.
  std::string lineHash(const Place &At);

  const std::vector<std::string> &uris() const { return Uris; }

private:
  Place clamped(Place At);
  nlohmann::ordered_json region(const Place &At);
  nlohmann::ordered_json context(const Place &At);
  std::string linesOf(unsigned File, unsigned First, unsigned Last);

  Sources &Texts;
  std::vector<std::string> Uris;
  std::vector<std::vector<std::string>> Hashes;
};

} // namespace taskleak
