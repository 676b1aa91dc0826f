package felix.dataplane.rules;

import static felix.dataplane.rules.MatchText.hex;

import felix.model.Ip;
import felix.model.PortRange;
import org.jspecify.annotations.Nullable;

/** Writes actions as iptables-restore reads them, word for word as Felix v3.14 does. */
final class ActionText {
  private ActionText() {}

  static String of(Action action) {
    return switch (action) {
      case Action.Accept() -> "--jump ACCEPT";
      case Action.Drop() -> "--jump DROP";
      case Action.Reject() -> "--jump REJECT";
      case Action.Return() -> "--jump RETURN";
      case Action.Jump(var chain) -> "--jump " + chain;
      case Action.Goto(var chain) -> "--goto " + chain;
      case Action.SetMark(var bits) -> "--jump MARK --set-mark " + hex(bits) + "/" + hex(bits);
      case Action.ClearMark(var bits) -> "--jump MARK --set-mark 0/" + hex(bits);
      case Action.SetMaskedMark(var value, var mask) ->
          "--jump MARK --set-mark " + hex(value) + "/" + hex(mask);
      case Action.NoTrack() -> "--jump NOTRACK";
      case Action.Masquerade(var ports, var fullyRandom) ->
          "--jump MASQUERADE"
              + (ports == null ? "" : " --to-ports " + range(ports))
              + random(fullyRandom);
      case Action.SourceNat(var address, var ports, var fullyRandom) ->
          "--jump SNAT --to-source " + source(address, ports) + random(fullyRandom);
      case Action.DestinationNat(var address) -> "--jump DNAT --to-destination " + address;
      case Action.SetDscp(var value) -> "--jump DSCP --set-dscp " + value;
      case Action.Log(var prefix) ->
          "--jump LOG --log-prefix \"" + prefix.text() + ": \" --log-level 5";
    };
  }

  /** The address of IPv6 in brackets, or its end could not be told from the ports. */
  private static String source(Ip address, @Nullable PortRange ports) {
    if (ports == null) {
      return address.toString();
    }
    String host =
        switch (address.version()) {
          case V4 -> address.toString();
          case V6 -> "[" + address + "]";
        };
    return host + ":" + range(ports);
  }

  private static String range(PortRange ports) {
    return ports.first() + "-" + ports.last();
  }

  private static String random(boolean fully) {
    return fully ? " --random-fully" : "";
  }
}
