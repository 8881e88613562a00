// Registers each of our checks with clang-tidy, from the list that the build
// makes of the folders of checks/.

#include "TidyCheck.h"

#include "report/Report.h"

#include "clang-tidy/ClangTidyModule.h"

using namespace clang::tidy;

namespace taskleak {
namespace {

class Module : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    for (const Check *C : allChecks())
      Factories.registerCheckFactory(ruleName(C->Id),
                                     [C](llvm::StringRef Name, ClangTidyContext *Context) {
                                       return std::make_unique<TidyCheck>(Name, Context, *C);
                                     });
  }
};

ClangTidyModuleRegistry::Add<Module> Registered("taskleak-module",
                                                "Finds tasks that can never end.");

} // namespace
} // namespace taskleak
