package felix.dataplane.iptables;

import felix.model.IpVersion;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("environments")
class FakeTableDriverTest extends TableDriverContract {
  static Stream<IptablesTools> environments() {
    return Stream.of(
        FakeXtables.tools(IpVersion.V4, IptablesBackend.LEGACY),
        FakeXtables.tools(IpVersion.V6, IptablesBackend.NFT));
  }

  FakeTableDriverTest(IptablesTools tools) {
    super(tools, new FakeXtables(tools.backend()));
  }

  @Override
  TableDriver.Beside beside() {
    return TableDriver.Beside.NOBODY;
  }

  @Override
  int histories() {
    return 2_000;
  }
}
