package felix.dataplane.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import felix.dataplane.exec.FakeConversations;
import felix.dataplane.rules.Table;
import felix.model.IpVersion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeKeptRestoreTest extends KeptRestoreContract {
  private static final IptablesTools TOOLS = FakeXtables.tools(IpVersion.V4, IptablesBackend.NFT);
  private static final String BATCH = "*filter\n:cali-z - [0:0]\nCOMMIT\n";

  private final FakeConversations conversations = new FakeConversations(runner);

  FakeKeptRestoreTest() {
    super(TOOLS, new FakeXtables(IptablesBackend.NFT), FakeConversations::new);
  }

  @Override
  void killChild() {
    children.close();
  }

  private KeptRestore kept(IptablesTools tools) {
    return new KeptRestore(tools, runner, conversations, Duration.ofSeconds(1));
  }

  @Test
  void whereNoChildAcknowledgesEachBatchHasAProcessOfItsOwn() {
    conversations.fallMute();
    var kept = kept(TOOLS);
    for (int i = 0; i < 10; i++) {
      assertThat(kept.run(TOOLS.restoreCommand(), BATCH).succeeded()).isTrue();
    }
    assertThat(runner.run(TOOLS.saveCommand(Table.FILTER), "").output()).contains(":cali-z");
    assertThat(conversations.begun()).as("children tried").isEqualTo(3);
    assertThat(kept.status().isKept()).isFalse();
    assertThat(kept.status().batches()).isZero();
  }

  @Test
  void oldToolsAreRunAnewForEachBatch() {
    var old =
        new IptablesTools(
            IpVersion.V4,
            IptablesBackend.NFT,
            new IptablesVersion(1, 8, 4),
            TOOLS.saveProgram(),
            TOOLS.restoreCommand());
    var kept = kept(old);
    assertThat(kept.run(TOOLS.restoreCommand(), BATCH).succeeded()).isTrue();
    assertThat(conversations.begun()).isZero();
    assertThat(kept.status().isKept()).isFalse();
  }

  @Test
  void otherProgramsAreRun() {
    var kept = kept(TOOLS);
    assertThat(kept.run(List.of("fake-save", "-t", "nat"), "").output()).contains("*nat");
    assertThat(conversations.begun()).isZero();
  }
}
