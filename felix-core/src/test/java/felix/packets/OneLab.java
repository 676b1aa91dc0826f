package felix.packets;

import felix.lab.Backend;
import felix.lab.Lab;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Cases of one test class that share a lab, in which an agent runs from the first of them on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneLab {
  final Backend backend;
  final Lab lab;

  /** A lab whose log files are those of the outermost class. */
  OneLab(Backend backend) {
    this.backend = backend;
    lab = new Lab(getClass().getNestHost(), backend);
  }

  /** Sets and loads what the agent is to find. */
  abstract void prepare();

  @BeforeAll
  final void start() {
    prepare();
    lab.startAgent().awaitReady();
    lab.settle();
  }

  @AfterAll
  final void close() {
    lab.close();
  }
}
