package io.aifs.schemas.artifact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ZIP files that lie, and what is said of them. */
class ArtifactMalformedTest {
  private static final byte[] CONTENT = "content".getBytes(UTF_8);
  private static final int SYMLINK = 0120777 << 16;
  private static final int DEVICE = 0020666 << 16;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Lie(String name, byte[] zip, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("lies")
  void isRefusedWithPlaceAndReason(Lie lie) {
    assertThatThrownBy(() -> Artifacts.validate(lie.zip))
        .isInstanceOf(PayloadInvalidException.class)
        .hasMessage(lie.message);
  }

  static Stream<Lie> lies() {
    return Stream.of(names(), kinds(), headers(), extraFields(), deflated(), contents(), ends())
        .flatMap(List::stream);
  }

  /** A file of a name, which the manifest does not name: the name is looked at before. */
  private static Lie name(String name, String message) {
    Zips.Entry manifest = Zips.manifest(Map.of());
    return new Lie(name, Zips.of(manifest, new Zips.Entry(name, CONTENT)), message);
  }

  private static List<Lie> names() {
    Zips.Entry none = Zips.manifest(Map.of());
    return List.of(
        name("../evil", "entry '../evil': path has a '..' segment: ../evil"),
        name("a/../../evil", "entry 'a/../../evil': path has a '..' segment: a/../../evil"),
        name("./a", "entry './a': path has a '.' segment: ./a"),
        name("/etc/passwd", "entry '/etc/passwd': path is absolute: '/etc/passwd'"),
        name("..\\evil", "entry '..\\evil': path has a backslash: '..\\evil'"),
        name("C:evil", "entry 'C:evil': path begins with a drive letter: 'C:evil'"),
        name("a\0b", "entry 'a?b': path has a control character at 1: 'a?b'"),
        name("a\nb", "entry 'a?b': path has a control character at 1: 'a?b'"),
        name("a//b", "entry 'a//b': path has an empty segment: a//b"),
        name("", "entry '': path is empty"),
        name(
            "a/".repeat(2_050) + "b",
            "entry '" + "a/".repeat(40) + "...': path is over 4096 bytes"),
        new Lie(
            "a name that is no text",
            Zips.of(none, new Zips.Entry(new byte[] {'a', -1}, CONTENT)),
            "byte " + directoryEntry(none, 2, CONTENT.length) + ": a name is not valid UTF-8"),
        new Lie(
            "a name twice",
            Zips.of(none, new Zips.Entry("a", CONTENT), new Zips.Entry("a", CONTENT)),
            "entries: path is there twice: 'a'"),
        new Lie(
            "names that differ in case",
            Zips.of(none, new Zips.Entry("Ä/a", CONTENT), new Zips.Entry("ä/A", CONTENT)),
            "entries: paths differ only in upper and lower case: 'Ä/a' and 'ä/A'"),
        new Lie(
            "a file below a file",
            Zips.of(none, new Zips.Entry("a", CONTENT), new Zips.Entry("a/b", CONTENT)),
            "entries: 'a/b' is below the file 'a'"),
        new Lie(
            "another manifest",
            Zips.of(none, new Zips.Entry("manifest", CONTENT)),
            "entries: paths differ only in upper and lower case: 'MANIFEST' and 'manifest'"),
        new Lie(
            "two manifests",
            Zips.of(none, Zips.manifest(Map.of())),
            "MANIFEST: there are 2 entries of this name, not one"),
        new Lie(
            "no manifest",
            Zips.of(new Zips.Entry("a", CONTENT)),
            "MANIFEST: there are 0 entries of this name, not one"),
        new Lie(
            "a manifest that is not first",
            Zips.of(new Zips.Entry("a", CONTENT), Zips.manifest(Map.of("a", CONTENT))),
            "MANIFEST: it is not the first entry, at byte 0"));
  }

  /** Where the second entry of the directory begins, of a manifest and a file. */
  private static int directoryEntry(Zips.Entry manifest, int nameBytes, int contentBytes) {
    int local = 30 + 8 + manifest.stored.length + 30 + nameBytes + contentBytes;
    return local + 46 + 8;
  }

  /** A file that the manifest names truly, changed. */
  private static Lie file(String what, Consumer<Zips.Entry> change, String message) {
    Zips.Entry manifest = Zips.manifest(Map.of("f", CONTENT));
    return new Lie(what, Zips.of(manifest, new Zips.Entry("f", CONTENT).with(change)), message);
  }

  private static List<Lie> kinds() {
    return List.of(
        file(
            "a symbolic link",
            entry -> entry.attributes = SYMLINK,
            "entry 'f': it is a symbolic link"),
        file(
            "a device",
            entry -> entry.attributes = DEVICE,
            "entry 'f': it is no file by its mode: 020666"),
        file("an encrypted file", entry -> entry.flags |= 1, "entry 'f': it is encrypted"),
        file(
            "an unknown flag",
            entry -> entry.flags |= 0x2000,
            "entry 'f': it has unknown flags: 0x2800"),
        file(
            "another method",
            entry -> entry.method = 93,
            "entry 'f': it is compressed by method 93; 0 (stored) and 8 (deflated) are read"),
        new Lie(
            "a directory with content",
            Zips.of(Zips.manifest(Map.of()), new Zips.Entry("d/", CONTENT)),
            "entry 'd': it is a directory with content of 7 bytes"),
        new Lie(
            "a file that is not named",
            Zips.of(Zips.manifest(Map.of()), new Zips.Entry("f", CONTENT)),
            "entry 'f': the manifest does not name it"),
        new Lie(
            "a name without a file",
            Zips.of(Zips.manifest(Map.of("f", CONTENT))),
            "MANIFEST: it names the file 'f', and there is no such entry"),
        new Lie(
            "another size",
            Zips.of(Zips.manifest(Map.of("f", CONTENT)), new Zips.Entry("f", new byte[6])),
            "entry 'f': it is 6 bytes, and the manifest says 7"));
  }

  private static List<Lie> headers() {
    return List.of(
        file(
            "another name in the header",
            entry -> entry.localName = "g".getBytes(UTF_8),
            "entry 'f': its header and the central directory do not agree on its name"),
        file(
            "another size in the header",
            entry -> entry.localSize = 8,
            "entry 'f': its header and the central directory do not agree on its size"),
        file(
            "another stored size in the header",
            entry -> entry.localStoredBytes = 0,
            "entry 'f': its header and the central directory do not agree on its stored size"),
        file(
            "another checksum in the header",
            entry -> entry.localCrc = 1,
            "entry 'f': its header and the central directory do not agree on its CRC-32"),
        file(
            "a header inside another",
            entry -> entry.headerAt = 4,
            "entry 'MANIFEST': it ends at byte "
                + (30 + 8 + Zips.manifest(Map.of("f", CONTENT)).stored.length)
                + ", inside what begins at byte 4"),
        file(
            "a header behind the entries",
            entry -> entry.headerAt = 0x7fffffff,
            "entry 'f': its 7 bytes from 2147483647 end outside the entries"),
        file(
            "something between entries",
            entry -> entry.behind = new byte[] {1, 2, 3},
            "entry 'f': there are 3 bytes between its end and byte "
                + (30 + 8 + Zips.manifest(Map.of("f", CONTENT)).stored.length + 30 + 1 + 7 + 3)
                + ", of no entry"),
        file(
            "a descriptor that lies",
            entry -> {
              entry.flags |= ZipFormat.FLAG_DESCRIPTOR;
              entry.behind = new byte[12];
            },
            "entry 'f': its header and the central directory do not agree on its descriptor"));
  }

  private static List<Lie> extraFields() {
    return List.of(
        file(
            "another name in an extra field",
            entry -> entry.centralExtra = new byte[] {0x75, 0x70, 1, 0, 1},
            "entry 'f': it has another name in an extra field"),
        file(
            "extra fields that are cut",
            entry -> entry.centralExtra = new byte[] {1, 0, 8, 0, 1},
            "entry 'f': its extra fields end inside a field"),
        file(
            "numbers of 64 bits that are not there",
            entry -> {
              entry.size = ZipFormat.MAX_32;
              entry.centralExtra = new byte[] {1, 0, 4, 0, 1, 1, 1, 1};
            },
            "entry 'f': its numbers of 64 bits are missing or too large"),
        file(
            "a size below 0",
            entry -> {
              entry.size = ZipFormat.MAX_32;
              entry.centralExtra = new byte[] {1, 0, 8, 0, 1, 1, 1, 1, 1, 1, 1, -1};
            },
            "entry 'f': its numbers of 64 bits are missing or too large"));
  }

  private static List<Lie> deflated() {
    byte[] zeros = new byte[1 << 20];
    Zips.Entry named = Zips.manifest(Map.of("f", CONTENT));
    Zips.Entry full = Zips.manifest(Map.of("f", zeros));
    int stored = new Zips.Entry("f", zeros).deflated().stored.length;
    return List.of(
        new Lie(
            "a bomb that says less",
            Zips.of(
                named,
                new Zips.Entry("f", zeros)
                    .deflated()
                    .with(entry -> entry.size = entry.localSize = 7)),
            "entry 'f': it inflates to more than its 7 bytes"),
        new Lie(
            "less than it says",
            Zips.of(
                full,
                new Zips.Entry("f", CONTENT)
                    .deflated()
                    .with(entry -> entry.size = entry.localSize = 1 << 20)),
            "entry 'f': it inflates to 1048569 bytes less than its 1048576"),
        new Lie(
            "deflated data that is cut",
            Zips.of(
                full,
                new Zips.Entry("f", zeros)
                    .deflated()
                    .with(
                        entry -> {
                          entry.stored = Arrays.copyOf(entry.stored, 20);
                          entry.storedBytes = entry.localStoredBytes = 20;
                        })),
            "entry 'f': its deflated data ends before its end"),
        new Lie(
            "something behind the deflated data",
            Zips.of(
                full,
                new Zips.Entry("f", zeros)
                    .deflated()
                    .with(
                        entry -> {
                          entry.stored = Arrays.copyOf(entry.stored, stored + 3);
                          entry.storedBytes = entry.localStoredBytes = entry.stored.length;
                        })),
            "entry 'f': its deflated data ends 3 bytes before it should"));
  }

  private static List<Lie> contents() {
    byte[] zeros = new byte[1 << 20];
    Map<String, byte[]> two = new TreeMap<>(Map.of("f", CONTENT, "g", CONTENT));
    long first = 30L + 8 + Zips.manifest(two).stored.length;
    int stored = new Zips.Entry("f", zeros).deflated().stored.length;
    return List.of(
        file(
            "another checksum",
            entry -> entry.localCrc = entry.crc = 5,
            "entry 'f': its CRC-32 is not that of its content"),
        new Lie(
            "a bomb that says so",
            Zips.of(
                Zips.manifest(Map.of()),
                new Zips.Entry("f", zeros).deflated().with(entry -> entry.size = 1L << 30)),
            "entry 'f': it would inflate from "
                + stored
                + " to 1073741824 bytes, over 200 times"
                + " as many"),
        new Lie(
            "overlapping files",
            Zips.of(
                Zips.manifest(two),
                new Zips.Entry("f", CONTENT),
                new Zips.Entry("g", CONTENT).with(entry -> entry.headerAt = first)),
            "entry 'f': it ends at byte "
                + (first + 38)
                + ", inside what begins at byte "
                + first));
  }

  private static List<Lie> ends() {
    byte[] valid = Zips.of(Zips.manifest(Map.of("f", CONTENT)), new Zips.Entry("f", CONTENT));
    int end = valid.length - 22;
    int second = 30 + 8 + Zips.manifest(Map.of("f", CONTENT)).stored.length;
    String noEnd =
        ": there is no end of a ZIP file in the last 22 bytes: it is none, was cut short, or has a"
            + " comment or something else behind it";
    return List.of(
        new Lie(
            "nothing", new byte[0], "byte 0: the content of 0 bytes is too short for a ZIP file"),
        new Lie(
            "no header there",
            changed(valid, to -> to.put(second, (byte) 'K')),
            "entry 'f': it has no header at byte " + second),
        new Lie(
            "something behind",
            Arrays.copyOf(valid, valid.length + 1),
            "byte " + (end + 1) + noEnd),
        new Lie(
            "a comment",
            changed(Arrays.copyOf(valid, valid.length + 3), to -> to.put(end + 20, (byte) 3)),
            "byte " + (end + 3) + noEnd),
        new Lie(
            "several disks",
            changed(valid, to -> to.putShort(end + 4, (short) 1)),
            "byte " + (end + 4) + ": it is one of several disks"),
        new Lie(
            "fewer entries",
            changed(valid, to -> to.putShort(end + 8, (short) 1).putShort(end + 10, (short) 1)),
            "byte " + (end - 47) + ": the directory goes on behind its 1 entries"),
        new Lie(
            "more entries",
            changed(valid, to -> to.putShort(end + 8, (short) 3).putShort(end + 10, (short) 3)),
            "byte " + end + ": there is no entry 2 of the 3 in the directory"),
        new Lie(
            "a directory elsewhere",
            changed(valid, to -> to.putInt(end + 16, 0)),
            "byte " + end + ": the central directory of 101 bytes at byte 0 does not end here"),
        new Lie(
            "a ZIP64 file that is none",
            changed(valid, to -> to.putInt(end + 16, -1)),
            "byte "
                + end
                + ": the end of the ZIP file says that it is a ZIP64 file, and it is none"));
  }

  private static byte[] changed(byte[] zip, Consumer<ByteBuffer> change) {
    byte[] bytes = zip.clone();
    change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return bytes;
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] valid = Artifacts.write(Artifacts.FULL, Artifacts.files());
    for (int length = 0; length < valid.length; length++) {
      byte[] cut = Arrays.copyOf(valid, length);
      assertThatThrownBy(() -> Artifacts.validate(cut)).isInstanceOf(PayloadInvalidException.class);
    }
  }

