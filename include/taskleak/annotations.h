// What a declaration means for tasks, said where it stands, for taskleak to
// read; see docs/writing-a-model.md. The macros mean nothing to compilers.
//   struct TASKLEAK_TYPE(object kind=channel) Mailbox {
//     TASKLEAK_SEND(value=0) void put(struct Mail);
//   };

#ifndef TASKLEAK_ANNOTATIONS_H
#define TASKLEAK_ANNOTATIONS_H

#if defined(__clang__)
#define TASKLEAK_ANNOTATE(words) __attribute__((annotate(words)))
#else
#define TASKLEAK_ANNOTATE(words)
#endif

/* Any role: TASKLEAK_ROLE(arrive count=1) void here(void); */
#define TASKLEAK_ROLE(...) TASKLEAK_ANNOTATE("taskleak::" #__VA_ARGS__)

/* A class, between its keyword and its name: struct TASKLEAK_TYPE(object kind=lock) Spin; */
#define TASKLEAK_TYPE(...) TASKLEAK_ANNOTATE("taskleak::type " #__VA_ARGS__)

/* Tasks. */
#define TASKLEAK_SPAWN(...) TASKLEAK_ANNOTATE("taskleak::spawn " #__VA_ARGS__)
#define TASKLEAK_JOIN(...) TASKLEAK_ANNOTATE("taskleak::join " #__VA_ARGS__)
#define TASKLEAK_DETACH(...) TASKLEAK_ANNOTATE("taskleak::detach " #__VA_ARGS__)
#define TASKLEAK_YIELD(...) TASKLEAK_ANNOTATE("taskleak::yield " #__VA_ARGS__)
#define TASKLEAK_OUTSIDE(...) TASKLEAK_ANNOTATE("taskleak::outside " #__VA_ARGS__)

/* Locks and conditions. */
#define TASKLEAK_LOCK(...) TASKLEAK_ANNOTATE("taskleak::lock " #__VA_ARGS__)
#define TASKLEAK_TRY_LOCK(...) TASKLEAK_ANNOTATE("taskleak::try-lock " #__VA_ARGS__)
#define TASKLEAK_UNLOCK(...) TASKLEAK_ANNOTATE("taskleak::unlock " #__VA_ARGS__)
#define TASKLEAK_WAIT(...) TASKLEAK_ANNOTATE("taskleak::wait " #__VA_ARGS__)
#define TASKLEAK_NOTIFY_ONE(...) TASKLEAK_ANNOTATE("taskleak::notify-one " #__VA_ARGS__)
#define TASKLEAK_NOTIFY_ALL(...) TASKLEAK_ANNOTATE("taskleak::notify-all flags=all " #__VA_ARGS__)

/* Channels. */
#define TASKLEAK_SEND(...) TASKLEAK_ANNOTATE("taskleak::send " #__VA_ARGS__)
#define TASKLEAK_RECEIVE(...) TASKLEAK_ANNOTATE("taskleak::receive " #__VA_ARGS__)
#define TASKLEAK_CLOSE(...) TASKLEAK_ANNOTATE("taskleak::close " #__VA_ARGS__)
#define TASKLEAK_INTERRUPT(...) TASKLEAK_ANNOTATE("taskleak::interrupt " #__VA_ARGS__)

/* Counters and events. */
#define TASKLEAK_ADD(...) TASKLEAK_ANNOTATE("taskleak::add " #__VA_ARGS__)
#define TASKLEAK_DONE(...) TASKLEAK_ANNOTATE("taskleak::done " #__VA_ARGS__)
#define TASKLEAK_AWAIT(...) TASKLEAK_ANNOTATE("taskleak::await " #__VA_ARGS__)
#define TASKLEAK_ACQUIRE(...) TASKLEAK_ANNOTATE("taskleak::acquire " #__VA_ARGS__)
#define TASKLEAK_RELEASE(...) TASKLEAK_ANNOTATE("taskleak::release " #__VA_ARGS__)
#define TASKLEAK_FULFIL(...) TASKLEAK_ANNOTATE("taskleak::fulfil " #__VA_ARGS__)

/* Cancels. */
#define TASKLEAK_REQUEST(...) TASKLEAK_ANNOTATE("taskleak::request " #__VA_ARGS__)
#define TASKLEAK_REQUESTED(...) TASKLEAK_ANNOTATE("taskleak::requested " #__VA_ARGS__)

/* Nothing that tasks notice; does not throw. */
#define TASKLEAK_IGNORE TASKLEAK_ANNOTATE("taskleak::ignore")

#endif
