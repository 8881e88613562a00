// A library's own lock and semaphore, whose bodies are in wrapped.cpp.
#pragma once

#include <pthread.h>
#include <semaphore.h>

namespace base {

class Mutex {
public:
  Mutex();
  void Lock();
  bool TryLock();
  void Unlock();

private:
  pthread_mutex_t native_;
};

class Semaphore {
public:
  Semaphore();
  void Down();
  void Up();

private:
  sem_t native_;
};

} // namespace base

struct gate;
void pass(sem_t *sem);