  @Test
  void everyChangedByteIsFoundButInTimesAndAttributes() throws Exception {
    byte[] valid = Zips.of(Zips.manifest(Map.of("f", CONTENT)), new Zips.Entry("f", CONTENT));
    String text = new String(valid, ISO_8859_1);
    int ignored = 0;
    for (int i = 0; i < valid.length; i++) {
      byte[] changed = valid.clone();
      changed[i] ^= 0x40;
      try {
        Artifacts.validate(changed);
        ignored++;
      } catch (PayloadInvalidException _) {
        // as it should be
      }
    }
    // Version needed, time and date in two headers of two entries; made by, attributes in one.
    int locals = 2 * (2 + 4);
    int centrals = 2 * (2 + 2 + 4 + 2 + 4);
    assertThat(ignored).as("of %d bytes", text.length()).isLessThanOrEqualTo(locals + centrals);
  }

  @Test
  void aManifestIsNotInflatedBeyondItsLimit() {
    byte[] json = new byte[ArtifactManifest.BYTES_MAX + 1];
    Zips.Entry entry = new Zips.Entry("MANIFEST", json).deflated();

    assertThatThrownBy(() -> ArtifactReader.open(ByteSource.of(Zips.of(entry))))
        .hasMessage("entry 'MANIFEST': it is over 16777216 bytes: 16777217");
  }
}
