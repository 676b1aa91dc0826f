package felix.dataplane.netlink;

import felix.dataplane.netlink.LinkMessage.LinkSettings;
import felix.model.MacAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Links by index. May be looked at by several threads. */
final class FakeLinks {
  static final int RUNNING = LinkMessage.FLAG_UP | LinkMessage.FLAG_RUNNING;

  /** What VXLAN adds to a packet on IPv4. */
  private static final int VXLAN_BYTES = 50;

  private static final int DEFAULT_MTU = 1500;
  private static final int IPIP_MTU = 1480;
  private static final int MIN_MTU = 68;
  private static final int DEFAULT_PORT = 8472;
  private static final Errno CARRIED_OUT = new Errno(0);
  private static final Set<String> SIMPLE_KINDS = Set.of("bridge", "dummy");

  private final FakeKernel kernel;
  private final List<LinkMessage> links = new CopyOnWriteArrayList<>();
  private int lastIndex;

  /**
   * Whether there is a module for IPIP, which the kernel loads when it is asked for such a link.
   */
  private boolean ipipInstalled = true;

  private boolean ipipLoaded;

  FakeLinks(FakeKernel kernel) {
    this.kernel = kernel;
    links.add(veth("lo", RUNNING));
  }

  List<LinkMessage> list() {
    return links;
  }

  LinkMessage named(String name) {
    LinkMessage link = held(name);
    if (link == null) {
      throw new AssertionError("no link " + name);
    }
    return link;
  }

  @Nullable LinkMessage withIndex(int index) {
    return links.stream().filter(link -> link.index() == index).findFirst().orElse(null);
  }

  /** A new one, which is not there yet. */
  LinkMessage veth(String name, int flags) {
    return new LinkMessage(
        ++lastIndex, name, flags, new LinkSettings("veth", DEFAULT_MTU, null, 0, 0));
  }

  void addUnheard(LinkMessage link) {
    links.add(link);
  }

  void put(LinkMessage link) {
    links.removeIf(old -> old.index() == link.index());
    links.add(link);
    kernel.report(link, false);
  }

  void setFlags(LinkMessage link, int flags) {
    put(new LinkMessage(link.index(), link.name(), flags, link.settings(), link.vxlan()));
    if ((flags & LinkMessage.FLAG_UP) == 0) {
      kernel.flush(link.index());
    }
  }

  /** With those that stand on it, and with all that hangs on them. */
  void remove(LinkMessage gone) {
    links.stream()
        .filter(link -> link.vxlan() != null && link.vxlan().parentIndex() == gone.index())
        .forEach(this::remove);
    links.remove(gone);
    kernel.forget(gone);
    kernel.report(gone, true);
  }

  void installIpip(boolean installed) {
    ipipInstalled = installed;
  }

  Errno execute(Request.Operation operation, LinkMessage asked) {
    LinkMessage held = asked.index() == 0 ? held(asked.name()) : withIndex(asked.index());
    return switch (operation) {
      case ADD -> held == null ? add(asked) : Errno.EEXIST;
      case REPLACE -> held == null ? add(asked) : Errno.EOPNOTSUPP;
      case CHANGE -> held == null ? Errno.ENODEV : change(held, asked);
      case DELETE -> held == null ? Errno.ENODEV : delete(held);
    };
  }

  private Errno add(LinkMessage asked) {
    String kind = asked.settings().kind();
    if (kind == null) {
      return Errno.EOPNOTSUPP;
    }
    return switch (kind) {
      case "vxlan" -> addVxlan(asked);
      case "ipip" -> addIpip();
      default -> SIMPLE_KINDS.contains(kind) ? make(asked, DEFAULT_MTU) : Errno.EOPNOTSUPP;
    };
  }

  private Errno addVxlan(LinkMessage asked) {
    VxlanParameters vxlan = asked.vxlan();
    if (vxlan == null) {
      return Errno.EINVAL;
    }
    if (vxlan.parentIndex() != 0 && withIndex(vxlan.parentIndex()) == null) {
      return Errno.ENODEV;
    }
    boolean taken =
        links.stream()
            .map(LinkMessage::vxlan)
            .anyMatch(other -> other != null && clash(other, withPort(vxlan)));
    return taken ? Errno.EEXIST : make(asked, DEFAULT_MTU);
  }

  /** The module comes with a link of its own. */
  private Errno addIpip() {
    if (!ipipInstalled) {
      return Errno.EOPNOTSUPP;
    }
    if (!ipipLoaded) {
      ipipLoaded = true;
      make(new LinkMessage(0, "tunl0", 0, LinkSettings.ofKind("ipip")), IPIP_MTU);
    }
    return Errno.EEXIST; // tunnels of one kind must differ in their ends, and this has none
  }

