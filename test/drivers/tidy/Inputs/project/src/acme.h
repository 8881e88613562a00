// Declarations only; what they mean is in models/acme.yaml.

#pragma once

namespace acme {

class mailbox {
public:
  explicit mailbox(int room);
  void put(int letter);
  int take();
};

} // namespace acme
