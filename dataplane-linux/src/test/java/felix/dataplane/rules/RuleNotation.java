package felix.dataplane.rules;

import felix.delta.ActiveEntity;
import felix.delta.ActiveRule;
import felix.delta.IpSetId;
import felix.model.Cidr;
import felix.model.IcmpMatch;
import felix.model.IpVersion;
import felix.model.PortRange;
import felix.model.Protocol;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;

/**
 * Reads an active rule from one line: {@code allow v4 proto tcp from net 10.0.0.0/8 set s:a to !net
 * 10.1.0.0/16 ports 80,8000:8010 named n:b # key=value}. The words: an action; {@code v4, v6};
 * {@code proto, icmp} with what must be; {@code from, to} ahead of one side's {@code net, ports,
 * set, named} with a list; a '!' negates; behind '#' stand annotations, with ';' between them.
 */
final class RuleNotation {
  private static final List<String> SIDE_WORDS = List.of("net", "ports", "set", "named");

  private RuleNotation() {}

  static ActiveRule parse(String line) {
    String[] halves = line.split(" # ", 2);
    var words = new ArrayDeque<>(Arrays.asList(halves[0].trim().split("\\s+", -1)));
    var action = RuleAction.valueOf(words.remove().toUpperCase(Locale.ROOT));
    var given = keywords(words);
    var version =
        given.containsKey("v4") ? IpVersion.V4 : given.containsKey("v6") ? IpVersion.V6 : null;
    var source = "from".equals(words.peek()) ? side(words) : ActiveEntity.ANY;
    var destination = "to".equals(words.peek()) ? side(words) : ActiveEntity.ANY;
    if (!words.isEmpty()) {
      throw new IllegalArgumentException("not understood from '" + words.peek() + "': " + line);
    }
    return new ActiveRule(
        action,
        version,
        given.containsKey("proto") ? Protocol.parse(given.get("proto")) : null,
        given.containsKey("!proto") ? Protocol.parse(given.get("!proto")) : null,
        given.containsKey("icmp") ? icmp(given.get("icmp")) : null,
        given.containsKey("!icmp") ? icmp(given.get("!icmp")) : null,
        source,
        destination,
        halves.length == 1 ? List.of() : Arrays.asList(halves[1].trim().split(";", -1)),
        RuleOrigin.NONE);
  }

  private static Map<String, String> keywords(Queue<String> words) {
    var given = new HashMap<String, String>();
    while (!words.isEmpty() && !List.of("from", "to").contains(words.peek())) {
      String word = words.remove();
      given.put(word, List.of("v4", "v6").contains(word) ? "" : words.remove());
    }
    return given;
  }

  private static ActiveEntity side(Queue<String> words) {
    words.remove();
    var given = new HashMap<String, String>();
    while (!words.isEmpty() && SIDE_WORDS.contains(words.peek().replace("!", ""))) {
      given.put(words.remove(), words.remove());
    }
    return new ActiveEntity(
        list(given, "net", Cidr::parse),
        list(given, "!net", Cidr::parse),
        list(given, "ports", RuleNotation::ports),
        list(given, "!ports", RuleNotation::ports),
        list(given, "set", IpSetId::new),
        list(given, "!set", IpSetId::new),
        list(given, "named", IpSetId::new),
        list(given, "!named", IpSetId::new));
  }

  private static <T> List<T> list(
      Map<String, String> given, String word, Function<String, T> read) {
    var items = new ArrayList<T>();
    for (String item : given.getOrDefault(word, "").split(",", -1)) {
      if (!item.isEmpty()) {
        items.add(read.apply(item));
      }
    }
    return items;
  }

  private static PortRange ports(String text) {
    String[] ends = text.split(":", -1);
    return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
  }

  private static IcmpMatch icmp(String text) {
    String[] parts = text.split("/", -1);
    return new IcmpMatch(
        Integer.parseInt(parts[0]), parts.length == 1 ? null : Integer.valueOf(parts[1]));
  }
}
