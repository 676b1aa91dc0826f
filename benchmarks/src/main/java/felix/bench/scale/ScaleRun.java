package felix.bench.scale;

import felix.bench.fleet.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs whole agents, one after the other, on one etcd with a large cluster, and prints what they
 * needed. To be started by {@code benchmarks/scale}, which sees to it that nothing of it reaches
 * the machine.
 */
public final class ScaleRun {
  /** Room for a cluster that was changed some times, and for transactions of hundreds of keys. */
  private static final String[] ETCD_OPTIONS = {
    "--quota-backend-bytes=8589934592", "--max-txn-ops=1024", "--max-request-bytes=16777216"
  };

  /** Kept, or the level would be forgotten. */
  private static final Logger CHATTER = Logger.getLogger("io");

  private ScaleRun() {}

  /**
   * Prints a table.
   *
   * @param args see {@link Plan}
   */
  public static void main(String[] args) throws Exception {
    CHATTER.setLevel(Level.SEVERE);
    Plan plan = Plan.parse(args);
    Path folder = Files.createTempDirectory("scale");
    System.out.println(plan);
    System.out.println(Figures.table(plan.agents(), run(plan, folder)));
  }

  /** The figures of each agent; their logs are left in the folder. */
  static List<Figures> run(Plan plan, Path folder) throws IOException, InterruptedException {
    try (var server = Server.etcd(folder, "0.0.0.0", ETCD_OPTIONS);
        var etcd = new Etcd(server.address())) {
      var world = new World(plan);
      long start = System.nanoTime();
      int keys = etcd.write(world.entries());
      System.out.printf(
          "%,d keys of %,d hosts in etcd after %d s, which has %d MiB now%n",
          keys,
          world.hosts() + 1,
          Duration.ofNanos(System.nanoTime() - start).toSeconds(),
          server.residentMiB());
      var all = new ArrayList<Figures>();
      for (String agent : plan.agents()) {
        Path log = folder.resolve("agent-" + all.size() + ".log");
        System.out.println(agent + ", log in " + log);
        all.add(new Trial(all.size() + 1, plan, world, etcd).run(agent, server.port(), log));
      }
      return all;
    }
  }
}
