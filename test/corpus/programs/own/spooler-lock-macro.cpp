// A print spooler with lock macros of the 1990s. Cancelling a job that is not there leaves
// the function with the section entered, so the printer thread never gets it again.
// pattern: lock not released on one path

#include "oracle.h"

#include <pthread.h>

#include <map>

#define SECTION(name)        mutable pthread_mutex_t name
#define SECTION_CREATE(name) pthread_mutex_init(&(name), 0)
#define SECTION_DELETE(name) pthread_mutex_destroy(&(name))
#define ENTER(name)          do { pthread_mutex_lock(&(name))
#define LEAVE(name)          pthread_mutex_unlock(&(name)); } while (0)
#define RETURN_AND_LEAVE(name, value) \
  do { pthread_mutex_unlock(&(name)); return (value); } while (0)

typedef long RESULT;
static const RESULT RES_OK = 0;
static const RESULT RES_NOJOB = 0x80040001L;

struct JOB {
  int nPages;
};

class CSpooler {
public:
  CSpooler() : m_lNextId(1), m_lPagesPrinted(0) { SECTION_CREATE(m_csJobs); }
  ~CSpooler() { SECTION_DELETE(m_csJobs); }

  long Add(int nPages) {
    JOB job = {nPages};
    long lId = 0;
    ENTER(m_csJobs);
      lId = m_lNextId++;
      m_mapJobs[lId] = job;
    LEAVE(m_csJobs);
    return lId;
  }

  RESULT Cancel(long lId) {
    ENTER(m_csJobs);
      if (m_mapJobs.erase(lId) == 0)
#ifdef LEAKING
        return RES_NOJOB; // cause
#else
        RETURN_AND_LEAVE(m_csJobs, RES_NOJOB);
#endif
    LEAVE(m_csJobs);
    return RES_OK;
  }

  long PrintAll() {
    ENTER(m_csJobs); // stuck: unreleased-lock
      while (!m_mapJobs.empty()) {
        m_lPagesPrinted += m_mapJobs.begin()->second.nPages;
        m_mapJobs.erase(m_mapJobs.begin());
      }
    LEAVE(m_csJobs);
    return m_lPagesPrinted;
  }

private:
  SECTION(m_csJobs);
  std::map<long, JOB> m_mapJobs;
  long m_lNextId;
  long m_lPagesPrinted;
};

static void *PrinterThread(void *pParam) {
  oracle::Task alive;
  CSpooler *pSpooler = (CSpooler *)pParam;
  pSpooler->PrintAll();
  return 0;
}

static RESULT PrintReport() {
  CSpooler spooler;
  long lId = spooler.Add(12);
  spooler.Cancel(lId);
  RESULT res = spooler.Cancel(lId); // The user has clicked twice.

  pthread_t hPrinter;
  if (pthread_create(&hPrinter, 0, PrinterThread, &spooler) != 0)
    return res;
  pthread_join(hPrinter, 0); // stuck: lock-cycle
  return res;
}

int main() {
  oracle::watch();
  PrintReport();
  return oracle::verdict();
}
