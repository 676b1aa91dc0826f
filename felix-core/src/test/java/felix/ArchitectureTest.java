package felix;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Which package may use which, where Maven's modules do not say it already. */
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("felix");

  private static final String[] CALC_GRAPH = {
    "felix.model..",
    "felix.selector..",
    "felix.delta..",
    "felix.latency..",
    "felix.calc..",
    "felix.verdict.."
  };

  private static final String[] IO = {
    "java.io..", "java.net.http..", "java.nio.file..", "java.nio.channels..", "java.util.logging.."
  };

  @TestFactory
  Stream<DynamicTest> layersHold() {
    return Stream.of(
            only("com.lmax.disruptor..", "felix.ring", "felix.calc.ring", "felix.dataplane")
                .because("threads meet in the two rings and nowhere else"),
            only("jnr..", "felix.dataplane.netlink", "felix.unix")
                .because("native memory is unsafe; a mistake there must have one place to be in"),
            only("io.etcd..", "felix.datastore")
                .because(
                    "jetcd loses events when it resumes; only the watcher knows how to use it"),
            only("io.grpc..", "felix.datastore", "felix.policysync")
                .because("that is jetcd's business, and that of the one API that we serve"),
            only("com.fasterxml.jackson..", "felix.datastore")
                .because("decoding is total in one place; elsewhere there are only checked values"),
            only("felix.metrics..", "felix.metrics", "felix.agent")
                .because("the parts count for themselves, metrics ask them"),
            noClasses()
                .that()
                .resideOutsideOfPackage("felix.dataplane.exec")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class)
                .because("programs run with a time limit, absolute paths and no shell"),
            noClasses()
                .that()
                .resideInAnyPackage(CALC_GRAPH)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(IO)
                .because("the calculation graph is a function: same resources, same delta"),
            noClasses()
                .that()
                .resideInAnyPackage(CALC_GRAPH)
                .should()
                .haveNameMatching("(?i).*(iptables|nftables|netlink|sysctl|conntrack|chain).*")
                .because("what this host must hold does not depend on how the kernel holds it"),
            noClasses()
                .that()
                .resideInAPackage("felix.dataplane..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("felix.calc..", "felix.selector..")
                .because("deltas are all that the dataplane is told"),
            noClasses()
                .that()
                .resideInAPackage("felix.dataplane.rules..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    "felix.dataplane.exec..",
                    "felix.dataplane.netlink..",
                    "felix.dataplane.iptables..",
                    "java.nio.file..")
                .because("rules are values that are compared with files, without a kernel"),
            noClasses()
                .that()
                .resideInAPackage("felix.config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("felix.dataplane..", "felix.datastore..", "felix.calc..")
                .because("settings know no consumer; felix.agent fills the consumers' records"),
            slices()
                .matching("felix.(**)")
                .should()
                .beFreeOfCycles()
                .because("whoever reads one package must not have to read the other first"))
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(ALL)));
  }

  /** Only these packages may use it. */
  private static ArchRule only(String used, String... users) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(users)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(used);
  }
}
