package io.aifs.schemas.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.VectorMetric;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EmbedTest {
  private static final EmbedHeader HEADER =
      new EmbedHeader("minilm-6", 3, VectorMetric.DOT_PRODUCT);
  private static final Embed TWO =
      new Embed(
          HEADER,
          List.of(new float[] {1, 0.5f, -2}, new float[] {0, 0, 0.25f}),
          List.of("doc/1", "döc/2"));

  @Test
  void aListOfVectorsIsAPayloadAndBack() throws PayloadInvalidException {
    byte[] payload = EmbedCodec.encode(TWO);
    Embed read = EmbedCodec.decode(payload);

    requireSame(read, TWO);
  }

  @Test
  void theFixtureIsWrittenAndReadByteForByte() throws Exception {
    byte[] fixture = fixture("two-v1.embed");

    assertThat(EmbedCodec.encode(TWO)).isEqualTo(fixture);
    requireSame(EmbedCodec.decode(fixture), TWO);
  }

  @Test
  void whatFlatcMadeIsReadWhereverItPutsThings() throws Exception {
    byte[] fixture = fixture("by-flatc.embed");

    EmbedValidator.validate(ByteSource.of(fixture));

    requireSame(EmbedCodec.decode(fixture), TWO);
  }

  @Test
  void randomPayloadsComeBack() {
    SeededTest.run(
        300,
        random -> {
          Embed embed = random(random);
          byte[] payload = EmbedCodec.encode(embed);

          EmbedValidator.validate(ByteSource.of(payload));
          requireSame(EmbedCodec.decode(payload), embed);
          EmbedReader reader = EmbedReader.open(ByteSource.of(payload));
          assertThat(reader.count()).isEqualTo(embed.vectors().size());
          for (int tries = 0; tries < 10 && reader.count() > 0; tries++) {
            int at = random.nextInt(embed.vectors().size());
            assertThat(reader.vector(at)).isEqualTo(embed.vectors().get(at));
            assertThat(reader.source(at))
                .isEqualTo(embed.sources().isEmpty() ? "" : embed.sources().get(at));
          }
        });
  }

  @Test
  void noVectorsAreAPayloadToo() throws PayloadInvalidException, IOException {
    byte[] payload = EmbedCodec.encode(new Embed(HEADER, List.of()));

    EmbedValidator.validate(ByteSource.of(payload));
    assertThat(EmbedReader.open(ByteSource.of(payload)).count()).isZero();
  }

  @Test
  void equalSourcesThatFollowEachOtherAreWrittenOnce() throws PayloadInvalidException {
    String source = "a".repeat(1_000);
    List<float[]> vectors = List.of(new float[] {1, 0, 0}, new float[] {0, 1, 0});

    byte[] payload = EmbedCodec.encode(new Embed(HEADER, vectors, List.of(source, source)));

    assertThat(payload).hasSizeLessThan(1_200);
    assertThat(EmbedCodec.decode(payload).sources()).containsExactly(source, source);
  }

  @Test
  void longPayloadsAreValidatedByShortReads() throws PayloadInvalidException, IOException {
    int count = 20_000;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EmbedWriter writer = new EmbedWriter(out, new EmbedHeader("", 64, VectorMetric.COSINE), count);
    float[] vector = new float[64];
    for (int i = 0; i < count; i++) {
      vector[i % 64] = i + 1;
      writer.add(vector, "document number " + i);
    }
    writer.finish();
    CountingSource source = new CountingSource(out.toByteArray());

    EmbedValidator.validate(source);

    assertThat(source.longest).isLessThanOrEqualTo(1 << 20);
    assertThat(source.bytes).as("bytes read").isLessThan(2 * source.size());
    source.bytes = 0;
    EmbedReader reader = EmbedReader.open(source);
    assertThat(reader.source(19_999)).isEqualTo("document number 19999");
    assertThat(reader.vector(0)[0]).isEqualTo(1);
    assertThat(source.bytes).as("bytes read").isLessThan(20_000);
  }

  @Test
  void theWriterRefusesWhatIsNoPayload() throws IOException {
    assertThatThrownBy(() -> new EmbedHeader("m", 0, VectorMetric.COSINE))
        .hasMessage("dimension is not from 1 to 4096: 0");
    assertThatThrownBy(() -> new EmbedHeader("m", 4_097, VectorMetric.COSINE))
        .hasMessage("dimension is not from 1 to 4096: 4097");
    assertThatThrownBy(() -> new EmbedHeader("ä".repeat(129), 1, VectorMetric.COSINE))
        .hasMessage("model is over 256 bytes");
    assertThatThrownBy(() -> new EmbedHeader("\ud800", 1, VectorMetric.COSINE))
        .hasMessage("model is not valid Unicode");
    assertThatThrownBy(() -> writer(VectorMetric.COSINE, 1L << 30))
        .hasMessageContaining("do not fit into the 2 GiB of a FlatBuffer");
    assertThatThrownBy(() -> writer(VectorMetric.COSINE, -1)).hasMessageContaining("-1 vectors");
    assertThatThrownBy(() -> writer(VectorMetric.COSINE, 2).add(new float[2]))
        .hasMessage("the vector has 2 values for 3");
    assertThatThrownBy(() -> writer(VectorMetric.COSINE, 2).add(new float[3]))
        .hasMessage("the vector is zero, which has no direction");
    assertThatThrownBy(() -> writer(VectorMetric.EUCLIDEAN, 2).add(new float[] {0, Float.NaN, 0}))
        .hasMessage("value 1 of the vector is NaN");
    assertThatThrownBy(() -> writer(VectorMetric.EUCLIDEAN, 2).add(new float[3], "a".repeat(1_025)))
        .hasMessage("source id is over 1024 bytes");
    assertThatThrownBy(() -> writer(VectorMetric.EUCLIDEAN, 2).finish())
        .hasMessage("0 of 2 vectors were added");
    EmbedWriter writer = writer(VectorMetric.EUCLIDEAN, 2);
    writer.add(new float[3], "a");
    assertThatThrownBy(() -> writer.add(new float[3]))
        .hasMessage("some vectors have a source id and some have none");
    writer.add(new float[3], "");
    assertThatThrownBy(() -> writer.add(new float[3], "c")).hasMessage("all 2 vectors were added");
    writer.finish();
    assertThatThrownBy(writer::finish).hasMessage("it is finished");
    assertThatThrownBy(() -> new Embed(HEADER, List.of(), List.of("a")))
        .hasMessage("there are 1 sources for 0 vectors");
  }

  private static EmbedWriter writer(VectorMetric metric, long count) {
    return new EmbedWriter(OutputStream.nullOutputStream(), new EmbedHeader("", 3, metric), count);
  }

  private static Embed random(SplittableRandom random) {
    VectorMetric metric = VectorMetric.ofCode(random.nextInt(3));
    EmbedHeader header =
        new EmbedHeader("m".repeat(random.nextInt(257)), random.nextInt(1, 40), metric);
    int count = random.nextInt(random.nextBoolean() ? 4 : 200);
    boolean sourced = random.nextBoolean();
    List<float[]> vectors = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] vector = new float[header.dimension()];
      for (int j = 0; j < vector.length; j++) {
        vector[j] = (float) random.nextDouble(0.1, 10);
      }
      vectors.add(vector);
      if (sourced) {
        sources.add("ä".repeat(random.nextInt(random.nextBoolean() ? 3 : 500)) + "/" + i / 3);
      }
    }
    return new Embed(header, vectors, sources);
  }

  private static void requireSame(Embed read, Embed written) {
    assertThat(read.header()).isEqualTo(written.header());
    assertThat(read.sources()).isEqualTo(written.sources());
    assertThat(read.vectors()).hasSameSizeAs(written.vectors());
    for (int i = 0; i < read.vectors().size(); i++) {
      assertThat(read.vectors().get(i)).isEqualTo(written.vectors().get(i));
    }
  }

  static byte[] fixture(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(EmbedTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }

  /** Says how much was read, and by which reads. */
  private static final class CountingSource implements ByteSource {
    private final ByteSource content;
    private int longest;
    private long bytes;

    CountingSource(byte[] content) {
      this.content = ByteSource.of(content);
    }

    @Override
    public long size() {
      return content.size();
    }

    @Override
    public byte[] read(long offset, int length) throws IOException {
      longest = Math.max(longest, length);
      bytes += length;
      return content.read(offset, length);
    }
  }
}
