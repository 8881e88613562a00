// An address book under a GRWLock. Going through the contacts holds a reader's share while it
// calls back, and the callback removes a contact, which takes the lock for writing.
// pattern: relock through a callback

#include "oracle.h"

#include <glib.h>

#define MAX_CONTACTS 3

typedef struct AddressBook AddressBook;
typedef void (*Visit)(AddressBook *book, int contact, gpointer data);

struct AddressBook {
  GRWLock lock;
  gboolean used[MAX_CONTACTS];
};

static void address_book_remove(AddressBook *book, int contact) {
  g_rw_lock_writer_lock(&book->lock); // stuck: lock-cycle
  book->used[contact] = FALSE;
  g_rw_lock_writer_unlock(&book->lock);
}

static gboolean address_book_has(AddressBook *book, int contact) {
  gboolean has;
  g_rw_lock_reader_lock(&book->lock);
  has = book->used[contact];
  g_rw_lock_reader_unlock(&book->lock);
  return has;
}

static void address_book_foreach(AddressBook *book, Visit visit, gpointer data) {
#ifdef LEAKING
  g_rw_lock_reader_lock(&book->lock);
  for (int i = 0; i < MAX_CONTACTS; i++)
    if (book->used[i])
      visit(book, i, data); // cause
  g_rw_lock_reader_unlock(&book->lock);
#else
  for (int i = 0; i < MAX_CONTACTS; i++)
    if (address_book_has(book, i))
      visit(book, i, data);
#endif
}

static void remove_duplicate(AddressBook *book, int contact, gpointer data) {
  int *removed = data;
  if (contact > 0) {
    address_book_remove(book, contact);
    ++*removed;
  }
}

static void clean_up_contacts(void) {
  AddressBook book = {.used = {TRUE, TRUE, FALSE}};
  int removed = 0;

  oracle_begin();
  g_rw_lock_init(&book.lock);
  address_book_foreach(&book, remove_duplicate, &removed);
  g_debug("%d duplicates", removed);
  g_rw_lock_clear(&book.lock);
  oracle_end();
}

int main(void) {
  oracle_watch();
  clean_up_contacts();
  return oracle_verdict();
}
