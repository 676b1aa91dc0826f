package felix.agent;

/** What the process ends with. The first four are Felix's. */
enum ExitCode {
  OK(0),
  /** On a signal to end. */
  STOPPED(1),
  /** A bug. */
  FAULT(2),
  /** To be started again with other settings. */
  CONFIGURATION_CHANGED(129),
  /** The command line makes no sense. */
  USAGE(64),
  /** Etcd does not answer, and a command does not wait for it. */
  UNAVAILABLE(69),
  /** Another agent runs on this host; perhaps not for long. */
  ALREADY_RUNNING(75),
  /** Something of ours is still on this host, or could not be looked at. */
  LEFTOVERS(74),
  /** Not on this host, or not with these settings: starting again changes nothing. */
  UNSUITABLE(78);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }
}
