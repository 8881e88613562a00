/* Stand-in for libdill.h: coroutines and channels, declared as they are there. The macro go() has
   the real one's shape, a statement expression in which the call stands between the prologue and
   the epilogue of a coroutine, without the switch of stacks. */

#ifndef LIBDILL_H_INCLUDED
#define LIBDILL_H_INCLUDED

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#define coroutine __attribute__((noinline))

int64_t dill_now(void);
int dill_hclose(int h);

int dill_bundle(void);
int dill_bundle_wait(int h, int64_t deadline);
int dill_prologue(sigjmp_buf **ctx, void **ptr, size_t len, int bndl, const char *file, int line);
void dill_epilogue(void);
int dill_yield(void);
int dill_msleep(int64_t deadline);

#define dill_setjmp(ctx) sigsetjmp(ctx, 0)
#define dill_go_(fn, ptr, len, bndl)                                                                                   \
  ({                                                                                                                   \
    sigjmp_buf *dill_ctx__;                                                                                            \
    void *dill_stk__ = (ptr);                                                                                          \
    int dill_handle__ = dill_prologue(&dill_ctx__, &dill_stk__, (len), (bndl), __FILE__, __LINE__);                    \
    if (dill_handle__ >= 0) {                                                                                          \
      if (!dill_setjmp(*dill_ctx__)) {                                                                                 \
        fn;                                                                                                            \
        dill_epilogue();                                                                                               \
      }                                                                                                                \
    }                                                                                                                  \
    dill_handle__;                                                                                                     \
  })
#define dill_go(fn) dill_go_(fn, NULL, 0, -1)
#define dill_bundle_go(bndl, fn) dill_go_(fn, NULL, 0, bndl)

int dill_chmake(int chv[2]);
int dill_chsend(int ch, const void *val, size_t len, int64_t deadline);
int dill_chrecv(int ch, void *val, size_t len, int64_t deadline);
int dill_chdone(int ch);

struct dill_chclause {
  int op;
  int ch;
  void *val;
  size_t len;
};
int dill_choose(struct dill_chclause *clauses, int nclauses, int64_t deadline);

#ifndef DILL_DISABLE_RAW_NAMES
#define now dill_now
#define hclose dill_hclose
#define bundle dill_bundle
#define bundle_wait dill_bundle_wait
#define go dill_go
#define bundle_go dill_bundle_go
#define yield dill_yield
#define msleep dill_msleep
#define chmake dill_chmake
#define chsend dill_chsend
#define chrecv dill_chrecv
#define chdone dill_chdone
#define chclause dill_chclause
#define choose dill_choose
#endif

#endif
