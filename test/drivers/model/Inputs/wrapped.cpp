#include "wrapped.h"

namespace base {

Mutex::Mutex() { pthread_mutex_init(&native_, nullptr); }
void Mutex::Lock() { pthread_mutex_lock(&native_); }
bool Mutex::TryLock() { return pthread_mutex_trylock(&native_) == 0; }
void Mutex::Unlock() { pthread_mutex_unlock(&native_); }

Semaphore::Semaphore() { sem_init(&native_, 0, 0); }
void Semaphore::Down() { sem_wait(&native_); }
void Semaphore::Up() { sem_post(&native_); }

} // namespace base

void pass(sem_t *sem) { sem_wait(sem); }

// It waits on one object and wakes another.
struct gate {
  sem_t in, out;
};
void through(gate *g) {
  sem_wait(&g->in);
  sem_post(&g->out);
}
