// Places a number of orders and shuts down. Two tasks are expected at a time:
// the notifier's consumer, and that of the order just placed.

#include "database.h"
#include "environment.h"
#include "notifier.h"
#include "order_service.h"

#include <chrono>
#include <thread>

using namespace std::chrono_literals;

namespace {

void serve(int orders) {
  Database database(connectDatabase());
  Notifier notifier(database);
  OrderService service(notifier);
  for (int n = 0; n < orders; ++n) {
    service.place({1000 + n, 5000 + n, "teapot"});
    std::this_thread::sleep_for(100ms);
  }
}

} // namespace

int main(int argc, char **argv) {
  TaskGauge::watch(2s, 2);
  serve(orderCount(argc, argv));
  TaskGauge::report(0);
}
