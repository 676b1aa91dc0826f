package felix.dataplane.netlink;

import felix.model.Ip;
import felix.model.IpVersion;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** Addresses of links. May be looked at by several threads. */
final class FakeAddresses {
  private static final Errno CARRIED_OUT = new Errno(0);

  private final FakeKernel kernel;
  private final List<AddressMessage> addresses = new CopyOnWriteArrayList<>();

  FakeAddresses(FakeKernel kernel) {
    this.kernel = kernel;
  }

  List<AddressMessage> list() {
    return addresses;
  }

  boolean isLocal(Ip ip) {
    return addresses.stream().anyMatch(address -> address.address().equals(ip));
  }

  void forget(int linkIndex) {
    addresses.stream().filter(address -> address.linkIndex() == linkIndex).forEach(this::remove);
  }

  Errno execute(Request.Operation operation, AddressMessage asked) {
    if (Errno.ENODEV.equals(kernel.unusable(asked.linkIndex()))) {
      return Errno.ENODEV;
    }
    List<AddressMessage> same = addresses.stream().filter(held -> same(held, asked)).toList();
    return switch (operation) {
      case ADD, REPLACE, CHANGE -> {
        if (!same.isEmpty()) {
          yield operation == Request.Operation.ADD ? Errno.EEXIST : CARRIED_OUT;
        }
        addresses.add(asked);
        kernel.report(asked, false);
        yield CARRIED_OUT;
      }
      case DELETE -> {
        same.forEach(this::remove);
        if (!same.isEmpty() && isLast(asked)) {
          kernel.disableIpv4(asked.linkIndex());
        }
        yield same.isEmpty() ? Errno.EADDRNOTAVAIL : CARRIED_OUT;
      }
    };
  }

  /** Whether the link has none of IPv4 any more. */
  private boolean isLast(AddressMessage removed) {
    return removed.address().version() == IpVersion.V4
        && addresses.stream()
            .filter(address -> address.address().version() == IpVersion.V4)
            .noneMatch(address -> address.linkIndex() == removed.linkIndex());
  }

  private void remove(AddressMessage address) {
    addresses.remove(address);
    kernel.report(address, true);
  }

  private static boolean same(AddressMessage one, AddressMessage two) {
    return one.linkIndex() == two.linkIndex()
        && one.address().equals(two.address())
        && one.prefixLength() == two.prefixLength()
        && Objects.equals(one.others().farEnd(), two.others().farEnd());
  }
}
