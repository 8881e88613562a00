// Migrates the data of all tenants in parallel. The wait for all of them has slipped into
// the loop that starts them: it waits for tenants that have not been started.
// pattern: wait inside the spawn loop

#include "oracle.h"

#include <latch>
#include <string>
#include <thread>
#include <vector>

struct Tenant {
  std::string name;
  int schema_version;
};

static void migrate(Tenant &tenant, int to_version) noexcept {
  while (tenant.schema_version < to_version)
    ++tenant.schema_version;
}

class Migration {
  std::vector<Tenant> &tenants_;
  std::latch remaining_;
  std::vector<std::thread> threads_;

public:
  explicit Migration(std::vector<Tenant> &tenants)
      : tenants_(tenants), remaining_(static_cast<std::ptrdiff_t>(tenants.size())) {}

  void run(int to_version) {
    for (Tenant &tenant : tenants_) {
      threads_.emplace_back([this, &tenant, to_version] {
        oracle::Task alive;
        migrate(tenant, to_version);
        remaining_.count_down();
      });
#ifdef LEAKING
      remaining_.wait(); // stuck: unfinished-wait-group
    }
#else
    }
    remaining_.wait();
#endif
    for (std::thread &thread : threads_)
      thread.join();
  }
};

void upgrade() {
  std::vector<Tenant> tenants{{"acme", 3}, {"globex", 4}, {"initech", 2}};
  Migration migration(tenants);
  migration.run(5);
}

int main() {
  oracle::watch();
  upgrade();
  return oracle::verdict();
}
