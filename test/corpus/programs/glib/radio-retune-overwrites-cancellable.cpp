// An Internet radio decodes each station's packets in a thread of its own, which ends when the
// station's cancellable is cancelled. Tuning to another station replaces the cancellable; nobody
// cancels the first one.
// pattern: cancel handle overwritten

#include "oracle.h"

#include <gio/gio.h>

namespace {

struct Station {
  GAsyncQueue *packets;
  GCancellable *cancel;
};

// Comes after the last packet.
void onCancelled(GCancellable *cancel, gpointer packets) {
  g_async_queue_push(static_cast<GAsyncQueue *>(packets), cancel);
}

gpointer decode(gpointer data) {
  oracle::Task alive;
  auto *station = static_cast<Station *>(data);
  int played = 0;
  while (g_async_queue_pop(station->packets) != station->cancel) // stuck: blocking-receive
    ++played;
  g_debug("%d packets", played);
  g_object_unref(station->cancel);
  g_async_queue_unref(station->packets);
  delete station;
  return nullptr;
}

class Radio {
public:
  Radio() { tune(); }
  ~Radio() { stop(); }

  void tune() {
#ifndef LEAKING
    stop();
#endif
    playing_ = g_cancellable_new(); // cause
    auto *station = new Station{g_async_queue_new(), static_cast<GCancellable *>(g_object_ref(playing_))};
    g_cancellable_connect(playing_, G_CALLBACK(onCancelled), station->packets, nullptr);
    thread_ = g_thread_new("station", decode, station);
  }

private:
  void stop() {
    if (!playing_)
      return;
    g_cancellable_cancel(playing_);
    g_thread_join(thread_);
    g_object_unref(playing_);
    playing_ = nullptr;
  }

  GCancellable *playing_ = nullptr;
  GThread *thread_ = nullptr;
};

} // namespace

void morning() {
  Radio radio;
  radio.tune();
  oracle::window();
}

int main() {
  oracle::watch();
  morning();
  return oracle::verdict();
}
