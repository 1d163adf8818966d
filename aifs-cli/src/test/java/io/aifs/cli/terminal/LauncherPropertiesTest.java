package io.aifs.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.cli.testing.ProjectRoot;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherPropertiesTest {
  private static final Pattern PASSED = Pattern.compile("-D(aifs\\.[a-z.]+)=");

  @Test
  void theLauncherPassesWhatTheProgramReadsAndNothingElse() throws Exception {
    assertThat(passed()).isEqualTo(read()).contains("aifs.columns", "aifs.stderr.fd");
  }

  /** The properties of ours that the launcher sets. */
  private static Set<String> passed() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String script : List.of("aifs", "scripts/jvm")) {
      Matcher matcher = PASSED.matcher(Files.readString(ProjectRoot.find().resolve(script)));
      while (matcher.find()) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }

  /** The properties of ours that the command asks for anywhere, as its compiled classes say. */
  private static Set<String> read() throws Exception {
    Set<String> names = new TreeSet<>();
    Path classes =
        Path.of(
            LauncherProperties.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        ClassFile.of()
            .parse(file)
            .methods()
            .forEach(method -> method.code().ifPresent(code -> addRead(code, names)));
      }
    }
    return names;
  }

  /** Adds the texts that {@code code} hands to a method that gets a property. */
  private static void addRead(CodeModel code, Set<String> names) {
    List<String> texts = new ArrayList<>();
    for (CodeElement element : code) {
      if (element instanceof ConstantInstruction constant
          && constant.constantValue() instanceof String text) {
        texts.add(text);
      } else if (element instanceof InvokeInstruction call) {
        if (call.name().equalsString("getProperty")) {
          texts.stream().filter(text -> text.startsWith("aifs.")).forEach(names::add);
        }
        texts.clear();
      }
    }
  }

  private static int columns(String reported) {
    Properties properties = new Properties();
    properties.setProperty("aifs.columns", reported);
    return LauncherProperties.of(properties).columns();
  }

  @ParameterizedTest
  @CsvSource({"200, 200", "80, 80", "20, 20", "19, 20", "1, 20", "9999, 9999"})
  void aTerminalIsAsWideAsItSaysButNeverTooNarrowForALine(String reported, int columns) {
    assertThat(columns(reported)).isEqualTo(columns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "00", "", "-1", "wide", "10000"})
  void aWidthThatCannotBeCountsAs80(String reported) {
    assertThat(columns(reported)).isEqualTo(80);
  }

  @Test
  void withoutALauncherNothingIsATerminal() {
    assertThat(LauncherProperties.of(new Properties())).isEqualTo(LauncherProperties.NONE);
  }
}
