// The rows of POSIX and C11 threads against the C library's real headers.

#include "Resolved.h"

#include "gtest/gtest.h"

using namespace taskleak;

namespace {

const char Threads[] = R"cc(
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER; // type pthread_mutex_t object lock
static pthread_cond_t c = PTHREAD_COND_INITIALIZER; // type pthread_cond_t object condition
static pthread_rwlock_t rw; // type pthread_rwlock_t object lock shared
static pthread_barrier_t b; // type pthread_barrier_t object barrier
static sem_t s; // type sem_t object counter
static void *run(void *arg) {
  pthread_exit(NULL); // end-task value=0
  return arg;
}
void use(const struct timespec *until) {
  pthread_t t; // type pthread_t handle task
  pthread_create(&t, NULL, run, NULL); // spawn into=0 callable=2 arg=3 flags=terminates yields=status passes-token
  pthread_join(t, NULL); // join object=0 into=1 flags=ambient
  pthread_cancel(t); // request object=0
  int before;
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before); // mask-cancel value=0 into=1
  pthread_detach(t); // detach object=0
  pthread_mutex_init(&m, NULL); // make object=0 count=p1
  pthread_mutex_lock(&m); // lock object=0
  pthread_mutex_trylock(&m); // try-lock object=0
  pthread_mutex_timedlock(&m, until); // lock object=0 timeout=1
  pthread_cond_wait(&c, &m); // wait object=0 lock=1 flags=ambient
  pthread_cond_timedwait(&c, &m, until); // wait object=0 lock=1 timeout=2 flags=ambient
  pthread_cond_signal(&c); // notify-one object=0
  pthread_cond_broadcast(&c); // notify-all object=0 flags=all
  pthread_mutex_unlock(&m); // unlock object=0
  pthread_rwlock_rdlock(&rw); // lock-shared object=0
  pthread_rwlock_wrlock(&rw); // lock object=0
  pthread_rwlock_unlock(&rw); // unlock object=0
  pthread_barrier_init(&b, NULL, 2); // make object=0 count=p2
  pthread_barrier_wait(&b); // arrive-and-await object=0 count=1
  sem_init(&s, 0, 0); // make object=0 count=p2
  sem_wait(&s); // acquire object=0 count=1 flags=ambient
  sem_trywait(&s); // acquire object=0 count=1 flags=try
  sem_timedwait(&s, until); // acquire object=0 timeout=1 count=1 flags=ambient
  sem_post(&s); // release object=0 count=1
  exit(0); // exit
  abort(); // terminate
}
)cc";

TEST(PosixModel, ThreadsInC) { expectRows(Threads, Model::builtin(), "test.c", {"-std=gnu11"}); }
TEST(PosixModel, ThreadsInCxx) { expectRows(Threads); }

TEST(PosixModel, C11Threads) {
  expectRows(R"cc(
#include <threads.h>
static int run(void *arg) { return arg != 0; }
void use(const struct timespec *until) {
  thrd_t t; // type thrd_t handle task
  mtx_t m; // type mtx_t object lock
  cnd_t c; // type cnd_t object condition
  thrd_create(&t, run, 0); // spawn into=0 callable=1 arg=2 flags=terminates yields=status
  mtx_init(&m, mtx_plain); // make object=0 count=p1
  mtx_lock(&m); // lock object=0
  mtx_timedlock(&m, until); // lock object=0 timeout=1
  cnd_wait(&c, &m); // wait object=0 lock=1
  cnd_timedwait(&c, &m, until); // wait object=0 lock=1 timeout=2
  cnd_broadcast(&c); // notify-all object=0 flags=all
  mtx_unlock(&m); // unlock object=0
  thrd_join(t, 0); // join object=0 into=1
}
)cc",
             Model::builtin(), "test.c", {"-std=gnu11"});
}

TEST(PosixModel, Descriptors) {
  expectRows(R"cc(
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
void use(struct pollfd *p, int status) {
  int fds[2];
  char c;
  pipe(fds); // make into=0 yields=status
  (void)!read(fds[0], &c, 1); // receive object=0 into=1 flags=ambient
  (void)!write(fds[1], &c, 1); // send object=0
  close(fds[1]); // close object=0
  fork(); // fork
  poll(p, 1, -1); // poll value=0 timeout=2 flags=ambient
  select(1, 0, 0, 0, 0); // poll value=1 timeout=4 flags=ambient
  waitpid(1, &status, 0); // outside timeout=2 flags=ambient
  sleep(1); // yield timeout=0
}
)cc");
}

// A function of the user's own that happens to be called like one of the C library.
TEST(PosixModel, OwnFunctionsOfTheSameName) {
  expectRows(R"cc(
static int read(int a, char *b, int c) { return a + c + (b != 0); }
int poll(int *a, int b, int c) { return *a + b + c; }
void use(char *b, int *a) {
  read(0, b, 1); // -
  poll(a, 1, -1); // -
}
)cc",
             Model::builtin(), "test.c", {"-std=gnu11", "-Wno-incompatible-library-redeclaration"});
  expectRows(R"cc(
int poll(int *a, int b, int c);
struct Channel { int read(int, char *, int); void close(int); };
namespace mine { int sem_wait(int *); }
void use(Channel &C, int *a) {
  poll(a, 1, -1); // -
  C.read(0, nullptr, 1); // -
  C.close(0); // -
  mine::sem_wait(a); // -
}
)cc");
}

} // namespace
