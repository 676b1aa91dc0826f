package felix;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom. When one of these fails, read its reason before changing it. */
class ArchitectureTest {
  private static final String[] CALC_GRAPH = {"felix.model..", "felix.selector..", "felix.delta..", "felix.calc.."};

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("felix");

  @Test
  void allModulesAreLookedAt() {
    for (var name : new String[] {"felix.calc.CalcGraph", "felix.dataplane.ApplyLoop", "felix.datastore.KeyPath", "felix.rpf.RpfCheck"}) {
      assertThat(CLASSES.contain(name)).as(name).isTrue();
    }
  }

  @Test
  void calcGraphDoesNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAnyPackage(CALC_GRAPH)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net.http..", "javax.net..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.(File.*|RandomAccessFile|Console)|java\\.lang\\.Process.*|java\\.net\\..*Socket.*|java\\.net\\.URL.*")
        .because("the calculation graph is a pure function of what the cluster says; only so can the oracle judge it")
        .check(CLASSES);
  }

  @Test
  void theDataplaneKnowsOnlyTheContract() {
    noClasses()
        .that()
        .resideInAPackage("felix.dataplane..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("felix.calc..", "felix.selector..", "felix.datastore..", "felix.config..", "felix.agent..")
        .because("what the kernel must hold comes as felix.delta; where it comes from must not matter")
        .check(CLASSES);
  }

  @Test
  void nativeCodeIsReachedInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage("felix.dataplane.netlink..")
        .should()
        .dependOnClassesThat(resideInAPackage("jnr.."))
        .because("native calls can take the process down; they are kept where they are few")
        .check(CLASSES);
  }

  @Test
  void programsAreStartedInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage("felix.dataplane.exec..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .because("CommandRunner is the seam that fakes and time limits stand in")
        .check(CLASSES);
  }

  @Test
  void ringsAreAtTheEdges() {
    noClasses()
        .that()
        .resideOutsideOfPackages("felix.calc.ring", "felix.dataplane")
        .should()
        .dependOnClassesThat(resideInAPackage("com.lmax.disruptor.."))
        .because("everything else is called by one thread and need not know how it got there")
        .check(CLASSES);
  }

  @Test
  void onlyTheDatastoreKnowsEtcdAndJson() {
    noClasses()
        .that()
        .resideOutsideOfPackage("felix.datastore..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.etcd..", "io.grpc..", "io.netty..", "com.fasterxml.jackson..")
        .because("the rest of the agent sees resources")
        .check(CLASSES);
  }

  @Test
  void theRpfCheckStandsAlone() {
    noClasses()
        .that()
        .resideInAPackage("felix.rpf..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("felix.rpf..", "java..", "org.jspecify..")
        .because("operators run it without the agent")
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCircles() {
    slices().matching("felix.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
