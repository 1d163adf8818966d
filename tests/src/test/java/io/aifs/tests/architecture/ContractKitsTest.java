package io.aifs.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every implementation of an interface that has a contract kit must pass that kit. */
class ContractKitsTest {
  private static final JavaClasses ALL = ProjectClasses.all();

  @ParameterizedTest
  @CsvSource({
    "io.aifs.server.chunk.ChunkStore, io.aifs.server.chunk.ChunkStoreContract",
    "io.aifs.server.pack.RecordStore, io.aifs.server.pack.RecordStoreContract",
    "io.aifs.server.catalog.Catalog, io.aifs.server.catalog.CatalogContract",
    "io.aifs.crypto.KeyService, io.aifs.server.keys.KeyServiceContract",
    "io.aifs.vector.VectorIndex, io.aifs.vector.VectorIndexContract",
    "io.aifs.server.file.Disk, io.aifs.server.file.DiskContract",
  })
  void everyImplementationHasATestThatExtendsTheKit(String contractOf, String kit) {
    Set<String> implementations =
        ALL.get(contractOf).getAllSubclasses().stream()
            .filter(type -> !type.isInterface())
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .filter(type -> !ProjectClasses.isTest(type))
            .map(JavaClass::getFullName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> covered = new TreeSet<>();
    ALL.get(kit).getAllSubclasses().forEach(test -> addReach(test, covered));
    assertThat(implementations).isNotEmpty();
    assertThat(covered)
        .as("what the tests that extend " + kit + " open")
        .containsAll(implementations);
  }

  /** Adds what a test uses, directly or through other test classes. */
  private static void addReach(JavaClass test, Set<String> reached) {
    Deque<JavaClass> todo = new ArrayDeque<>(List.of(test));
    while (!todo.isEmpty()) {
      JavaClass next = todo.pop();
      if (reached.add(next.getFullName()) && ProjectClasses.isTest(next)) {
        next.getDirectDependenciesFromSelf().forEach(use -> todo.push(use.getTargetClass()));
      }
    }
  }
}
