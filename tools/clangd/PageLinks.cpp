// The link beside a diagnostic. clangd makes up an address at clang.llvm.org for
// every check; of our checks it leads to their own pages, or there is none.

#include "Clangd.h"
#include "PageOf.h"

using clang::clangd::PublishDiagnosticsParams;
using namespace llvm;

#define TO_JSON "_ZN5clang6clangd6toJSONERKNS0_24PublishDiagnosticsParamsE"
json::Value stockJson(const PublishDiagnosticsParams &Shown) CLANGD_STOCK(TO_JSON);
json::Value ourJson(const PublishDiagnosticsParams &Shown) CLANGD_OURS(TO_JSON);

static void correctLink(json::Object &Diagnostic) {
  std::optional<StringRef> Rule = Diagnostic.getString("code");
  if (!Rule || !Rule->starts_with("taskleak-"))
    return;
  std::string Page = taskleak::pageOf(*Rule);
  if (Page.empty())
    Diagnostic.erase("codeDescription");
  else
    Diagnostic["codeDescription"] = json::Object{{"href", Page}};
}

json::Value ourJson(const PublishDiagnosticsParams &Shown) {
  json::Value Out = stockJson(Shown);
  json::Object *Params = Out.getAsObject();
  json::Array *All = Params ? Params->getArray("diagnostics") : nullptr;
  if (!All)
    return Out;
  for (json::Value &One : *All)
    if (json::Object *Diagnostic = One.getAsObject())
      correctLink(*Diagnostic);
  return Out;
}
