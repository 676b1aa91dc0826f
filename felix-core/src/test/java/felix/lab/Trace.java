package felix.lab;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What programs can leave on a guest: rules, sets, addresses, routes, neighbours, sysctls, users,
 * units, and files. A line for each.
 */
public record Trace(List<String> lines) {
  /**
   * The layer in memory with what was written in the guest; a device there is a file that is gone.
   */
  private static final String WRITTEN = "/run/upper";

  private static final String LOOK =
      """
      for program in iptables-legacy ip6tables-legacy iptables-nft ip6tables-nft; do
        $program-save 2>/dev/null | grep -E '^(-A|:cali)' | sed "s/ \\[.*//; s/^/$program /"
      done
      ipset save
      ip -o addr | awk '{ print "addr", $2, $3, $4 }'
      ip -o link | awk '{ print "link", $2, $3 }'
      for version in 4 6; do
        ip -$version route show table all | sed "s/^/route /"
        ip -$version rule | sed "s/^/rule /"
        ip -$version neigh show nud permanent | sed "s/^/neigh /"
      done
      sysctl -a -r '^net[.](ipv4[.](ip_forward|conf)|ipv6[.]conf)' 2>/dev/null
      getent passwd | sed 's/^/user /'
      getent group | sed 's/^/group /'
      find /run -xdev ! -type d -not -path '%1$s/*' -not -path '/run/lab/*' -not -path '/run/guest/*' | sed 's/^/file /'
      find /etc/systemd /run/systemd/system /lib/systemd/system | sed 's/^/unit /'
      find %1$s ! -type d ! -type c | sed 's|^%1$s|file |'
      """
          .formatted(WRITTEN);

  /** As it is now. */
  public static Trace now() {
    return new Trace(Shell.here().run(LOOK).lines().distinct().toList());
  }

  /**
   * What is now and was not then, and the other way round.
   *
   * @param allowed a pattern of lines that do not count
   */
  public List<String> since(Trace then, Pattern allowed) {
    var more = lines.stream().filter(line -> !then.lines.contains(line)).map(line -> "+ " + line);
    var less = then.lines.stream().filter(line -> !lines.contains(line)).map(line -> "- " + line);
    return Stream.concat(more, less).filter(line -> !allowed.matcher(line).find()).toList();
  }
}
