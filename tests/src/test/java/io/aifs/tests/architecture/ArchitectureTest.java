package io.aifs.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows, borders and habits of the code base. */
class ArchitectureTest {
  private static final JavaClasses MAIN = ProjectClasses.main();

  /** The places that put objects together, and the command: they may ask for now and for chance. */
  private static final Set<String> WIRING =
      Set.of(
          "io.aifs.client.internal.ChannelClients",
          "io.aifs.client.internal.ChannelOpener",
          "io.aifs.client.internal.Surroundings");

  private static final DescribedPredicate<JavaClass> IS_WIRING =
      describe(
          "are wiring or the command",
          type ->
              type.getPackageName().equals("io.aifs.server")
                  || type.getPackageName().startsWith("io.aifs.cli")
                  || type.getPackageName().startsWith("io.aifs.bench")
                  || WIRING.contains(outermost(type).getFullName()));

  @Test
  void everyRowOfTheTableHasClasses() {
    TreeSet<String> rows = new TreeSet<>();
    MAIN.forEach(type -> rows.add(ModuleArrows.rowOf(type.getPackageName())));
    assertThat(rows).containsExactlyInAnyOrderElementsOf(ModuleArrows.ALLOWED.keySet());
  }

  @Test
  void arrowsPointDown() {
    classes()
        .should(new UseOnlyAllowedPackages())
        .because("only the edges know the wire, only the engine combines, nothing points up")
        .check(MAIN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .assignedFrom(new PackageSlices())
        .should()
        .beFreeOfCycles()
        .because("a package that needs its own users cannot be understood alone")
        .check(MAIN);
  }

  @Test
  void sqlStaysInItsCatalog() {
    noClasses()
        .that(not(resideInAPackage("io.aifs.server.catalog.sqlite..")))
        .and(not(resideInAPackage("io.aifs.bench.."))) // there as what to beat
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
        .because("another database must be able to stand behind the same interface")
        .check(MAIN);
  }

  @Test
  void theWireStaysAtTheEdges() {
    noClasses()
        .that(not(resideInAnyPackage("io.aifs.server.grpc..", "io.aifs.client.internal..")))
        .and(not(resideInAPackage("io.aifs.server")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "io.netty..", "io.aifs.proto..")
        .because("inside, everything speaks the model; the wire may change without it")
        .check(MAIN);
  }

  @Test
  void librariesStayWhereTheyBelong() {
    only("io.aifs.vector..", "org.apache.lucene..").because("it is a derived index").check(MAIN);
    only("io.aifs.fuse..", "ru.serce.jnrfuse..", "jnr.ffi..")
        .because("another FUSE binding must be able to replace it")
        .check(MAIN);
    only("io.aifs.cli..", "picocli..").because("only the command parses arguments").check(MAIN);
    only("io.aifs.server.engine.policy..", "com.networknt..")
        .because("another schema library must be able to replace it")
        .check(MAIN);
    noClasses()
        .that(
            not(
                resideInAnyPackage(
                    "io.aifs.core.chunk..", "io.aifs.client.internal..", "io.aifs.server.grpc..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.github.luben..")
        .because("zstd is a chunk codec and a wire encoding, nothing else")
        .check(MAIN);
  }

  private static ArchRule only(String where, String... libraries) {
    return noClasses()
        .that(not(resideInAPackage(where)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries);
  }

  @Test
  void cryptographyStaysInItsModule() {
    noClasses()
        .that(not(resideInAPackage("io.aifs.crypto..")))
        .and()
        .doNotHaveFullyQualifiedName("io.aifs.bench.Blake3Benchmark") // compares with the JDK's
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.security..", "javax.crypto..", "org.bouncycastle..")
                .and(not(resideInAPackage("java.security.cert.."))))
        .because("key handling is reviewed in one place")
        .check(MAIN);
  }

  @Test
  void certificatesStayAtTheEdges() {
    noClasses()
        .that(not(resideInAnyPackage("io.aifs.server.grpc..", "io.aifs.client.internal..")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.security.cert..", "javax.net.ssl..")
        .because("TLS belongs to the transport")
        .check(MAIN);
  }

  @Test
  void timeAndChanceComeThroughConstructors() {
    noClasses()
        .that(not(IS_WIRING))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callConstructor(Random.class)
        .because("a test must be able to decide what time it is and what is drawn")
        .check(MAIN);
  }

  @Test
  void implementationsAreFinalOrPackagePrivate() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and()
        .areNotEnums()
        .and()
        .resideOutsideOfPackage("io.aifs.bench..") // JMH extends what it measures
        .should()
        .haveModifier(JavaModifier.FINAL)
        .because("behaviour is replaced behind interfaces, never by inheritance")
        .check(MAIN);
  }

  @Test
  void classesAreNamedForWhatTheyAre() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Util|Utils|Helper|Helpers|Manager)")
        .because("a class is a noun that says what it is")
        .check(MAIN);
  }

  @Test
  void everyPackageIsNullMarkedAndSaysItsPurpose() {
    Set<String> packages = new TreeSet<>();
    Set<String> marked = new TreeSet<>();
    for (JavaClass type : MAIN) {
      packages.add(type.getPackageName());
      if (type.getSimpleName().equals("package-info") && type.isAnnotatedWith(NullMarked.class)) {
        marked.add(type.getPackageName());
      }
    }
    assertThat(marked).as("null is never a value").containsExactlyElementsOf(packages);
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }
}
