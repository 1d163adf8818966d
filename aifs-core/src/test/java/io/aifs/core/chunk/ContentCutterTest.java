package io.aifs.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.testing.Fixture;
import io.aifs.crypto.testing.SeededTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContentCutterTest {
  private static final ChunkerParameters RULES = ChunkerParameters.DEFAULT;
  private static final ChunkerParameters SMALL = new ChunkerParameters(64, 256, 1024);
  private static final int KIB = 1 << 10;

  /** A chunk, and where in a region it was said to lie. */
  private record Piece(int length, Optional<NumberPlace> place) {}

  private static NumberRegion region(String name, long offset, long length) {
    return new NumberRegion(name, offset, length, 4);
  }

  private static RegionFinder finding(NumberRegion... regions) {
    return (_, _, _) -> Optional.of(List.of(regions));
  }

  /** Finds what it is told only when it has seen so many bytes, or there are no more. */
  private static RegionFinder findingAfter(int bytes, List<NumberRegion> regions) {
    return (_, length, whole) ->
        length >= bytes ? Optional.of(regions) : whole ? Optional.of(List.of()) : Optional.empty();
  }

  private static List<Piece> pieces(ChunkerParameters rules, RegionFinder finder, byte[] content) {
    ContentCutter cutter = new ContentCutter(new Chunker(rules), finder);
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    int length;
    while ((length = cutter.cut(content, at, content.length - at, true)) > 0) {
      pieces.add(new Piece(length, cutter.place()));
      at += length;
      assertThat(cutter.position()).isEqualTo(at);
    }
    assertThat(at).isEqualTo(content.length);
    return pieces;
  }

  private static List<Integer> lengths(RegionFinder finder, byte[] content) {
    return pieces(RULES, finder, content).stream().map(Piece::length).toList();
  }

  private static List<Integer> plain(ChunkerParameters rules, byte[] content, int from, int to) {
    Chunker chunker = new Chunker(rules);
    List<Integer> lengths = new ArrayList<>();
    int at = from;
    int length;
    while ((length = chunker.cut(content, at, to - at, true)) > 0) {
      lengths.add(length);
      at += length;
    }
    return lengths;
  }

  /** The same, fed some bytes at a time into a buffer that moves. */
  private static List<Piece> fed(
      SplittableRandom random, ChunkerParameters rules, RegionFinder finder, byte[] content) {
    ContentCutter cutter = new ContentCutter(new Chunker(rules), finder);
    List<Piece> pieces = new ArrayList<>();
    int bytesAtOnce = 1 + random.nextInt(random.nextBoolean() ? 5_000 : 400_000);
    int margin = random.nextInt(3);
    int at = 0;
    int filled = 0;
    boolean end = false;
    while (at < content.length) {
      byte[] buffer = new byte[margin + filled - at];
      System.arraycopy(content, at, buffer, margin, filled - at);
      int length = cutter.cut(buffer, margin, filled - at, end);
      if (length > 0) {
        pieces.add(new Piece(length, cutter.place()));
        at += length;
      } else {
        assertThat(filled - at).isLessThan(ContentCutter.bytesWanted(rules));
        int more = Math.min(content.length - filled, random.nextInt(1, bytesAtOnce + 1));
        filled += more;
        // Now and then the end is known with the last bytes, now and then only afterwards.
        end = filled == content.length && (more == 0 || random.nextBoolean());
      }
    }
    return pieces;
  }

  private static List<NumberRegion> someRegions(SplittableRandom random, int bytesMax) {
    List<NumberRegion> regions = new ArrayList<>();
    long at = random.nextInt(bytesMax / 4);
    while (at < bytesMax) {
      int length = random.nextInt(bytesMax / 4);
      regions.add(new NumberRegion("r" + regions.size(), at, length, 1 << random.nextInt(4)));
      at += length + (random.nextBoolean() ? 0 : random.nextInt(bytesMax / 8));
    }
    return regions;
  }

  @Test
  void contentWithoutRegionsIsCutAsByAChunker() {
    byte[] data = Fixture.bytes("chunker", 4 << 20);
    List<Integer> expected =
        Fixture.lines(getClass(), "cuts-v1.txt").stream().map(Integer::valueOf).toList();
    assertThat(lengths(RegionFinder.NONE, data)).isEqualTo(expected);
  }

  @Test
  void cutsAndPlacesAreTheSameHoweverTheContentComes() {
    SeededTest.run(
        40,
        random -> {
          ChunkerParameters rules = random.nextBoolean() ? RULES : SMALL;
          byte[] content =
              SeededTest.bytes(random, random.nextInt(rules.equals(RULES) ? 3 << 20 : 9_000));
          List<NumberRegion> regions = someRegions(random, content.length + 1_000);
          int head = random.nextInt(1 << random.nextInt(1, 21));
          RegionFinder finder = findingAfter(head, regions);
          assertThat(fed(random, rules, finder, content)).isEqualTo(pieces(rules, finder, content));
        });
  }

  @Test
  void ofTwoNeighboursOneIsLongEnoughUnlessTheyAreTheLast() {
    SeededTest.run(
        40,
        random -> {
          byte[] content = SeededTest.bytes(random, random.nextInt(20_000));
          List<NumberRegion> regions = someRegions(random, content.length + 1_000);
          List<Piece> pieces = pieces(SMALL, findingAfter(0, regions), content);
          for (int i = 0; i < pieces.size(); i++) {
            assertThat(pieces.get(i).length()).isBetween(1, SMALL.bytesMax());
            if (i < pieces.size() - 2) {
              assertThat(Math.max(pieces.get(i).length(), pieces.get(i + 1).length()))
                  .isGreaterThanOrEqualTo(SMALL.bytesMin());
            }
          }
        });
  }

  @Test
  void aRegionIsCutAtItsStartAndEndAndEveryTargetBetween() {
    byte[] content = Fixture.bytes("region", 600 * KIB);
    NumberRegion region = region("a", 1_000, 200 * KIB);

    List<Integer> lengths = lengths(finding(region), content);

    assertThat(lengths.subList(0, 4)).containsExactly(1_000, 64 * KIB, 64 * KIB, 72 * KIB);
    assertThat(lengths.subList(4, lengths.size()))
        .isEqualTo(plain(RULES, content, (int) region.end(), content.length));
  }

  @Test
  void whatIsLongEnoughAtTheEndOfARegionIsAChunkOfItsOwn() {
    byte[] content = new byte[144 * KIB];
    assertThat(lengths(finding(region("a", 0, 144 * KIB)), content))
        .containsExactly(64 * KIB, 64 * KIB, 16 * KIB);
    assertThat(lengths(finding(region("a", 0, 144 * KIB - 1)), content))
        .containsExactly(64 * KIB, 80 * KIB - 1, 1);
  }

  @Test
  void aPieceKnowsItsPlace() {
    NumberRegion first = region("a", 500, 100 * KIB);
    NumberRegion second = region("b", first.end(), 20 * KIB);
    List<Piece> pieces = pieces(RULES, finding(first, second), new byte[(int) second.end() + 1]);
    assertThat(pieces)
        .containsExactly(
            new Piece(500, Optional.empty()),
            new Piece(64 * KIB, Optional.of(new NumberPlace(first, 0))),
            new Piece(36 * KIB, Optional.of(new NumberPlace(first, 64 * KIB))),
            new Piece(20 * KIB, Optional.of(new NumberPlace(second, 0))),
            new Piece(1, Optional.empty()));
  }

  @Test
  void equalNumbersHaveEqualChunksWhateverIsAroundThem() {
    byte[] numbers = Fixture.bytes("numbers", 500 * KIB);
    List<Integer> expected = lengths(finding(region("a", 0, numbers.length)), numbers);
    SeededTest.run(
        5,
        random -> {
          byte[] before = SeededTest.bytes(random, random.nextInt(1, 300 * KIB));
          byte[] content = Arrays.copyOf(before, before.length + numbers.length + 100);
          System.arraycopy(numbers, 0, content, before.length, numbers.length);
          List<Integer> inside =
              pieces(RULES, finding(region("b", before.length, numbers.length)), content).stream()
                  .filter(piece -> piece.place().isPresent())
                  .map(Piece::length)
                  .toList();
          assertThat(inside).isEqualTo(expected);
        });
  }

  @Test
  void contentThatEndsInsideARegionEndsWithAShorterChunk() {
    NumberRegion region = region("a", 100, 10 << 20);
    assertThat(lengths(finding(region), new byte[100 + 130 * KIB]))
        .containsExactly(100, 64 * KIB, 64 * KIB, 2 * KIB);
    assertThat(lengths(finding(region), new byte[100])).containsExactly(100);
    assertThat(lengths(finding(region), new byte[40])).containsExactly(40);
    assertThat(lengths(finding(region), new byte[0])).isEmpty();
  }

  @Test
  void regionsBehindTheEndChangeNothing() {
    byte[] content = Fixture.bytes("short", 300 * KIB);
    assertThat(lengths(finding(region("a", 1L << 60, 1L << 60)), content))
        .isEqualTo(lengths(RegionFinder.NONE, content));
  }

  @Test
  void regionsOutOfOrderOrOverlappingAreIgnoredAllTogether() {
    byte[] content = Fixture.bytes("overlap", 900 * KIB);
    List<Integer> expected = lengths(RegionFinder.NONE, content);
    NumberRegion first = region("a", 0, 100 * KIB);
    NumberRegion second = region("b", 100 * KIB, 100 * KIB);
    NumberRegion over = region("c", 200 * KIB - 1, 100 * KIB);
    assertThat(lengths(finding(second, first), content)).isEqualTo(expected);
    assertThat(lengths(finding(first, second, over), content)).isEqualTo(expected);
    assertThat(lengths(finding(first, second), content)).isNotEqualTo(expected);
  }

  @Test
  void regionsTooShortForAChunkAreLeftToOrdinaryCutting() {
    byte[] content = Fixture.bytes("tiny", 300 * KIB);
    assertThat(lengths(finding(region("a", 1_000, 16 * KIB - 1)), content))
        .isEqualTo(lengths(RegionFinder.NONE, content));
  }

  @Test
  void rulesWithoutRoomForTheLongestChunkOfNumbersIgnoreRegions() {
    ChunkerParameters narrow = new ChunkerParameters(128, 256, 300);
    byte[] content = Fixture.bytes("narrow", 3_000);
    List<Integer> lengths =
        pieces(narrow, finding(region("a", 100, 2_000)), content).stream()
            .map(Piece::length)
            .toList();
    assertThat(lengths).isEqualTo(plain(narrow, content, 0, content.length));
  }

  @Test
  void noMoreThanTheHeadIsLookedAt() {
    byte[] content = Fixture.bytes("head", 3 << 20);
    NumberRegion region = region("a", 2 << 20, 200 * KIB);
    RegionFinder atTheLimit = findingAfter(RegionFinder.HEAD_BYTES_MAX, List.of(region));
    RegionFinder behindIt = findingAfter(RegionFinder.HEAD_BYTES_MAX + 1, List.of(region));

    assertThat(lengths(atTheLimit, content)).isEqualTo(lengths(finding(region), content));
    assertThat(lengths(behindIt, content)).isEqualTo(lengths(RegionFinder.NONE, content));
  }

  @Test
  void nothingIsCutUntilTheHeadIsUnderstood() {
    byte[] content = new byte[2 << 20];
    RegionFinder finder =
        findingAfter(RegionFinder.HEAD_BYTES_MAX, List.of(region("a", 10, 1 << 20)));
    ContentCutter cutter = new ContentCutter(new Chunker(RULES), finder);
    assertThat(cutter.cut(content, 0, RegionFinder.HEAD_BYTES_MAX - 1, false)).isEqualTo(-1);
    assertThat(cutter.cut(content, 0, RegionFinder.HEAD_BYTES_MAX, false)).isEqualTo(10);
  }

  @Test
  void chunksAreRecognisedByTheirPlaces() {
    NumberRegions regions = NumberRegions.of(List.of(region("a", 1_000, 200 * KIB)), RULES);
    assertThat(regions.chunk(1_000, 64 * KIB)).isPresent();
    assertThat(regions.chunk(1_000 + 128 * KIB, 72 * KIB)).isPresent();
    assertThat(regions.chunk(1_000, 64 * KIB + 1)).isEmpty();
    assertThat(regions.chunk(1_000 + 10, 64 * KIB)).isEmpty();
    assertThat(regions.chunk(0, 1_000)).isEmpty();
    assertThat(regions.chunk(1_000 + 200 * KIB, 64 * KIB)).isEmpty();
  }

  @Test
  void aNameThatSeveralRegionsHaveNamesNone() {
    NumberRegions regions =
        NumberRegions.of(
            List.of(
                region("a", 0, 20 * KIB),
                region("b", 20 * KIB, 20 * KIB),
                region("a", 40 * KIB, 20 * KIB)),
            RULES);
    assertThat(regions.byName()).containsOnlyKeys("b");
  }
}
