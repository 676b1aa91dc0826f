package felix.model;

import java.util.List;

/**
 * Which HTTP requests a rule is for. Only consumers of the policy sync API can tell; in the kernel
 * the rule matches as if this were not there.
 *
 * @param methods any of them; empty: all
 * @param paths likewise
 */
public record HttpMatch(List<String> methods, List<Path> paths) {
  /**
   * A path.
   *
   * @param prefix whether all paths that begin so match
   */
  public record Path(String text, boolean prefix) {}

  public HttpMatch {
    methods = List.copyOf(methods);
    paths = List.copyOf(paths);
  }
}
