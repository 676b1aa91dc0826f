package felix.policysync;

/** The way to one client. Thread {@code policy-sync}. */
interface Outlet {
  /** Whether the client keeps up; if not it is told nothing, and later what has come of it all. */
  boolean isReady();

  void send(Message message);

  /** Nothing more is sent. */
  void end();
}
