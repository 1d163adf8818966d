package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.chunk.Chunker;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.manifest.ChunkRef;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.engine.CuttingFixture.Handing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the store is told of the numbers in chunks, and of chunks that are much like them. */
class TensorBasesTest {
  private static final int KIB = 1 << 10;

  private final SplittableRandom random = new SplittableRandom(SeededTest.seed());
  private final CuttingFixture fixture = new CuttingFixture();

  private NumberedContent content(int padding) {
    return new NumberedContent(random, padding)
        .with("a", 300 * KIB)
        .with("b", 20 * KIB)
        .with("c", 2, SeededTest.bytes(random, 150 * KIB));
  }

  private static NumberedContent some(SplittableRandom random) {
    NumberedContent content = new NumberedContent(random, padding(random));
    int runs = random.nextInt(1, 8);
    for (int i = 0; i < runs; i++) {
      int length = random.nextInt(1, 400 * KIB);
      content.with("r" + i, 1 << random.nextInt(4), SeededTest.bytes(random, length));
    }
    return content;
  }

  /** Short, long, or too long to be understood. */
  private static int padding(SplittableRandom random) {
    return random.nextInt(new int[] {10, 5_000, 300_000, 1_300_000}[random.nextInt(4)]);
  }

  private static List<Integer> lengths(List<ChunkRef> chunks) {
    return chunks.stream().map(ChunkRef::length).toList();
  }

  private static List<Handing> allSent(int count) {
    return Collections.nCopies(count, Handing.SENT);
  }

  /** The chunks of an asset that were said to be numbers, in order. */
  private static List<Digest> numbered(CuttingFixture store, Digest asset) throws IOException {
    return store.chunks(asset).stream()
        .map(ChunkRef::digest)
        .filter(store.numbers()::containsKey)
        .toList();
  }

  private static List<Optional<Digest>> bases(CuttingFixture store, Digest asset)
      throws IOException {
    Map<Digest, Chunk.Numbers> numbers = store.numbers();
    return numbered(store, asset).stream()
        .map(chunk -> requireNonNull(numbers.get(chunk)).base())
        .toList();
  }

  private List<Optional<Digest>> bases(Digest asset) throws IOException {
    return bases(fixture, asset);
  }

  private List<Optional<Digest>> numberedOf(Digest asset) throws IOException {
    return numbered(fixture, asset).stream().map(Optional::of).toList();
  }

  @Test
  void whicheverWayItIsPutContentIsCutAlikeAndTheStoreIsToldTheSame() {
    SeededTest.run(
        10,
        cases -> {
          NumberedContent parent = some(cases);
          byte[] child = parent.tuned(padding(cases)).bytes();
          int batchBytes = cases.nextInt(1, 2 << 20);

          CuttingFixture written = new CuttingFixture();
          Digest base = written.write(parent.bytes());
          Digest id =
              written.write(child, List.of(base), batchBytes, cases.nextInt(1_000, 500_000));
          List<ChunkRef> chunks = written.chunks(id);

          CuttingFixture filed = new CuttingFixture();
          assertThat(filed.file(parent.bytes(), true)).isEqualTo(base);
          assertThat(filed.file(child, true, base)).isEqualTo(id);
          assertThat(filed.chunks(id)).isEqualTo(chunks);
          assertThat(filed.numbers()).isEqualTo(written.numbers());

          CuttingFixture sent = new CuttingFixture();
          List<Integer> parts = lengths(written.chunks(base));
          assertThat(sent.assemble(parent.bytes(), parts, allSent(parts.size()), batchBytes))
              .isEqualTo(base);
          assertThat(
                  sent.assemble(child, lengths(chunks), allSent(chunks.size()), batchBytes, base))
              .isEqualTo(id);
          assertThat(sent.chunks(id)).isEqualTo(chunks);
          assertThat(sent.numbers()).isEqualTo(written.numbers());
        });
  }

  @Test
  void chunksHaveTheParentsChunksAtTheSamePlacesAsBases() throws IOException {
    NumberedContent parent = content(3_000);
    Digest base = fixture.write(parent.bytes());
    Digest child = fixture.write(parent.tuned(70_000).bytes(), base);

    assertThat(bases(base)).hasSize(9).allMatch(Optional::isEmpty);
    assertThat(bases(child)).isEqualTo(numberedOf(base));
    assertThat(numbered(fixture, child).stream().map(fixture.numbers()::get))
        .extracting(numbers -> requireNonNull(numbers).width())
        .containsExactly(4, 4, 4, 4, 4, 4, 2, 2, 2);
  }

  @Test
  void whatIsClaimedTellsWhereTheRestLies() {
    SeededTest.run(
        20,
        cases -> {
          NumberedContent parent = some(cases);
          byte[] child = parent.tuned(padding(cases)).bytes();
          CuttingFixture expected = new CuttingFixture();
          Digest base = expected.write(parent.bytes());
          Digest id = expected.write(child, base);
          List<ChunkRef> chunks = expected.chunks(id);

          CuttingFixture resumed = new CuttingFixture();
          var _ = resumed.write(parent.bytes());
          List<Handing> first = allSent(chunks.size());
          var _ = resumed.assemble(child, lengths(chunks), first, 1 << 20);
          List<Handing> second = new ArrayList<>();
          chunks.forEach(_ -> second.add(List.of(Handing.values()).get(cases.nextInt(2))));
          int batchBytes = cases.nextInt(1, 2 << 20);
          assertThat(resumed.assemble(child, lengths(chunks), second, batchBytes, base))
              .isEqualTo(id);

          Map<Digest, Chunk.Numbers> wanted = expected.numbers();
          for (int i = 0; i < chunks.size(); i++) {
            Digest chunk = chunks.get(i).digest();
            if (second.get(i) == Handing.SENT && wanted.containsKey(chunk)) {
              assertThat(resumed.numbers()).containsEntry(chunk, requireNonNull(wanted.get(chunk)));
            }
          }
        });
  }

