package felix.policysync;

import felix.model.Shown;
import felix.policysync.CredentialFiles.Stamp;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket for each workload that has credentials. What cannot be had is tried at every look, and
 * said once. Thread {@code policy-sync-sockets}, but for the numbers.
 */
final class SocketFolder {
  private static final Logger LOG = LoggerFactory.getLogger(SocketFolder.class);

  /** More than any host has workloads. */
  private static final int MOST_SOCKETS = 1000;

  private final Path making;
  private final CredentialFiles files;
  private final SocketMaker maker;
  private final Map<String, Served> served = new HashMap<>();
  private final Map<String, String> refused = new HashMap<>();
  private String trouble = "";
  private volatile int servedCount;
  private volatile int refusedCount;

  /** Makes a workload's socket. */
  interface SocketMaker {
    /**
     * Makes it, and moves it to its place.
     *
     * @param making where it can be made, before it is moved to its place
     */
    WorkloadSocket make(Path making, Path place, Credentials whose) throws IOException;
  }

  private record Served(Stamp stamp, WorkloadSocket socket) {}

  SocketFolder(Path prefix, SocketMaker maker) {
    this.making = prefix.resolve(".felix.new");
    this.files = new CredentialFiles(prefix);
    this.maker = maker;
  }

  /** How many workloads have a socket. Any thread. */
  int served() {
    return servedCount;
  }

  /** How many should have one, and have none. Any thread. */
  int refused() {
    return refusedCount;
  }

  /** Brings the sockets to what the credentials say. */
  void look() {
    try {
      follow(files.list());
      trouble = "";
    } catch (NoSuchFileException e) {
      trouble("there is no " + e.getFile());
    } catch (IOException e) {
      trouble(e.toString());
    } catch (RefusedException e) {
      trouble(e.reason());
    }
    servedCount = served.size();
    refusedCount = refused.size();
  }

  /** Those that there are stay: their streams may go on. */
  private void trouble(String now) {
    if (!now.equals(trouble)) {
      LOG.warn("No sockets for policy sync are made: {}", now);
    }
    trouble = now;
  }

  private void follow(Map<String, Stamp> found) {
    for (String uid : new HashSet<>(served.keySet())) {
      Served one = served.get(uid);
      if (one != null && !one.stamp.equals(found.get(uid))) {
        LOG.info("Policy sync for {} ends", uid);
        one.socket.close();
        served.remove(uid);
      }
    }
    refused.keySet().retainAll(found.keySet());
    found.forEach(this::serve);
  }

  private void serve(String uid, Stamp stamp) {
    if (served.containsKey(uid)) {
      return;
    }
    try {
      if (served.size() >= MOST_SOCKETS) {
        throw new RefusedException("there are " + MOST_SOCKETS + " already");
      }
      Credentials whose = files.read(uid);
      served.put(uid, new Served(stamp, maker.make(making, files.socket(uid), whose)));
      refused.remove(uid);
      LOG.info("Policy sync for {}: {}/{}", uid, whose.namespace(), whose.workload());
    } catch (IOException e) {
      refuse(uid, e.toString());
    } catch (RefusedException e) {
      refuse(uid, e.reason());
    }
  }

  private void refuse(String uid, String reason) {
    if (!reason.equals(refused.put(uid, reason))) {
      LOG.warn("No policy sync for '{}': {}", Shown.of(uid), reason);
    }
  }
}
