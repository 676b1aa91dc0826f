package felix.dataplane.exec;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Knows where programs are: in the folders of a PATH, then in those where the tools of the kernel
 * usually live. A service may be started with a PATH that has no {@code sbin}.
 *
 * <p>What was found stays as found; what was not is looked for again. Any thread.
 */
public final class ProgramFinder {
  private static final List<String> USUAL_FOLDERS =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private final List<Path> folders;
  private final Map<String, Path> found = new ConcurrentHashMap<>();

  /**
   * Looks in these folders first.
   *
   * @param path as the environment variable PATH; its relative folders are left out
   */
  public ProgramFinder(String path) {
    this.folders =
        Stream.concat(Stream.of(path.split(File.pathSeparator)), USUAL_FOLDERS.stream())
            .map(Path::of)
            .filter(Path::isAbsolute)
            .distinct()
            .toList();
  }

  private ProgramFinder(List<Path> folders) {
    this.folders = folders;
  }

  /** Looks in one folder and nowhere else. */
  public static ProgramFinder only(Path folder) {
    return new ProgramFinder(List.of(folder));
  }

  /** Looks where this process's own environment says. */
  public static ProgramFinder ofEnvironment() {
    return new ProgramFinder(System.getenv().getOrDefault("PATH", ""));
  }

  public boolean isInstalled(String program) {
    return find(program).isPresent();
  }

  Optional<Path> find(String program) {
    var known = found.get(program);
    if (known != null) {
      return Optional.of(known);
    }
    var path = folders.stream().map(f -> f.resolve(program)).filter(this::isProgram).findFirst();
    path.ifPresent(p -> found.put(program, p));
    return path;
  }

  /** For a program that could not be started: it may have been moved. */
  void forget(String program) {
    found.remove(program);
  }

  /** The folders as a PATH, for programs that start others. */
  String path() {
    var names = new ArrayList<String>();
    folders.forEach(folder -> names.add(folder.toString()));
    return String.join(File.pathSeparator, names);
  }

  private boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }
}
