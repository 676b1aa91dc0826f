package felix.rpf;

import felix.rpf.RpfVerdict.Enforced;
import felix.rpf.RpfVerdict.Refused;
import felix.rpf.RpfVerdict.Tolerated;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The program {@code rpf-check}: a table, a verdict, and a status that says the same. */
public final class Main {
  static final int USAGE_STATUS = 64;

  private static final String USAGE =
      """
      Usage: rpf-check [options]

      Says whether workloads on this host could send packets with forged source addresses. Changes nothing.

      Options:
        -c, --config-file=FILE  felix.cfg; need not exist [default: /etc/calico/felix.cfg]
        --ignore-loose          accept loose filtering; the same as FELIX_IGNORELOOSERPF=true in the environment or
                                IgnoreLooseRPF = true in felix.cfg
        -h, --help              print this and end

      Ends with 0 if the kernel checks strictly, 1 if it does not and that is accepted, 2 if an agent refuses to start here,
      64 if the options make no sense. For systemd's ExecStartPre= every status but 0 is a failure. So that 1 is none:
        ExecStartPre=/bin/sh -c '/opt/calico-felix/bin/rpf-check || [ $? -eq 1 ]'
      """;

  private final RpFilterReader host;
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  Main(RpFilterReader host, Map<String, String> environment, PrintStream out, PrintStream err) {
    this.host = host;
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    int status =
        new Main(RpFilterReader.ofHost(), System.getenv(), System.out, System.err)
            .run(List.of(args));
    System.out.flush();
    System.exit(status);
  }

  /** The status to end with. */
  int run(List<String> arguments) {
    Path file = Path.of("/etc/calico/felix.cfg");
    boolean ignore = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("-h") || argument.equals("--help")) {
        out.print(USAGE);
        return 0;
      } else if (argument.equals("--ignore-loose")) {
        ignore = true;
      } else if (argument.startsWith("--config-file=")) {
        file = Path.of(argument.substring("--config-file=".length()));
      } else if (List.of("-c", "--config-file").contains(argument) && i + 1 < arguments.size()) {
        i++;
        file = Path.of(arguments.get(i));
      } else {
        err.print("rpf-check: " + argument + " makes no sense\n\n" + USAGE);
        return USAGE_STATUS;
      }
    }
    CheckSettings settings =
        CheckSettings.read(file, environment, warning -> err.println("rpf-check: " + warning));
    return check(settings.workloads(), ignore || settings.ignoreLooseRpf());
  }

  private int check(WorkloadInterfaces workloads, boolean ignoreLooseRpf) {
    RpFilterSettings found = host.read();
    RpfTable.lines(found, workloads, ignoreLooseRpf).forEach(out::println);
    RpfVerdict verdict = RpfCheck.judge(found, workloads, ignoreLooseRpf);
    switch (verdict) {
      case Enforced() -> out.println("enforced");
      case Tolerated(var reason) ->
          out.println("tolerated: only the agent's rule drops forged source addresses. " + reason);
      case Refused(var reason) -> err.println("refused: " + reason);
    }
    return verdict.status();
  }
}
