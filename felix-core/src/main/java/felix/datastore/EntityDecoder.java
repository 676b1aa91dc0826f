package felix.datastore;

import felix.model.Cidr;
import felix.model.EntityMatch;
import felix.model.PortRange;
import felix.model.Shown;
import felix.selector.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One side of a rule. */
final class EntityDecoder {
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern RANGE = Pattern.compile("(\\d+):(\\d+)");

  /** Kubernetes' rule: at most 15 letters, digits and single dashes inside, at least one letter. */
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*");

  private EntityDecoder() {}

  static EntityMatch decode(Json entity, String namespace) {
    if (!entity.isPresent()) {
      return EntityMatch.ANY;
    }
    String selector = SelectorRewriting.ofEntity(entity, namespace);
    String notSelector = SelectorRewriting.checked(entity.get("notSelector"));
    Ports ports = Ports.decode(entity.get("ports"));
    Ports notPorts = Ports.decode(entity.get("notPorts"));
    return new EntityMatch(
        selector.isEmpty() ? null : selector,
        notSelector.isEmpty() ? null : Interned.text(Selector.parse(notSelector).canonical()),
        entity.get("nets").parsedItems(Cidr::parse),
        entity.get("notNets").parsedItems(Cidr::parse),
        ports.ranges,
        ports.names,
        notPorts.ranges,
        notPorts.names);
  }

  /** What a list of ports holds: numbers, ranges as text, and names. */
  private record Ports(List<PortRange> ranges, List<String> names) {
    static Ports decode(Json list) {
      var ranges = new ArrayList<PortRange>();
      var names = new ArrayList<String>();
      for (Json port : list.items()) {
        if (port.isTextual() && NAME.matcher(port.text()).matches()) {
          names.add(port.internedText());
        } else {
          ranges.add(
              port.isTextual()
                  ? port.parsed(EntityDecoder::range)
                  : PortRange.of(port.integer(1, 65_535)));
        }
      }
      return new Ports(ranges, names);
    }
  }

  private static PortRange range(String text) {
    var range = RANGE.matcher(text);
    if (range.matches()) {
      return new PortRange(number(range.group(1)), number(range.group(2)));
    }
    if (NUMBER.matcher(text).matches()) {
      return PortRange.of(number(text));
    }
    throw new IllegalArgumentException("not a port: '" + Shown.of(text) + "'");
  }

  private static int number(String digits) {
    int number = digits.length() > 5 ? 0 : Integer.parseInt(digits);
    if (number < 1 || number > 65_535) {
      throw new IllegalArgumentException("not a port: " + Shown.of(digits));
    }
    return number;
  }
}