  @Test
  void chunksThatAreCutElsewhereAreNotSaidToBeNumbers() throws IOException {
    byte[] content = content(1_000).bytes();
    Digest parent = fixture.write(content(0).bytes());
    CuttingFixture old = new CuttingFixture();
    Chunker chunker = new Chunker(ChunkerParameters.DEFAULT);
    List<Integer> plain = new ArrayList<>();
    int at = 0;
    int length;
    while ((length = chunker.cut(content, at, content.length - at, true)) > 0) {
      plain.add(length);
      at += length;
    }

    Digest id = old.assemble(content, plain, allSent(plain.size()), 1 << 20, parent);

    assertThat(lengths(old.chunks(id))).isEqualTo(plain);
    assertThat(old.numbers()).isEmpty();
    Digest child = old.write(content(10).bytes(), id);
    assertThat(bases(old, child)).as("bases where nothing fits").allMatch(Optional::isEmpty);
  }

  @Test
  void runsAreFoundByTheirNamesWhateverTheirOrder() throws IOException {
    NumberedContent parent = content(100);
    Digest base = fixture.write(parent.bytes());
    NumberedContent tuned = parent.tuned(0);
    byte[] child =
        new NumberedContent(random, 50)
            .with("c", 2, tuned.run("c"))
            .with("new", 100 * KIB)
            .with("a", 4, tuned.run("a"))
            .bytes();

    List<Optional<Digest>> bases = bases(fixture.write(child, base));

    List<Optional<Digest>> there = numberedOf(base);
    List<Optional<Digest>> expected = new ArrayList<>(there.subList(6, 9));
    expected.addAll(List.of(Optional.empty(), Optional.empty()));
    expected.addAll(there.subList(0, 5));
    assertThat(bases).isEqualTo(expected);
  }

  @Test
  void runsOfAnotherWidthOrLengthGiveNoBase() throws IOException {
    NumberedContent parent = content(0);
    Digest base = fixture.write(parent.bytes());
    NumberedContent tuned = parent.tuned(0);
    byte[] child =
        new NumberedContent(random, 0)
            .with("a", 8, tuned.run("a"))
            .with("b", 4, SeededTest.bytes(random, 20 * KIB + 4))
            .bytes();
    assertThat(bases(fixture.write(child, base))).isNotEmpty().allMatch(Optional::isEmpty);
  }

  @Test
  void whatDidNotChangeIsNoBaseOfItself() throws IOException {
    NumberedContent parent = content(0);
    Digest base = fixture.write(parent.bytes());
    byte[] child =
        new NumberedContent(random, 9)
            .with("a", 4, parent.run("a"))
            .with("b", 4, parent.tuned(0).run("b"))
            .bytes();
    List<Optional<Digest>> bases = bases(fixture.write(child, base));
    assertThat(bases.subList(0, 5)).allMatch(Optional::isEmpty);
    assertThat(bases.get(5)).isPresent();
  }

  @Test
  void parentsThatAreGoneOrHoldNoNumbersArePassedOver() throws IOException {
    NumberedContent parent = content(0);
    Digest text = fixture.write(SeededTest.bytes(random, 300 * KIB));
    Digest empty = fixture.write(new byte[0]);
    Digest base = fixture.write(parent.bytes());
    Digest gone = Digest.of(new byte[] {1});
    Digest child = fixture.write(parent.tuned(0).bytes(), gone, text, empty, base);
    assertThat(bases(child)).isEqualTo(numberedOf(base));
  }

  @Test
  void aParentWhoseChunksAreLostIsPassedOver() throws IOException {
    NumberedContent parent = content(0);
    Digest base = fixture.write(parent.bytes());
    fixture.lose();
    Digest child = fixture.write(parent.tuned(0).bytes(), base);
    assertThat(bases(child)).isNotEmpty().allMatch(Optional::isEmpty);
  }

  @Test
  void theFirstParentThatFitsIsTakenAndOnlyTheFirstFewAreAsked() throws IOException {
    NumberedContent parent = content(0);
    Digest first = fixture.write(parent.bytes());
    NumberedContent tuned = parent.tuned(0);
    Digest second = fixture.write(tuned.bytes());
    byte[] child = tuned.tuned(0).bytes();
    assertThat(bases(fixture.write(child, second, first))).isEqualTo(numberedOf(second));

    List<Digest> many = new ArrayList<>();
    for (int i = 0; i < TensorBases.PARENTS_MAX; i++) {
      many.add(Digest.of(new byte[] {(byte) i, 1}));
    }
    many.add(first);
    Digest other = fixture.write(child, many, 1 << 20, 1 << 20);
    assertThat(bases(other)).isNotEmpty().allMatch(Optional::isEmpty);
  }

  @Test
  void parentsAreNotOpenedForWhoeverMayNotReadThem() throws IOException {
    NumberedContent parent = content(0);
    Digest base = fixture.write(parent.bytes());
    int before = fixture.opened();
    Digest child = fixture.file(parent.tuned(0).bytes(), false, base);
    assertThat(fixture.opened()).isEqualTo(before);
    assertThat(bases(child)).hasSize(9).allMatch(Optional::isEmpty);
  }

  @Test
  void parentsAreNotOpenedForContentWithoutNumbers() throws IOException {
    Digest base = fixture.write(content(0).bytes());
    int before = fixture.opened();
    var _ = fixture.write(SeededTest.bytes(random, 500 * KIB), base);
    assertThat(fixture.opened()).isEqualTo(before);
  }
}
