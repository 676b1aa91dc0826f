package felix.dataplane;

import felix.dataplane.iptables.IptablesTools;
import felix.dataplane.netlink.IpSets;
import felix.dataplane.netlink.LinkMessage;
import felix.dataplane.netlink.NeighbourMessage;
import felix.dataplane.netlink.NeighbourMessage.NeighbourTable;
import felix.dataplane.netlink.RouteMessage;
import felix.dataplane.netlink.Rtnetlink;
import felix.dataplane.rules.Table;
import felix.model.IpVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What of the agent's is in the kernel, a line each, without what differs from host to host:
 * counters, numbers of links, the tools' spelling. A rule is its hash.
 */
final class HostDump {
  private static final Pattern RULE = Pattern.compile("-A (\\S+) .*\"cali:([\\w-]{16})\".*");

  /** What routes of the agent carry where others have routes, too. */
  private static final int PROTOCOL_OF_AGENT = 80;

  private final Kernel kernel;
  private final List<String> lines = new ArrayList<>();

  HostDump(Kernel kernel) {
    this.kernel = kernel;
  }

  String text() {
    for (var version : IpVersion.values()) {
      IptablesTools tools = kernel.tools().apply(version);
      for (var table : Table.values()) {
        addTable(tools, table);
      }
    }
    addSets();
    try (Rtnetlink netlink = kernel.netlink().connect()) {
      addLinkState(netlink);
    }
    return String.join("\n", lines) + "\n";
  }

  private void addTable(IptablesTools tools, Table table) {
    var head = "v" + tools.ipVersion().number() + " " + table.kernelName() + " ";
    var command = List.of(tools.saveProgram(), "-t", table.kernelName());
    var saved = kernel.commands().run(command, "").output().lines().toList();
    saved.stream()
        .filter(line -> line.startsWith(":cali-"))
        .map(line -> head + line.substring(0, line.indexOf(' ')))
        .sorted()
        .forEach(lines::add);
    saved.stream()
        .map(RULE::matcher)
        .filter(rule -> rule.matches())
        .map(rule -> head + rule.group(1) + " " + rule.group(2))
        .forEach(lines::add);
  }

  private void addSets() {
    var found = new ArrayList<String>();
    try (IpSets sets = kernel.netlink().ipSets()) {
      sets.list(
          () ->
              set -> {
                found.add("set " + set.name() + " " + set.header().type());
                return member -> found.add("set " + set.name() + " holds " + member);
              });
    }
    found.stream().sorted().forEach(lines::add);
  }

  private void addLinkState(Rtnetlink netlink) {
    Map<Integer, String> names = new HashMap<>();
    netlink.links().forEach((LinkMessage link) -> names.put(link.index(), link.name()));
    var found = new ArrayList<String>();
    for (var version : IpVersion.values()) {
      for (RouteMessage route : netlink.routes(version)) {
        String link = names.getOrDefault(route.hop().linkIndex(), "");
        if (isOfAgent(route, link)) {
          found.add(text(route, link));
        }
      }
    }
    for (var table : NeighbourTable.values()) {
      for (NeighbourMessage neighbour : netlink.neighbours(table)) {
        String link = names.getOrDefault(neighbour.linkIndex(), "");
        boolean permanent = (neighbour.state() & NeighbourMessage.STATE_PERMANENT) != 0;
        if (isOfAgent(link) && permanent && neighbour.address() != null) {
          String kind = table == NeighbourTable.FORWARDING ? "fdb " : "neighbour ";
          found.add(kind + neighbour.address() + " dev " + link + " " + neighbour.mac());
        }
      }
    }
    found.stream().sorted().forEach(lines::add);
  }

  private static String text(RouteMessage route, String link) {
    var text = new StringBuilder("route ").append(route.key().destination());
    if (route.kind().type() == RouteMessage.TYPE_BLACKHOLE) {
      return text.append(" blackhole").toString();
    }
    if (route.hop().gateway() != null) {
      text.append(" via ").append(route.hop().gateway());
    }
    return text.append(" dev ").append(link).toString();
  }

  /** Not the kernel's own: link-local, multicast. */
  private static boolean isOfAgent(RouteMessage route, String link) {
    return route.key().table() == RouteMessage.TABLE_MAIN
        && (isOfAgent(link)
            ? route.kind().protocol() != RouteMessage.PROTOCOL_KERNEL
            : route.kind().protocol() == PROTOCOL_OF_AGENT);
  }

  private static boolean isOfAgent(String link) {
    return link.startsWith("cali") || link.equals("vxlan.calico");
  }
}
