package felix.dataplane.ipset;

import felix.dataplane.exec.CommandResult;
import felix.dataplane.exec.CommandRunner;
import felix.model.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's IP sets as {@code ipset} shows them, in memory: with limits, references, and the
 * habit that a restore stops at its first bad line. {@code IpsetContract} holds it to the kernel.
 */
public final class FakeIpset implements CommandRunner {
  private final Map<String, FakeSet> sets = new TreeMap<>();
  private final Set<String> referenced = new HashSet<>();
  private final List<String> restores = new ArrayList<>();
  private Supplier<? extends Collection<String>> rules = List::of;
  private int failures;
  private int refusals;
  private @Nullable String nextList;

  private record FakeSet(String type, String family, int maxSize, Set<String> members) {
    FakeSet(String type, String family, int maxSize) {
      this(type, family, maxSize, new TreeSet<>());
    }
  }

  /** A line that the kernel refuses. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /** Where the names come from that rules hold. */
  public void rulesName(Supplier<? extends Collection<String>> names) {
    rules = names;
  }

  /** As if a rule named the set. */
  public void reference(String name) {
    referenced.add(name);
  }

  public void dereference(String name) {
    referenced.remove(name);
  }

  /** Has so many of the next restores fail half-way. */
  public void failRestores(int count) {
    failures = count;
  }

  /** Has so many of the next restores fail at once. */
  public void refuseRestores(int count) {
    refusals = count;
  }

  /** Has the next list print this instead. */
  public void listAs(String text) {
    nextList = text;
  }

  /** The inputs of all restores so far. */
  public List<String> restores() {
    return Collections.unmodifiableList(restores);
  }

  public Set<String> names() {
    return Collections.unmodifiableSet(sets.keySet());
  }

  /** The members of a set as the kernel prints them, sorted; null if there is no such set. */
  public @Nullable Set<String> members(String name) {
    FakeSet set = sets.get(name);
    return set == null ? null : set.members;
  }

  /** Runs lines by hand; they must be right. */
  public void restore(String... lines) {
    CommandResult result = restore(String.join("\n", lines));
    if (!result.succeeded()) {
      throw new AssertionError(result.errors());
    }
  }

  @Override
  public CommandResult run(List<String> command, String input) {
    return switch (String.join(" ", command)) {
      case "ipset restore" -> {
        restores.add(input);
        yield restore(refusals-- > 0 ? "nonsense\n" : failures-- > 0 ? firstHalf(input) : input);
      }
      case "ipset list" -> ok(takeNextList(list(false)));
      case "ipset list -terse" -> ok(list(true));
      default -> throw new AssertionError("not an ipset command that we use: " + command);
    };
  }

  private String takeNextList(String truth) {
    String text = nextList == null ? truth : nextList;
    nextList = null;
    return text;
  }

  private static String firstHalf(String input) {
    List<String> lines = input.lines().toList();
    return String.join("\n", lines.subList(0, lines.size() / 2)) + "\nnonsense\n";
  }

  private static CommandResult ok(String output) {
    return new CommandResult(0, output, "");
  }

  private CommandResult restore(String input) {
    int number = 0;
    for (String line : input.lines().toList()) {
      number++;
      try {
        execute(line.split(" ", -1));
      } catch (Refused e) {
        return new CommandResult(
            1, "", "ipset v7.17: Error in line " + number + ": " + e.getMessage() + "\n");
      }
    }
    return ok("");
  }

  private void execute(String[] words) throws Refused {
    switch (words[0]) {
      case "create" -> create(words);
      case "add" -> add(set(words[1]), words[2], exist(words));
      case "del" -> delete(set(words[1]), words[2], exist(words));
      case "flush" -> set(words[1]).members.clear();
      case "swap" -> swap(words[1], words[2]);
      case "destroy" -> destroy(words[1]);
      default -> throw new Refused("Unknown argument: `" + words[0] + "'");
    }
  }

