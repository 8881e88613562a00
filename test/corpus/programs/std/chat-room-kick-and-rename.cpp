// A chat server. Kicking locks the room and then the user, renaming locks the user and
// then his room: two moderators at once wait for each other.
// pattern: locks in opposite order

#include "oracle.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace chat {

struct User;

struct Room {
  std::mutex lock;
  std::vector<User *> members;
  int revision = 0;
};

struct User {
  std::mutex lock;
  std::string nick;
  Room *room = nullptr;
};

void kick(Room &room, User &user) {
  std::lock_guard<std::mutex> in_room(room.lock);
  oracle::window(); // The other moderator holds the user.
  std::lock_guard<std::mutex> of_user(user.lock); // stuck: lock-cycle
  room.members.erase(std::remove(room.members.begin(), room.members.end(), &user), room.members.end());
  user.room = nullptr;
}

void rename(Room &room, User &user, std::string nick) {
#ifdef LEAKING
  std::lock_guard<std::mutex> of_user(user.lock);
  oracle::window(); // The other moderator holds the room.
  std::lock_guard<std::mutex> in_room(room.lock); // stuck: lock-cycle
#else
  std::lock_guard<std::mutex> in_room(room.lock);
  std::lock_guard<std::mutex> of_user(user.lock);
#endif
  user.nick = std::move(nick);
  ++room.revision;
}

} // namespace chat

void moderate() {
  chat::Room lobby;
  chat::User guest;
  guest.nick = "guest17";
  guest.room = &lobby;
  lobby.members.push_back(&guest);

  std::thread first([&] {
    oracle::Task alive;
    chat::kick(lobby, guest);
  });
  std::thread second([&] {
    oracle::Task alive;
    chat::rename(lobby, guest, "banned");
  });
  first.join();
  second.join();
}

int main() {
  oracle::watch();
  moderate();
  return oracle::verdict();
}
