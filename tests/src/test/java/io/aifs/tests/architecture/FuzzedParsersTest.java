package io.aifs.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every parser of bytes or text is shown random ones by a fuzz test, or it says here why not. */
class FuzzedParsersTest {
  private static final Pattern PARSER_NAME =
      Pattern.compile("(parse|decode|read|unpack|fromBytes|fromSeed|requireValid)[A-Za-z]*");

  private static final Set<String> INPUTS =
      Set.of(
          "byte[]",
          "java.lang.String",
          "java.lang.CharSequence",
          "java.nio.ByteBuffer",
          "java.io.InputStream",
          "com.google.protobuf.ByteString");

  /** As a target names its parser: {@code FuzzTarget.text(Name.class, "new", ...)}. */
  private static final Pattern TARGET =
      Pattern.compile(
          "FuzzTarget\\s*\\.(?:bytes|text)\\(\\s*([A-Za-z0-9.]+)\\.class,\\s*\"(\\w+)\"");

  /** What looks like a parser and need not be fuzzed. */
  private static final Map<String, String> EXEMPT =
      Map.ofEntries(
          Map.entry("Condition.Has.new", "a key, which may be anything"),
          Map.entry(
              "EventFeed.From.After.new", "holds an event id that EventId.parse has yet to read"),
          Map.entry("EventOptions.Start.After.new", "passes an event id on to the server"),
          Map.entry("FilePut.What.Data.new", "content, which may be anything"),
          Map.entry("FilePut.What.Symlink.new", "a target, which TreeEntry.Symlink checks"),
          Map.entry("HistoryGrpcService.LogPlace.parse", "behind page tokens, in RequestFuzzTest"),
          Map.entry("KeptOutcome.decode", "in the targets of what is kept so"),
          Map.entry("LocalStore.RootKey.ByPassphrase.new", "a path of this machine's user"),
          Map.entry("LocalStore.RootKey.InVariable.new", "a variable's name, from RootKeyChoice"),
          Map.entry("ManifestParser.parse", "in the target of ArtifactManifest.parse"),
          Map.entry("Mover.new", "who calls, as the gate has found out"),
          Map.entry("RangeOutcome.Read.new", "content, which may be anything"),
          Map.entry("RecordKey.read", "twelve bytes of an entry, in the target of IndexBlock"),
          Map.entry("RefParser.parse", "all that Ref.parse does"),
          Map.entry("RootKeyChoice.InVariable.new", "in the target of RootKeyChoice.parse"),
          Map.entry("RootKeySettings.Environment.new", "a variable's name, from RootKeyChoice"),
          Map.entry("RootKeySettings.Secret.new", "in the targets of RootKey"),
          Map.entry("SearchOrder.Probe.Near.new", "a vector, which FloatVectors.decode reads"),
          Map.entry("SnapshotNotes.requireValid", "in the target of SnapshotNotes.decode"),
          Map.entry("StoreOp.SetStoreId.new", "in the target of OpCodec.decode"),
          Map.entry("TokenOp.ForgetKey.new", "in the target of OpCodec.decode"));

  @Test
  void everyParserHasATargetOrAReason() throws IOException {
    Set<String> parsers = parsers();
    parsers.removeAll(targets());
    parsers.removeAll(EXEMPT.keySet());

    assertThat(parsers)
        .as(
            "parsers without a fuzz target: add one to the *FuzzTest of the package, or a reason"
                + " here")
        .isEmpty();
  }

  @Test
  void reasonsAreOfParsersThatHaveNoTarget() throws IOException {
    assertThat(parsers()).containsAll(EXEMPT.keySet());
    assertThat(targets()).doesNotContainAnyElementsOf(EXEMPT.keySet());
  }

  /** By simple name and method, which is enough: a target does not compile for another class. */
  private static Set<String> parsers() {
    Set<String> parsers = new TreeSet<>();
    for (JavaClass type : ProjectClasses.main()) {
      if (!type.getPackageName().startsWith("io.aifs.bench")) {
        type.getCodeUnits().stream()
            .filter(unit -> isParser(type, unit))
            .forEach(unit -> parsers.add(simpleName(type) + "." + name(unit)));
      }
    }
    return parsers;
  }

  private static boolean isParser(JavaClass type, JavaCodeUnit unit) {
    Set<JavaModifier> modifiers = unit.getModifiers();
    List<JavaClass> given = unit.getRawParameterTypes();
    if (given.isEmpty()
        || !INPUTS.contains(given.getFirst().getName().replace("[B", "byte[]"))
        || modifiers.contains(JavaModifier.PRIVATE)
        || modifiers.contains(JavaModifier.SYNTHETIC)) {
      return false;
    }
    return unit.isConstructor()
        ? type.isRecord() && given.size() == 1
        : modifiers.contains(JavaModifier.STATIC) && PARSER_NAME.matcher(unit.getName()).matches();
  }

  private static String simpleName(JavaClass type) {
    return type.getEnclosingClass().map(outer -> simpleName(outer) + ".").orElse("")
        + type.getSimpleName();
  }

  private static String name(JavaCodeUnit unit) {
    return unit.isConstructor() ? "new" : unit.getName();
  }

  private static Set<String> targets() throws IOException {
    Set<String> targets = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      for (Path file : files.filter(path -> path.toString().endsWith("FuzzTest.java")).toList()) {
        Matcher target = TARGET.matcher(Files.readString(file));
        while (target.find()) {
          targets.add(target.group(1) + "." + target.group(2));
        }
      }
    }
    assertThat(targets).as("fuzz targets in sources").hasSizeGreaterThan(50);
    return targets;
  }
}
