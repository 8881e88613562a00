// Threads that wait until the database is open. It is opened once, and pthread_cond_signal
// lets one of them through.
// pattern: notify_one for several waiters

#include "oracle.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

typedef struct DatabaseTag {
   pthread_mutex_t Mutex;
   pthread_cond_t Opened;
   bool IsOpen;
   long Queries;
} Database;

static void DbInit(Database *Db)
{
   pthread_mutex_init(&Db->Mutex, NULL);
   pthread_cond_init(&Db->Opened, NULL);
   Db->IsOpen = false;
   Db->Queries = 0;
}

static void DbFini(Database *Db)
{
   pthread_cond_destroy(&Db->Opened);
   pthread_mutex_destroy(&Db->Mutex);
}

static void DbOpen(Database *Db)
{
   pthread_mutex_lock(&Db->Mutex);
   Db->IsOpen = true;
#ifdef LEAKING
   pthread_cond_signal(&Db->Opened); // cause
#else
   pthread_cond_broadcast(&Db->Opened);
#endif
   pthread_mutex_unlock(&Db->Mutex);
}

static void DbQuery(Database *Db)
{
   pthread_mutex_lock(&Db->Mutex);
   while (!Db->IsOpen)
      pthread_cond_wait(&Db->Opened, &Db->Mutex); // stuck: unwoken-wait
   Db->Queries++;
   pthread_mutex_unlock(&Db->Mutex);
}

static void *SessionMain(void *Arg)
{
   oracle_begin();
   DbQuery(Arg);
   oracle_end();
   return NULL;
}

static long ServeSessions(void)
{
   Database Db;
   pthread_t Sessions[3];
   long Queries;

   DbInit(&Db);
   for (int I = 0; I < 3; ++I)
      if (pthread_create(&Sessions[I], NULL, SessionMain, &Db) != 0)
         abort();
   oracle_window(); /* All sessions wait. */
   DbOpen(&Db);
   for (int I = 0; I < 3; ++I)
      pthread_join(Sessions[I], NULL);
   Queries = Db.Queries;
   DbFini(&Db);
   return Queries;
}

int main(void)
{
   oracle_watch();
   ServeSessions();
   return oracle_verdict();
}
