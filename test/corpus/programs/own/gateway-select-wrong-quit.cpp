// A gateway that selects among signals of its own making: orders, prices and quit. When it
// is stopped it raises a second signal of the same name, which the loop does not look at.
// pattern: select whose cancel case never fires

#include "oracle.h"

#include <condition_variable>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <thread>

/* Signals of one selector share its lock and its condition. */
class Selector;

class Signal
{
public:
   explicit Signal(Selector& selector) : m_selector(selector) {}
   void Raise();

private:
   friend class Selector;
   Selector& m_selector;
   int       m_raised = 0;
};

class Selector
{
public:
   /* Returns the position of a signal that has been raised. */
   int WaitAny(std::initializer_list<Signal*> signals)
   {
      std::unique_lock<std::mutex> lock(m_mutex);
      for (;;)
      {
         int position = 0;
         for (Signal* signal : signals)
         {
            if (signal->m_raised > 0)
            {
               --signal->m_raised;
               return position;
            }
            ++position;
         }
         m_raised.wait(lock); // stuck: unwoken-wait, select-without-cancel
      }
   }

private:
   friend class Signal;
   std::mutex              m_mutex;
   std::condition_variable m_raised;
};

void Signal::Raise()
{
   std::lock_guard<std::mutex> lock(m_selector.m_mutex);
   ++m_raised;
   m_selector.m_raised.notify_all();
}

class Gateway
{
public:
   Gateway()
      : m_orders(m_selector), m_prices(m_selector), m_quit(m_selector)
   {
      m_thread = std::thread([this] { Run(); });
   }

   ~Gateway()
   {
#ifdef LEAKING
      Signal quit(m_selector);
      quit.Raise(); // cause
#else
      m_quit.Raise();
#endif
      m_thread.join();
   }

   void OnOrder() { m_orders.Raise(); }
   void OnPrice() { m_prices.Raise(); }

private:
   void Run()
   {
      oracle::Task alive;
      enum { ORDER, PRICE, QUIT };
      for (;;)
      {
         switch (m_selector.WaitAny({&m_orders, &m_prices, &m_quit}))
         {
         case ORDER: ++m_ordersSeen; break;
         case PRICE: ++m_pricesSeen; break;
         case QUIT:  return;
         }
      }
   }

   Selector    m_selector;
   Signal      m_orders;
   Signal      m_prices;
   Signal      m_quit;
   int         m_ordersSeen = 0;
   int         m_pricesSeen = 0;
   std::thread m_thread;
};

void TradeForADay()
{
   Gateway gateway;
   gateway.OnPrice();
   gateway.OnOrder();
}

int main()
{
   oracle::watch();
   TradeForADay();
   return oracle::verdict();
}
