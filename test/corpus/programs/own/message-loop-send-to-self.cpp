// A window's message loop in the old style of desktop programs. A handler sends a message
// to its own window and waits for the answer, which only its own thread could give.
// pattern: task waits for its own end

#include "oracle.h"

#include <pthread.h>

#include <list>

enum EMessage { MSG_PAINT = 1, MSG_RESIZE = 2 };

struct SMessage {
	EMessage	eMessage;
	bool		*pbHandled;	// NULL if nobody waits
};

class CWindow {
public:
	CWindow()
	{
		m_bQuit = false;
		m_nPainted = 0;
		pthread_mutex_init(&m_mtx, NULL);
		pthread_cond_init(&m_cndMessage, NULL);
		pthread_cond_init(&m_cndHandled, NULL);
		pthread_create(&m_hThread, NULL, ThreadProc, this);
	}

	~CWindow()
	{
		pthread_mutex_lock(&m_mtx);
		m_bQuit = true;
		pthread_cond_signal(&m_cndMessage);
		pthread_mutex_unlock(&m_mtx);
		pthread_join(m_hThread, NULL);
		pthread_cond_destroy(&m_cndHandled);
		pthread_cond_destroy(&m_cndMessage);
		pthread_mutex_destroy(&m_mtx);
	}

	// Returns at once.
	void PostMessage(EMessage eMessage)
	{
		SMessage msg = { eMessage, NULL };
		pthread_mutex_lock(&m_mtx);
		m_lstMessages.push_back(msg);
		pthread_cond_signal(&m_cndMessage);
		pthread_mutex_unlock(&m_mtx);
	}

	// Returns when the message has been handled.
	void SendMessage(EMessage eMessage)
	{
		bool bHandled = false;
		SMessage msg = { eMessage, &bHandled };
		pthread_mutex_lock(&m_mtx);
		m_lstMessages.push_back(msg);
		pthread_cond_signal(&m_cndMessage);
		while (!bHandled)
			pthread_cond_wait(&m_cndHandled, &m_mtx); // stuck: unwoken-wait, self-join
		pthread_mutex_unlock(&m_mtx);
	}

private:
	static void *ThreadProc(void *pvThis)
	{
		oracle::Task alive;
		static_cast<CWindow *>(pvThis)->Run();
		return NULL;
	}

	// False when the window is closed.
	bool GetMessage(SMessage *pMsg)
	{
		pthread_mutex_lock(&m_mtx);
		while (m_lstMessages.empty() && !m_bQuit)
			pthread_cond_wait(&m_cndMessage, &m_mtx);
		bool bGot = !m_lstMessages.empty();
		if (bGot) {
			*pMsg = m_lstMessages.front();
			m_lstMessages.pop_front();
		}
		pthread_mutex_unlock(&m_mtx);
		return bGot;
	}

	void Run()
	{
		SMessage msg;
		while (GetMessage(&msg)) {
			HandleMessage(msg.eMessage);
			if (msg.pbHandled != NULL)
				Answer(msg.pbHandled);
		}
	}

	void HandleMessage(EMessage eMessage)
	{
		switch (eMessage) {
		case MSG_PAINT:
			++m_nPainted;
			break;
		case MSG_RESIZE:
#ifdef LEAKING
			SendMessage(MSG_PAINT); // cause
#else
			HandleMessage(MSG_PAINT);
#endif
			break;
		default:
			break;
		}
	}

	void Answer(bool *pbHandled)
	{
		pthread_mutex_lock(&m_mtx);
		*pbHandled = true;
		pthread_cond_broadcast(&m_cndHandled);
		pthread_mutex_unlock(&m_mtx);
	}

	pthread_t		m_hThread;
	pthread_mutex_t		m_mtx;
	pthread_cond_t		m_cndMessage;
	pthread_cond_t		m_cndHandled;
	std::list<SMessage>	m_lstMessages;
	bool			m_bQuit;
	int			m_nPainted;
};

static void OnUserDragsBorder()
{
	CWindow wnd;
	wnd.PostMessage(MSG_PAINT);
	wnd.SendMessage(MSG_RESIZE);
}

int main()
{
	oracle_watch();
	OnUserDragsBorder();
	return oracle_verdict();
}
