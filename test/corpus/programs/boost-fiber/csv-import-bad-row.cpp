// Imports rows through a channel into a table. The importer ends at a row with too few
// columns, and the reader is left with rows that it can push to nobody.
// pattern: consumer leaves on an error

#include "oracle.h"

#include <boost/fiber/buffered_channel.hpp>
#include <boost/fiber/future.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace csv {

using Row = std::vector<std::string>;
using Rows = boost::fibers::buffered_channel<Row>;

constexpr std::size_t kColumns = 2;

struct ImportResult {
  std::size_t imported = 0;
  bool complete = false;
};

ImportResult import(Rows &rows) {
  oracle::Task alive;
  ImportResult result;
  Row row;
  while (rows.pop(row) == boost::fibers::channel_op_status::success) {
    if (row.size() < kColumns) {
#ifndef LEAKING
      rows.close();
#endif
      return result; // cause
    }
    ++result.imported;
  }
  result.complete = true;
  return result;
}

void read(const std::vector<Row> &file, Rows &rows) {
  oracle::Task alive;
  for (const Row &row : file)
    if (rows.push(row) != boost::fibers::channel_op_status::success) // stuck: blocking-send
      return;
  rows.close();
}

} // namespace csv

bool import_customers() {
  const std::vector<csv::Row> file{
      {"1", "Ada"}, {"2"}, {"3", "Grace"}, {"4", "Edsger"}, {"5", "Barbara"},
  };
  csv::Rows rows(2);
  auto result = boost::fibers::async([&] { return csv::import(rows); });
  auto reader = boost::fibers::async([&] { csv::read(file, rows); });
  reader.get();
  return result.get().complete;
}

int main() {
  oracle::watch();
  import_customers();
  return oracle::verdict();
}
