package io.aifs.schemas.artifact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.schemas.PayloadInvalidException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtifactManifestTest {
  private static final String DIGEST = "ab".repeat(32);
  private static final String FILE =
      "{\"path\": \"f\", \"size\": 1, \"blake3\": \"" + DIGEST + "\", \"media_type\": \"a/b\"}";

  @Test
  void whatIsWrittenIsRead() throws PayloadInvalidException {
    ArtifactManifest read = ArtifactManifest.parse(Artifacts.FULL.toJson());

    assertThat(read).isEqualTo(Artifacts.FULL);
  }

  @Test
  void theLeastManifestIsRead() throws PayloadInvalidException {
    ArtifactManifest read = parse("{\"version\": 1, \"name\": \"\", \"files\": []}");

    assertThat(read).isEqualTo(ArtifactManifest.named(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\1',
      textBlock =
          """
          ''                                      | it is not an object
          []                                      | it is not an object
          {}                                      | it has no 'files'
          {"version": 1, "files": []}             | it has no 'name'
          {"version": 2, "name": "", "files": []} | its version is 2, and this build reads version 1
          {"version": "1"}                        | version is not a number from 0 to 2^63 - 1
          {"version": 1e0}                        | version is not a number from 0 to 2^63 - 1
          {"version": 1, "nane": ""}              | it has a member that version 1 does not know: 'nane'
          {"version": 1, "name": null}            | name is not a text
          {"version": 1, "files": {}}             | files is not a list
          {"version": 1, "files": [1]}            | files[0] is not an object
          {"files": [{"size": -1}]}               | files[0] has no 'size', or one below 0
          {"files": [{"size": 99999999999999999999}]} | files[0].size is not a number from 0 to 2^63 - 1
          {"files": [{"size": 1}]}                | files[0] has no 'path'
          {"files": [{"mode": 1}]}                | files[0] has a member that version 1 does not know: 'mode'
          {"files": [{"size": 1, "path": "a", "blake3": "00"}]} | files[0].blake3: digest is not 64 hexadecimal digits long: 2
          {"dependencies": [{"version": "1"}]}    | dependencies[0] has no 'name'
          {"dependencies": [{"name": ""}]}        | dependencies[0]: name is empty
          {"lineage": [{"parent": 1}]}            | lineage[0].parent is not a text
          {"metadata": {"a": 1}}                  | metadata.'a' is not a text
          {"metadata": []}                        | metadata is not an object
          """)
  void isRefusedWithPlaceAndReason(String json, String message) {
    assertThatThrownBy(() -> parse(json.equals("''") ? "" : json))
        .isInstanceOf(PayloadInvalidException.class)
        .hasMessage("MANIFEST: " + message);
  }

  @Test
  void whatIsNoJsonIsRefusedWithItsLine() {
    assertThatThrownBy(() -> parse("{\"version\": 1,\n \"version\": 1}"))
        .hasMessage(
            "MANIFEST: it is not JSON as a manifest is: Duplicate field 'version' (line 2, column"
                + " 11)");
    assertThatThrownBy(() -> parse("{\"version\": 1,}"))
        .hasMessageStartingWith("MANIFEST: it is not JSON as a manifest is: ");
    assertThatThrownBy(() -> parse("{\"version\": 1, \"name\": \"\", \"files\": []} {}"))
        .hasMessage("MANIFEST: something follows it");
    assertThatThrownBy(() -> parse("{\"name\": \"ä\"}", ISO_8859_1))
        .hasMessage("MANIFEST: it is not valid UTF-8");
    assertThatThrownBy(() -> parse("{\"version\": 1, \"files\": [], \"name\": \"\\ud800\"}"))
        .hasMessage("MANIFEST: name is not valid Unicode");
    assertThatThrownBy(() -> parse("[".repeat(100_000)))
        .isInstanceOf(PayloadInvalidException.class);
    assertThatThrownBy(() -> ArtifactManifest.parse(new byte[ArtifactManifest.BYTES_MAX + 1]))
        .hasMessage("MANIFEST: it is over 16777216 bytes: 16777217");
  }

  @Test
  void pathsAreDistinctAndStayBelow() {
    assertThatThrownBy(() -> parse(files(FILE, FILE)))
        .hasMessage("MANIFEST: path is there twice: 'f'");
    assertThatThrownBy(() -> parse(files(FILE, FILE.replace("\"f\"", "\"F\""))))
        .hasMessage("MANIFEST: paths differ only in upper and lower case: 'f' and 'F'");
    assertThatThrownBy(() -> parse(files(FILE, FILE.replace("\"f\"", "\"f/g\""))))
        .hasMessage("MANIFEST: 'f/g' is below the file 'f'");
    assertThatThrownBy(() -> parse(files(FILE.replace("\"f\"", "\"../f\""))))
        .hasMessage("MANIFEST: files[0]: path has a '..' segment: ../f");
    assertThatThrownBy(() -> parse(files(FILE.replace("a/b", "a b"))))
        .hasMessage("MANIFEST: files[0]: media type is none: 'a b'");
  }

  @Test
  void metadataIsBounded() {
    String value = "x".repeat(65_536);
    Map<String, String> metadata = new TreeMap<>();
    for (int i = 0; i < 16; i++) {
      metadata.put("key" + i, value);
    }

    assertThatThrownBy(() -> new ArtifactManifest("", List.of(), List.of(), List.of(), metadata))
        .hasMessageStartingWith("metadata is over 1048576 bytes");
    assertThatThrownBy(
            () ->
                new ArtifactManifest("", List.of(), List.of(), List.of(), Map.of("k", value + "x")))
        .hasMessage("a value of the metadata is over 65536 bytes");
  }

  private static String files(String... files) {
    return "{\"version\": 1, \"name\": \"\", \"files\": [" + String.join(", ", files) + "]}";
  }

  private static ArtifactManifest parse(String json) throws PayloadInvalidException {
    return parse(json, UTF_8);
  }

  private static ArtifactManifest parse(String json, Charset charset)
      throws PayloadInvalidException {
    return ArtifactManifest.parse(json.getBytes(charset));
  }
}
