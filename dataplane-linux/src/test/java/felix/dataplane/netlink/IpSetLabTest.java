package felix.dataplane.netlink;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that run against the kernel's sets and against their stand-in. */
public abstract class IpSetLabTest {
  protected IpSetLab lab;
  protected IpSets sets;

  protected abstract IpSetLab lab();

  @BeforeEach
  final void openSets() {
    lab = lab();
    sets = lab.connect();
  }

  @AfterEach
  final void closeSets() {
    sets.close();
    lab.close();
  }
}
