package io.aifs.tests.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How to start the {@code aifs} command in a JVM of its own, as the launcher does. */
final class AifsProgram {
  private static final String MAIN = "io.aifs.cli.Main";

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

  /** Surefire may hand the real class path over in a property. */
  static String classPath() {
    String surefire = System.getProperty("surefire.test.class.path", "");
    return surefire.isEmpty() ? System.getProperty("java.class.path") : surefire;
  }
}
