package io.aifs.tests.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.ExternalTool;
import io.aifs.tests.harness.Homes;
import io.aifs.tests.harness.Launcher;
import io.aifs.tests.harness.RandomTree;
import io.aifs.tests.harness.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way once through the launcher, in an environment that knows no UTF-8. */
class PosixLocaleTest {
  private static final String TREE = "aifs://default/main/tree";

  @TempDir Path temporary;

  @Test
  void theLauncherKeepsEveryNameUnderThePosixLocale() {
    SeededTest.run(
        1,
        random -> {
          Launcher launcher = Launcher.in(Files.createDirectory(temporary.resolve("home")));
          Path source = temporary.resolve("source");
          RandomTree.write(random, source, 200, 100_000);
          Path copy = temporary.resolve("copy");
          Map<String, String> environment = new Homes(temporary.resolve("user")).environment();
          environment.put("LC_ALL", "POSIX");
          environment.put("LANG", "POSIX");
          aifs(launcher, environment, "init");
          aifs(launcher, environment, "put", source.toString(), TREE);
          String listed = aifs(launcher, environment, "ls", TREE);
          assertThat(listed).contains("plain.txt");
          aifs(launcher, environment, "get", TREE, copy.toString());
          assertThat(Trees.describe(copy)).isEqualTo(Trees.describe(source));
          aifs(launcher, environment, "verify", "--all");
          aifs(launcher, environment, "fsck", "--read-data");
        });
  }

  private static String aifs(
      Launcher launcher, Map<String, String> environment, String... arguments) {
    ExternalTool.Output output = launcher.run(environment, arguments);
    assertThat(output.exit())
        .as("exit code of ./aifs %s, which said:%n%s", String.join(" ", arguments), output.text())
        .isZero();
    assertThat(output.text()).as("the JVM's own warnings").doesNotContain("WARNING");
    return output.text();
  }
}
