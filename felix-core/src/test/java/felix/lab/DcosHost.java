package felix.lab;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A whole machine as a node of DC/OS: its {@code /opt/mesosphere} is laid out as DC/OS does, etcd
 * has the name that it has there, and the agent is a {@link Service}. Only for a guest with
 * systemd, since nothing is put back.
 */
public final class DcosHost implements AutoCloseable {
  /** What DC/OS calls the node: its address. */
  public static final String NAME = Node.IP;

  private final Lab lab;
  private final Path journal;
  private final Service service = new Service();

  /**
   * A node without an agent.
   *
   * @param test whose log files these are
   */
  public DcosHost(Class<?> test) {
    if (!Files.isDirectory(Path.of("/run/guest")) || !Files.isDirectory(Path.of("/run/systemd"))) {
      throw new LabException("this is no guest with systemd (bin/guest -s), and would be changed");
    }
    var files = Path.of("src/test/resources/dcos").toAbsolutePath();
    Shell.here()
        .run(
            """
            set -e
            mkdir -p /run/lab /run/netns /opt/mesosphere
            cp -r %s/. /opt/mesosphere
            echo 127.0.0.1 master.dcos.thisdcos.directory >>/etc/hosts
            """
                .formatted(files));
    lab = Lab.ofThisMachine(test);
    journal = Logs.fresh(test.getSimpleName() + "-journal");
  }

  /** Its etcd, workloads and packets. */
  public Lab lab() {
    return lab;
  }

  public Service service() {
    return service;
  }

  @Override
  public void close() {
    service.leaveJournal(journal);
    lab.close();
  }
}
