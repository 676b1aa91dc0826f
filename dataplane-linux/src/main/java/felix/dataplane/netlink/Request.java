package felix.dataplane.netlink;

import java.util.Locale;

/** A change asked of the kernel. */
public record Request(Operation operation, RtnetlinkObject object) {
  /** What is to be done with the object. */
  public enum Operation {
    /** Refused with EEXIST if there is one. */
    ADD(RawMessage.FLAG_CREATE | RawMessage.FLAG_EXCLUSIVE),

    /** In place of what has the same key, if there is such. */
    REPLACE(RawMessage.FLAG_CREATE | RawMessage.FLAG_REPLACE),

    /** Of what is there; refused with ENODEV if it is not. The only way to change a link. */
    CHANGE(0),

    DELETE(0);

    private final int flags;

    Operation(int flags) {
      this.flags = flags;
    }

    int flags() {
      return flags;
    }
  }

  @Override
  public String toString() {
    return operation.name().toLowerCase(Locale.ROOT) + " " + object;
  }
}
