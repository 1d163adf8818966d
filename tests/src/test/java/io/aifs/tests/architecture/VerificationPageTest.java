package io.aifs.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/verification.md} names tests that exist, and every test of this module. */
class VerificationPageTest {
  private static final Pattern TEST_NAME = Pattern.compile("`([a-z]+\\.)?([A-Z][A-Za-z0-9]*Test)`");

  @Test
  void everyTestItNamesExists() throws IOException {
    Set<String> existing =
        ProjectClasses.all().stream()
            .filter(ProjectClasses::isTest)
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toSet());
    assertThat(existing).containsAll(named());
  }

  @Test
  void itNamesEveryTestOfThisModule() throws IOException {
    Set<String> here =
        ProjectClasses.all().stream()
            .filter(type -> type.getPackageName().startsWith("io.aifs.tests"))
            .filter(type -> !type.getPackageName().endsWith(".harness"))
            .map(JavaClass::getSimpleName)
            .filter(name -> name.endsWith("Test"))
            .collect(Collectors.toCollection(TreeSet::new));
    here.remove(VerificationPageTest.class.getSimpleName());
    assertThat(named()).containsAll(here);
  }

  private static Set<String> named() throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher matcher = TEST_NAME.matcher(Files.readString(Path.of("../docs/verification.md")));
    while (matcher.find()) {
      names.add(matcher.group(2));
    }
    return names;
  }
}
