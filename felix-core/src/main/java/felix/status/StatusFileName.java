package felix.status;

import felix.model.WorkloadEndpointKey;
import java.nio.charset.StandardCharsets;

/** What today's Felix calls the file of an endpoint: three names as in a URL, blanks between. */
final class StatusFileName {
  /** What Go's url.PathEscape leaves as it is, beside letters and digits. */
  private static final String PLAIN = "-_.~$&+:=@";

  private static final int LONGEST = 255;

  private StatusFileName() {}

  /** Empty if no file can be called so. */
  static String of(WorkloadEndpointKey key) {
    String name =
        escaped(key.orchestrator()) + " " + escaped(key.workload()) + " " + escaped(key.endpoint());
    return name.length() <= LONGEST ? name : "";
  }

  /** Whether a file may be one of ours. */
  static boolean isOne(String name) {
    return name.split(" ", -1).length == 3;
  }

  private static String escaped(String text) {
    var out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      out.append(letter || PLAIN.indexOf(c) >= 0 ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return out.toString();
  }
}
