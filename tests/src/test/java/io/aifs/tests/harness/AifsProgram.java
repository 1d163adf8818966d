package io.aifs.tests.harness;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How to start the {@code aifs} command in a JVM of its own, as the launcher does. */
final class AifsProgram {
  private static final String MAIN = "io.aifs.cli.Main";

  private static final Pattern ONLY_FOR_TESTS =
      Pattern.compile(
          ".*/(archunit|slf4j|junit|opentest4j|apiguardian|assertj|byte-buddy)[^/]*\\.jar"
              + "|.*/test-classes/?|.*-tests\\.jar|.*/tests/target/[^/]*");

  private AifsProgram() {}

  /**
   * The command line.
   *
   * @param heapMebibytes the most the heap may take
   */
  static List<String> command(int heapMebibytes, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments());
    command.add("-Xmx" + heapMebibytes + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-cp");
    command.add(classPath());
    command.add(MAIN);
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
    // Surefire may hand the real class path over in a property.
    String surefire = System.getProperty("surefire.test.class.path", "");
    String whole = surefire.isEmpty() ? System.getProperty("java.class.path") : surefire;
    return Stream.of(whole.split(File.pathSeparator, -1))
        .filter(entry -> !ONLY_FOR_TESTS.matcher(entry).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
