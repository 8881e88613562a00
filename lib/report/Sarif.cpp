// Units that failed are notifications of a successful run: services file a run
// that says it was not successful as broken and drop its results.

#include "report/Sarif.h"

#include "report/Fingerprint.h"
#include "report/Paths.h"
#include "report/SarifResult.h"
#include "report/SarifRules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace llvm;
using Json = nlohmann::ordered_json;

namespace taskleak {

static Json driver(ArrayRef<Rule> Rules, const SarifOptions &Options) {
  Json Driver = {{"name", "taskleak"},
                 {"fullName", "taskleak, a finder of tasks that can never end"},
                 {"version", Options.Version},
                 {"semanticVersion", Options.Version}};
  if (!Options.Home.empty())
    Driver["informationUri"] = Options.Home;
  Driver["rules"] = sarifRules(Rules, Options.Home);
  return Driver;
}

static Json results(const Report &R, ArrayRef<Rule> Rules, SarifPlaces &Places) {
  StringMap<unsigned> Index;
  for (const auto &[I, Entry] : enumerate(Rules))
    Index[Entry.Value->Id] = I;
  std::vector<std::string> Own = fingerprints(R, Places.uris());
  Json Out = Json::array();
  for (const auto &[F, Fingerprint] : zip_equal(R.Found, Own))
    Out.push_back(sarifResult(F, Index.lookup(F.Check), Fingerprint, Places));
  return Out;
}

static Json invocation(const Report &R, const SarifOptions &Options) {
  Json Notes = Json::array();
  for (const FailedUnit &U : R.Failed) {
    Json Place = {{"artifactLocation",
                   {{"uri", relativeUri(U.At.empty() ? U.File : U.At, Options.Root)}}}};
    if (!U.At.empty())
      Place["region"] = {{"startLine", U.Line}};
    Notes.push_back(
        {{"level", "error"},
         {"message", {{"text", failureText(U, Options.Root, /*WithPlace=*/false) + "."}}},
         {"locations", Json::array({{{"physicalLocation", std::move(Place)}}})}});
  }
  return {{"executionSuccessful", true}, {"toolExecutionNotifications", std::move(Notes)}};
}

void writeSarif(const Report &R, ArrayRef<Rule> Rules, Sources &Texts,
                const SarifOptions &Options, raw_ostream &OS) {
  SarifPlaces Places(R, Texts, Options.Root);
  Json Run = {{"tool", {{"driver", driver(Rules, Options)}}},
              {"invocations", Json::array({invocation(R, Options)})},
              {"columnKind", "utf16CodeUnits"},
              {"results", results(R, Rules, Places)}};
  Json Log = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
              {"version", "2.1.0"},
              {"runs", Json::array({std::move(Run)})}};
  // Sources that are not UTF-8 must not end the run: what is foreign is replaced.
  OS << Log.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

} // namespace taskleak
