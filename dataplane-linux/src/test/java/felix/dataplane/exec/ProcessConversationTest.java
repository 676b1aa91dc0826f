package felix.dataplane.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import felix.count.Distribution;
import felix.dataplane.reconcile.KernelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessConversationTest {
  private static final Duration AMPLE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final ProcessConversations programs =
      new ProcessConversations(ProgramFinder.ofEnvironment(), new Distribution());
  private Conversation talk = programs.begin(List.of("true"));

  private void begin(String script) {
    talk.close();
    talk = programs.begin(List.of("sh", "-c", script));
  }

  @AfterEach
  void end() {
    talk.close();
  }

  @Test
  void eachThingSaidIsAnsweredByTheSameProgram() {
    begin("while read line; do echo \"$$\"; echo \"end $line\"; done");
    var first = talk.say("1\n", "end 1", AMPLE);
    var second = talk.say("2\n", "end 2", AMPLE);
    assertThat(first.exitCode()).isZero();
    assertThat(first.output()).endsWith("end 1\n");
    assertThat(second.output()).isEqualTo(first.output().replace("end 1", "end 2"));
    assertThat(talk.isOver()).isFalse();
    assertThat(talk.residentBytes()).isPositive();
  }

  @Test
  void whatFollowsTheLastLineIsNotWaitedFor() {
    begin("read a; echo end; sleep 100");
    assertThat(talk.say("go\n", "end", AMPLE).output()).isEqualTo("end\n");
  }

  @Test
  void itsEndIsToldWithItsLastWords() {
    begin("read a; echo half; echo trouble in line 7 >&2; exit 3");
    var result = talk.say("go\n", "end", AMPLE);
    assertThat(result).isEqualTo(new CommandResult(3, "half\n", "trouble in line 7\n"));
    assertThat(talk.isOver()).isTrue();
  }

  @Test
  void oneThatHangsIsKilled() {
    begin("kill -STOP $$");
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> talk.say("go\n", "end", SHORT))
        .withMessage("run sh: killed, as it had not answered after 200 ms");
    assertThat(talk.isOver()).isTrue();
  }

  @Test
  void oneThatDoesNotReadIsKilledThoughThePipeIsFull() {
    begin("exec sleep 100");
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> talk.say("x\n".repeat(1 << 20), "end", SHORT))
        .withMessageContaining("killed");
  }

  @Test
  void oneThatTalksWithoutEndIsKilled() {
    begin("yes");
    var result = talk.say("go\n", "end", AMPLE);
    assertThat(result.succeeded()).isFalse();
    assertThat(talk.isOver()).isTrue();
  }

  @Test
  void oneThatEndedBetweenTwoThingsSaidIsOver() throws Exception {
    begin("read a; echo end; exit 5");
    talk.say("go\n", "end", AMPLE);
    while (!talk.isOver()) {
      Thread.onSpinWait();
    }
    assertThat(talk.say("go\n", "end", AMPLE).exitCode()).isEqualTo(5);
  }

  @Test
  void whatItComplainedAboutEarlierIsNotHeldAgainstItLater() {
    begin("while read line; do echo \"odd $line\" >&2; echo \"end $line\"; done");
    for (int i = 0; i < 3_000; i++) {
      var result = talk.say(i + "\n", "end " + i, AMPLE);
      assertThat(result.errors().lines().count()).isLessThanOrEqualTo(2);
    }
  }

  /** Begins a conversation, tells whose, and goes on for ever. */
  static final class Agent {
    private Agent() {}

    public static void main(String[] args) throws InterruptedException {
      var programs = new ProcessConversations(ProgramFinder.ofEnvironment(), new Distribution());
      programs.begin(List.of("cat")).say("hello\n", "hello", AMPLE);
      ProcessHandle.current().children().forEach(child -> System.out.println(child.pid()));
      Thread.sleep(AMPLE);
    }
  }

  @Test
  void noProgramOutlivesAnAgentThatIsKilled() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var agent =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), Agent.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long pid = Long.parseLong(agent.inputReader().readLine());
    var program = ProcessHandle.of(pid).orElseThrow();
    assertThat(program.isAlive()).isTrue();
    agent.destroyForcibly();
    program.onExit().get(30, TimeUnit.SECONDS);
  }
}
