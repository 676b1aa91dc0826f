package felix.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * A small cluster as data: what etcd holds, the workloads of this node, and packets with what
 * should become of them.
 */
public record World(String name, List<State> states) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Path FILES = Path.of("src/test/resources/worlds");

  private static final String ENDING = ".json";

  /**
   * A world at one time.
   *
   * @param kvs all of etcd
   * @param allowed the indexes of the probes that arrive
   * @param forwards what the node sends elsewhere
   */
  public record State(
      Map<String, String> kvs,
      List<Workload> workloads,
      List<Probe> probes,
      Set<Integer> allowed,
      List<PortForward> forwards) {
    public State(
        Map<String, String> kvs,
        List<Workload> workloads,
        List<Probe> probes,
        Set<Integer> allowed) {
      this(kvs, workloads, probes, allowed, List.of());
    }

    /** The same with another etcd. */
    public State with(Map<String, String> others) {
      return new State(others, workloads, probes, allowed, forwards);
    }
  }

  /** A world that the tests carry, by its file's name without the ending. */
  public static World named(String name) {
    return read(FILES.resolve(name + ENDING));
  }

  /** The names of all worlds of a kind, in an order that is always the same. */
  public static List<String> names(String kind) {
    try (var files = Files.list(FILES)) {
      return files
          .map(file -> file.getFileName().toString().replace(ENDING, ""))
          .filter(name -> name.startsWith(kind + "-"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The example of {@code ./run}. */
  public static World bookstore() {
    return read(Lab.ROOT.resolve("config/bookstore.json"));
  }

  private static World read(Path file) {
    try {
      var json = JSON.readTree(Files.readString(file));
      var states = json.has("states") ? elements(json.get("states")) : List.of(json);
      return new World(file.getFileName().toString(), states.stream().map(World::state).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static State state(JsonNode json) {
    var kvs = new LinkedHashMap<String, String>();
    for (var entry : json.get("kvs").properties()) {
      kvs.put(entry.getKey(), entry.getValue().toString());
    }
    var workloads = elements(json.get("workloads")).stream().map(World::workload).toList();
    var probes = elements(json.get("probes")).stream().map(World::probe).toList();
    var allowed = new TreeSet<Integer>();
    json.get("allowed").forEach(index -> allowed.add(index.intValue()));
    var forwards = elements(json.path("dnat")).stream().map(World::forward).toList();
    return new State(kvs, workloads, probes, allowed, forwards);
  }

  private static Workload workload(JsonNode json) {
    var ip6 = json.has("ip6") ? json.get("ip6").textValue() : null;
    return new Workload(
        json.get("iface").textValue(),
        json.get("ip").textValue(),
        json.get("mac").textValue(),
        ip6);
  }

  private static PortForward forward(JsonNode json) {
    return new PortForward(
        json.get(0).textValue(),
        json.get(1).textValue(),
        json.get(2).intValue(),
        json.get(3).textValue(),
        json.get(4).intValue());
  }

  private static Probe probe(JsonNode json) {
    int protocol = Probe.number(json.get(2).asText());
    boolean icmp = protocol == Probe.ICMP || protocol == Probe.ICMPV6;
    var typeAndCode = json.get(4);
    int type = icmp && !typeAndCode.isNull() ? typeAndCode.get(0).intValue() : 8;
    int code = icmp && !typeAndCode.isNull() ? typeAndCode.get(1).intValue() : 0;
    return new Probe(
        json.get(0).textValue(),
        json.get(1).textValue(),
        protocol,
        json.get(3).intValue(),
        icmp ? type : 0,
        icmp ? code : 0);
  }

  private static List<JsonNode> elements(JsonNode array) {
    return new ArrayList<>(StreamSupport.stream(array.spliterator(), false).toList());
  }
}
