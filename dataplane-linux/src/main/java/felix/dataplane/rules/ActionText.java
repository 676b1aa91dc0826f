package felix.dataplane.rules;

import static felix.dataplane.rules.MatchText.hex;

/** Writes actions as iptables-restore reads them, word for word as Felix v3.14 does. */
final class ActionText {
  private ActionText() {}

  static String of(Action action) {
    return switch (action) {
      case Action.Accept() -> "--jump ACCEPT";
      case Action.Drop() -> "--jump DROP";
      case Action.Return() -> "--jump RETURN";
      case Action.Jump(var chain) -> "--jump " + chain;
      case Action.Goto(var chain) -> "--goto " + chain;
      case Action.SetMark(var bits) -> "--jump MARK --set-mark " + hex(bits) + "/" + hex(bits);
      case Action.ClearMark(var bits) -> "--jump MARK --set-mark 0/" + hex(bits);
      case Action.SetMaskedMark(var value, var mask) ->
          "--jump MARK --set-mark " + hex(value) + "/" + hex(mask);
      case Action.Log(var prefix) ->
          "--jump LOG --log-prefix \"" + prefix.text() + ": \" --log-level 5";
    };
  }
}