  private Errno make(LinkMessage asked, int defaultMtu) {
    LinkSettings settings = asked.settings();
    int index = ++lastIndex;
    boolean ethernet = !"ipip".equals(settings.kind());
    MacAddress mac =
        settings.mac() == null && ethernet
            ? new MacAddress(0x0200_0000_0000L + index)
            : settings.mac();
    VxlanParameters vxlan = asked.vxlan() == null ? null : withPort(asked.vxlan());
    int largest = largestMtu(vxlan, defaultMtu);
    int mtu = settings.mtuBytes() == 0 ? largest : settings.mtuBytes();
    put(
        new LinkMessage(
            index,
            asked.name(),
            asked.flags() & LinkMessage.FLAG_UP,
            new LinkSettings(
                settings.kind(),
                vxlan == null ? mtu : Math.min(mtu, largest),
                mac,
                0,
                settings.masterIndex()),
            vxlan));
    return CARRIED_OUT;
  }

  private Errno change(LinkMessage held, LinkMessage asked) {
    LinkSettings settings = asked.settings();
    VxlanParameters vxlan = held.vxlan();
    if (settings.kind() != null) {
      if (asked.vxlan() == null || vxlan == null || !isChangeable(vxlan, asked.vxlan())) {
        return Errno.EOPNOTSUPP;
      }
      if (asked.vxlan().parentIndex() != 0 && withIndex(asked.vxlan().parentIndex()) == null) {
        return Errno.ENODEV;
      }
      vxlan = changed(vxlan, asked.vxlan());
    }
    LinkSettings old = held.settings();
    int mtu = settings.mtuBytes() == 0 ? old.mtuBytes() : settings.mtuBytes();
    if (mtu != old.mtuBytes() && (mtu < MIN_MTU || mtu > largestMtu(vxlan, 1 << 16))) {
      return Errno.EINVAL;
    }
    MacAddress mac = settings.mac() == null ? old.mac() : settings.mac();
    var now = new LinkSettings(old.kind(), mtu, mac, old.parentIndex(), old.masterIndex());
    boolean up = (asked.flags() & LinkMessage.FLAG_UP) != 0;
    setFlags(new LinkMessage(held.index(), held.name(), 0, now, vxlan), up ? RUNNING : 0);
    return CARRIED_OUT;
  }

  private Errno delete(LinkMessage held) {
    if (held.name().equals("lo")) {
      return Errno.EOPNOTSUPP;
    }
    if (!"ipip".equals(held.settings().kind())) {
      remove(held);
    }
    return CARRIED_OUT; // though the module's own link stays
  }

  private int largestMtu(@Nullable VxlanParameters vxlan, int otherwise) {
    LinkMessage parent = vxlan == null ? null : withIndex(vxlan.parentIndex());
    return parent == null ? otherwise : parent.settings().mtuBytes() - VXLAN_BYTES;
  }

  private @Nullable LinkMessage held(String name) {
    return links.stream().filter(link -> link.name().equals(name)).findFirst().orElse(null);
  }

  private static VxlanParameters withPort(VxlanParameters vxlan) {
    return vxlan.port() != 0
        ? vxlan
        : new VxlanParameters(
            vxlan.vni(), DEFAULT_PORT, vxlan.local(), vxlan.parentIndex(), vxlan.learning());
  }

  private static boolean clash(VxlanParameters one, VxlanParameters two) {
    return one.vni() == two.vni()
        && one.port() == two.port()
        && one.learning().marksPackets() == two.learning().marksPackets();
  }

  private static boolean isChangeable(VxlanParameters held, VxlanParameters asked) {
    return asked.vni() == held.vni()
        && asked.port() == 0
        && !asked.learning().reportsMisses()
        && !asked.learning().marksPackets();
  }

  private static VxlanParameters changed(VxlanParameters held, VxlanParameters asked) {
    var learning = held.learning();
    return new VxlanParameters(
        held.vni(),
        held.port(),
        asked.local() == null ? held.local() : asked.local(),
        asked.parentIndex() == 0 ? held.parentIndex() : asked.parentIndex(),
        new VxlanParameters.Learning(
            asked.learning().fromPackets(),
            learning.reportsMisses(),
            learning.marksPackets(),
            asked.learning().group() == null ? learning.group() : asked.learning().group()));
  }
}
