package io.aifs.tests.harness;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How to start the {@code aifs} command in a JVM of its own, as the launcher does. */
final class AifsProgram {
  private static final String MAIN = "io.aifs.cli.Main";

  private static final Pattern ONLY_FOR_TESTS =
      Pattern.compile(
          ".*/(archunit|junit|opentest4j|apiguardian|assertj|byte-buddy)[^/]*\\.jar"
              + "|.*/test-classes/?|.*-tests\\.jar|.*/tests/target/[^/]*");

  private static final String VECTOR_MODULE = "--add-modules=jdk.incubator.vector";

  /** Whether a command runs long enough for better code, and for vector instructions, to pay. */
  enum Length {
    SHORT,
    LONG
  }

  /** The long ones; the launcher has the same list. */
  private static final Set<String> LONG =
      Set.of(
          "quickstart",
          "serve",
          "doctor",
          "put",
          "get",
          "import",
          "export",
          "cat",
          "search",
          "index",
          "verify",
          "fsck",
          "gc");

  private AifsProgram() {}

  /**
   * The command line.
   *
   * @param heapMebibytes the most the heap may take
   */
  static List<String> command(int heapMebibytes, List<String> arguments) {
    Length length = Collections.disjoint(arguments, LONG) ? Length.SHORT : Length.LONG;
    List<String> command = new ArrayList<>(java(length, heapMebibytes));
    Optional<Path> classes = length == Length.SHORT ? SharedClasses.SHORT : SharedClasses.LONG;
    classes.ifPresent(
        file -> {
          command.add("-Xlog:disable"); // of a file that does not fit after all
          command.add("-XX:SharedArchiveFile=" + file);
        });
    command.addAll(main(arguments));
    return command;
  }

  /** A JVM and what the launcher asks of it. */
  static List<String> java(Length length, int heapMebibytes) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    List<String> flags = new ArrayList<>(jvmArguments());
    if (length == Length.SHORT) {
      flags.remove(VECTOR_MODULE);
      flags.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(flags);
    command.add("-Xmx" + heapMebibytes + "m");
    command.add("-XX:+UseSerialGC");
    return command;
  }

  /** What it runs. */
  static List<String> main(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("-cp", classPath(), MAIN));
    command.addAll(arguments);
    return command;
  }

  private static List<String> jvmArguments() {
    return Stream.of(System.getProperty("aifs.jvm.args", "").split(" ", -1))
        .filter(argument -> !argument.isBlank())
        .toList();
  }

  /** The class path of the product: that of these tests without what only tests need. */
  static String classPath() {
    return classPathEntries().stream()
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The same, one by one. */
  static List<Path> classPathEntries() {
    // Surefire may hand the real class path over in a property.
    String surefire = System.getProperty("surefire.test.class.path", "");
    String whole = surefire.isEmpty() ? System.getProperty("java.class.path") : surefire;
    return Stream.of(whole.split(File.pathSeparator, -1))
        .filter(entry -> !ONLY_FOR_TESTS.matcher(entry).matches())
        .map(Path::of)
        .toList();
  }
}
