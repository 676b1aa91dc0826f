package felix.dataplane.netlink;

import static felix.dataplane.netlink.Samples.add;
import static felix.dataplane.netlink.Samples.delete;
import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.netlink.LinkMessage.LinkSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeLinksTest extends LinkContract {
  @Override
  Lab lab() {
    return new FakeKernel();
  }

  /** As seen on a kernel that has the module; the contract cannot ask for one that has. */
  @Test
  void ipipModuleComesWithALinkThatStays() {
    var kernel = new FakeKernel();
    Rtnetlink netlink = kernel.undisturbed();
    Request ipip = add(new LinkMessage(0, "tunl0", 0, LinkSettings.ofKind("ipip")));
    kernel.installIpip(false);
    assertThat(netlink.execute(List.of(ipip)).getFirst().errno()).isEqualTo(Errno.EOPNOTSUPP);

    kernel.installIpip(true);
    assertThat(netlink.execute(List.of(ipip)).getFirst().errno()).isEqualTo(Errno.EEXIST);

    LinkMessage tunl0 = netlink.links().getLast();
    assertThat(tunl0.settings()).isEqualTo(new LinkSettings("ipip", 1480, null, 0, 0));
    assertThat(netlink.execute(List.of(delete(tunl0)))).isEmpty();
    assertThat(netlink.links()).contains(tunl0);
  }
}