  private static boolean exist(String[] words) {
    return words[words.length - 1].equals("-exist");
  }

  private void create(String[] words) throws Refused {
    String name = words[1];
    if (name.length() > 31) {
      throw new Refused("Syntax error: setname '" + name + "' is longer than 31 characters");
    }
    List<String> list = List.of(words);
    var made =
        new FakeSet(
            words[2],
            list.contains("inet6") ? "inet6" : "inet",
            Integer.parseInt(words[list.indexOf("maxelem") + 1]));
    FakeSet old = sets.get(name);
    if (old == null) {
      sets.put(name, made);
    } else if (!exist(words) || !made.type.equals(old.type) || made.maxSize != old.maxSize) {
      throw new Refused("Set cannot be created: set with the same name already exists");
    }
  }

  private static void add(FakeSet set, String text, boolean exist) throws Refused {
    String member = canonical(set, text);
    if (set.members.contains(member)) {
      if (!exist) {
        throw new Refused("Element cannot be added to the set: it's already added");
      }
    } else if (set.members.size() >= set.maxSize) {
      throw new Refused("Hash is full, cannot add more elements");
    } else {
      set.members.add(member);
    }
  }

  private static void delete(FakeSet set, String text, boolean exist) throws Refused {
    if (!set.members.remove(canonical(set, text)) && !exist) {
      throw new Refused("Element cannot be deleted from the set: it's not added");
    }
  }

  private static String canonical(FakeSet set, String text) throws Refused {
    int comma = text.indexOf(',');
    if (set.type.equals("hash:ip,port") != comma >= 0) {
      throw new Refused("Syntax error: not a member of " + set.type + ": " + text);
    }
    Cidr cidr = Cidr.parse(comma < 0 ? text : text.substring(0, comma));
    boolean v6 = cidr.version().number() == 6;
    if (v6 != set.family.equals("inet6")) {
      throw new Refused("Syntax error: cannot parse " + text + ": resolving to IP address failed");
    }
    if (cidr.prefixLength() == 0) {
      throw new Refused("The value of the CIDR parameter of the IP address is invalid");
    }
    String address = cidr.isSingleAddress() ? cidr.address().toString() : cidr.toString();
    return comma < 0 ? address : address + text.substring(comma);
  }

  private void swap(String one, String other) throws Refused {
    FakeSet first = set(one);
    FakeSet second = set(other);
    if (!first.type.equals(second.type) || !first.family.equals(second.family)) {
      throw new Refused("The sets cannot be swapped: their type does not match");
    }
    sets.put(one, second);
    sets.put(other, first);
  }

  private void destroy(String name) throws Refused {
    set(name);
    if (isReferenced(name)) {
      throw new Refused("Set cannot be destroyed: it is in use by a kernel component");
    }
    sets.remove(name);
  }

  private boolean isReferenced(String name) {
    return referenced.contains(name) || rules.get().contains(name);
  }

  private FakeSet set(String name) throws Refused {
    FakeSet set = sets.get(name);
    if (set == null) {
      throw new Refused("The set with the given name does not exist");
    }
    return set;
  }

  private String list(boolean terse) {
    var out = new ArrayList<String>();
    sets.forEach(
        (name, set) ->
            out.add(
                """
                Name: %s
                Type: %s
                Revision: 7
                Header: family %s hashsize 1024 maxelem %d bucketsize 12 initval 0xa14f9c8a
                Size in memory: 552
                References: %d
                Number of entries: %d
                """
                        .formatted(
                            name,
                            set.type,
                            set.family,
                            set.maxSize,
                            isReferenced(name) ? 1 : 0,
                            set.members.size())
                    + (terse ? "" : "Members:\n" + lines(set.members))));
    return String.join("\n", out);
  }

  private static String lines(Collection<String> members) {
    return members.isEmpty() ? "" : String.join("\n", members) + "\n";
  }
}
