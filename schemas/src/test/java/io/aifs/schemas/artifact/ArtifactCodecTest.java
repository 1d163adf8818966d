package io.aifs.schemas.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactCodecTest {
  private static final ArtifactManifest NAMED = ArtifactManifest.named("model");

  @TempDir Path temporary;

  @Test
  void aDirectoryIsAPayloadAndBack() throws Exception {
    Path from = Files.createDirectories(temporary.resolve("from"));
    Files.createDirectories(from.resolve("deep/er"));
    Files.createDirectories(from.resolve("empty"));
    Files.writeString(from.resolve("deep/er/a.txt"), "again ".repeat(10_000));
    Files.write(from.resolve("ä.bin"), new byte[] {1, 2, 3});
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    ArtifactManifest packed = ArtifactCodec.pack(from, NAMED, out);
    Path to = temporary.resolve("to");
    ArtifactManifest unpacked = ArtifactCodec.unpack(ByteSource.of(out.toByteArray()), to);

    assertThat(unpacked).isEqualTo(packed);
    assertThat(packed.files())
        .extracting(ArtifactFile::path)
        .containsExactly("deep/er/a.txt", "ä.bin");
    assertThat(to.resolve("deep/er/a.txt")).hasSameTextualContentAs(from.resolve("deep/er/a.txt"));
    assertThat(to.resolve("ä.bin")).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(to.resolve("empty")).isEmptyDirectory();
    assertThat(to.resolve("MANIFEST")).doesNotExist();
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    var _ = ArtifactCodec.pack(to, NAMED, again);
    assertThat(again.toByteArray()).isEqualTo(out.toByteArray());
  }

  @Test
  void linksAreNotPacked() throws IOException {
    Files.createSymbolicLink(temporary.resolve("link"), Path.of("nothing"));

    assertThatThrownBy(() -> ArtifactCodec.pack(temporary, NAMED, OutputStream.nullOutputStream()))
        .isInstanceOf(IOException.class)
        .hasMessage("artifacts hold files and directories, and this is neither: 'link'");
  }

  @Test
  void aFileCalledManifestIsNotPacked() throws IOException {
    Files.writeString(temporary.resolve("MANIFEST"), "mine");

    assertThatThrownBy(() -> ArtifactCodec.pack(temporary, NAMED, OutputStream.nullOutputStream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("path is there twice: 'MANIFEST'");
  }

  @Test
  void nothingIsUnpackedOverWhatIsThere() throws Exception {
    Files.writeString(temporary.resolve("mine"), "mine");
    byte[] payload = Artifacts.write(NAMED, Map.of("mine", "theirs".getBytes(UTF_8)));

    assertThatThrownBy(() -> ArtifactCodec.unpack(ByteSource.of(payload), temporary))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(temporary.resolve("mine")).hasContent("mine");
  }

  @Test
  void whatLeadsOutsideIsNotUnpackedAtAll() throws IOException {
    byte[] evil =
        Zips.of(
            Zips.manifest(Map.of("good", new byte[1])),
            new Zips.Entry("good", new byte[1]),
            new Zips.Entry("../evil", new byte[1]));
    Path to = temporary.resolve("to");

    assertThatThrownBy(() -> ArtifactCodec.unpack(ByteSource.of(evil), to))
        .isInstanceOf(PayloadInvalidException.class);
    assertThat(to).doesNotExist();
    assertThat(temporary.resolve("evil")).doesNotExist();
  }

  @Test
  void aDamagedFileDoesNotStay() {
    Map<String, byte[]> files = Map.of("f", "content".getBytes(UTF_8));
    byte[] damaged = Zips.of(Zips.manifest(files), new Zips.Entry("f", "contend".getBytes(UTF_8)));
    Path to = temporary.resolve("to");

    assertThatThrownBy(() -> ArtifactCodec.unpack(ByteSource.of(damaged), to))
        .isInstanceOf(PayloadInvalidException.class)
        .hasMessageStartingWith("entry 'f': its digest is ");
    assertThat(to.resolve("f")).doesNotExist();
  }
}
