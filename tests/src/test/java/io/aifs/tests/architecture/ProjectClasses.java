package io.aifs.tests.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The compiled classes of all modules, read from their build directories. */
final class ProjectClasses {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Set<String> GENERATED =
      Set.of("io.aifs.proto.v1", "io.aifs.bench.jmh_generated");

  private ProjectClasses() {}

  /** What is shipped: main classes, without what is generated. */
  static JavaClasses main() {
    return new ClassFileImporter()
        .importPaths(directories("classes"))
        .that(
            DescribedPredicate.describe(
                "is written by hand", type -> !GENERATED.contains(type.getPackageName())));
  }

  /** Main and test classes of all modules. */
  static JavaClasses all() {
    List<Path> directories =
        Stream.concat(directories("classes").stream(), directories("test-classes").stream())
            .toList();
    return new ClassFileImporter().importPaths(directories);
  }

  static boolean isTest(JavaClass type) {
    return type.getSource()
        .map(source -> source.getUri().getPath().contains("/test-classes/"))
        .orElse(false);
  }

  private static List<Path> directories(String kind) {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("target").resolve(kind))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
