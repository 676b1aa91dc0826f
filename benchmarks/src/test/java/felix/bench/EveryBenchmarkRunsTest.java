package felix.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * One short iteration of every benchmark of the module, with its smallest sizes: none may throw.
 * What it takes is not looked at.
 */
class EveryBenchmarkRunsTest {
  /** A parameter of which a larger value means less work. */
  private static final String DIVISOR = "part";

  @BeforeAll
  static void besideOtherRuns() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @ParameterizedTest
  @MethodSource("benchmarkClasses")
  void runsToItsEnd(Class<?> type) throws RunnerException {
    var options =
        new OptionsBuilder()
            .include("^" + type.getName().replace(".", "\\.") + "\\.[^.]+$")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(50))
            .shouldFailOnError(true);
    parameters(type).forEach(field -> options.param(field.getName(), smallest(field)));
    Set<String> ran =
        new Runner(options.build())
            .run().stream()
                .map(RunResult::getPrimaryResult)
                .map(result -> result.getLabel())
                .collect(Collectors.toCollection(TreeSet::new));
    assertThat(ran).isEqualTo(benchmarks(type));
  }

  @Test
  void findsBenchmarksInAllPackages() throws IOException {
    assertThat(benchmarkClasses().map(Class::getPackageName).distinct()).hasSizeGreaterThan(2);
  }

  /** Of what was compiled, not of JMH's list: that a benchmark is not in the list must show. */
  static Stream<Class<?>> benchmarkClasses() throws IOException {
    Path root = classes();
    try (var files = Files.walk(root)) {
      List<Class<?>> found =
          files
              .map(file -> root.relativize(file).toString())
              .filter(file -> file.endsWith(".class") && !file.contains("jmh_generated"))
              .sorted()
              .<Class<?>>map(EveryBenchmarkRunsTest::load)
              .filter(type -> !Modifier.isAbstract(type.getModifiers()))
              .filter(type -> !benchmarks(type).isEmpty())
              .toList();
      return found.stream();
    }
  }

  private static Set<String> benchmarks(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.isAnnotationPresent(Benchmark.class))
        .map(method -> method.getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Also those of the states that the benchmarks are given. */
  private static Stream<Field> parameters(Class<?> type) {
    Stream<Class<?>> states =
        Arrays.stream(type.getMethods())
            .filter(method -> method.isAnnotationPresent(Benchmark.class))
            .flatMap(method -> Arrays.stream(method.getParameterTypes()));
    return Stream.concat(Stream.<Class<?>>of(type), states)
        .distinct()
        .flatMap(state -> Arrays.stream(state.getFields()))
        .filter(field -> field.isAnnotationPresent(Param.class))
        .distinct();
  }

  /** The smallest number; of what is no number, all; of {@code part} a hundredth. */
  private static String[] smallest(Field field) {
    if (field.getName().equals(DIVISOR)) {
      return new String[] {"100"};
    }
    String[] values = field.getAnnotation(Param.class).value();
    if (values.length == 1 && values[0].equals(Param.BLANK_ARGS)) {
      return Arrays.stream(field.getType().getEnumConstants())
          .map(constant -> ((Enum<?>) constant).name())
          .toArray(String[]::new);
    }
    boolean numbers = Arrays.stream(values).allMatch(value -> value.matches("\\d+"));
    return numbers
        ? Arrays.stream(values).min(Comparator.comparingLong(Long::parseLong)).stream()
            .toArray(String[]::new)
        : values;
  }

  private static Class<?> load(String file) {
    String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
    try {
      return Class.forName(name, false, EveryBenchmarkRunsTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name, e);
    }
  }

  private static Path classes() {
    try {
      return Path.of(ResultTable.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
