package felix.config;

import java.time.Duration;
import java.util.List;

/** Policy that is enforced before the kernel makes a packet of it. */
public final class XdpSettings {
  private static final String NOT_HERE = "XDP speeds up policy of host endpoints; iptables does it";

  static final Setting<Duration> XDP_REFRESH_INTERVAL =
      Setting.of(
              "XDPRefreshInterval",
              Types.SECONDS,
              "90",
              "How often XDP's state is read back from the kernel; 0 for never.")
          .unused(NOT_HERE);

  static final Setting<Boolean> XDP_ENABLED =
      Setting.of(
              "XDPEnabled", Types.BOOL, "true", "Whether XDP drops what untracked policy denies.")
          .unused(NOT_HERE);

  static final Setting<Boolean> GENERIC_XDP_ENABLED =
      Setting.of(
              "GenericXDPEnabled",
              Types.BOOL,
              "false",
              "Whether also where the driver does not support it, slowly.")
          .unused(NOT_HERE);

  static final List<Setting<?>> ALL =
      List.of(XDP_REFRESH_INTERVAL, XDP_ENABLED, GENERIC_XDP_ENABLED);

  private XdpSettings() {}
}
