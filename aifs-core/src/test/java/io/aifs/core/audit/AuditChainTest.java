package io.aifs.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditChainTest {
  private static final Digest ZEROS = Digest.fromBytes(new byte[Digest.BYTES]);

  /** A whole log of so many records. */
  private static List<String> log(int records) {
    List<String> lines = new ArrayList<>();
    Digest before = ZEROS;
    for (int i = 1; i <= records; i++) {
      String line = line(i, "store", before, "\"path\":\"größe,\\\"digest\\\":\\\"" + i + "\"");
      lines.add(line);
      before = digest(line);
    }
    return lines;
  }

  private static String line(long sequence, String store, Digest before, String what) {
    String covered =
        "{\"seq\":%d,\"at\":\"2026-11-26T08:00:00.000000+00:00\",\"store\":\"%s\",\"what\":{%s},\"prev\":\"%s\""
            .formatted(sequence, store, what, before);
    return covered + ",\"digest\":\"" + Digest.of(covered.getBytes(UTF_8)) + "\"}";
  }

  private static Digest digest(String line) {
    return Digest.parse(line.substring(line.length() - 66, line.length() - 2));
  }

  private static AuditHead head(List<String> log, int sequence) {
    return new AuditHead("store", sequence, digest(log.get(sequence - 1)));
  }

  private static List<String> problems(List<String> lines, AuditHead... noted) {
    List<String> problems = new ArrayList<>();
    AuditChain chain = new AuditChain(List.of(noted), problems::add);
    lines.forEach(chain::add);
    chain.end();
    assertThat(chain.lines()).isEqualTo(lines.size());
    return problems;
  }

  @Test
  void aWholeLogHasNoProblemsAndAHead() {
    List<String> log = log(5);
    List<String> problems = new ArrayList<>();
    AuditChain chain = new AuditChain(List.of(head(log, 2), head(log, 5)), problems::add);
    log.forEach(chain::add);
    chain.end();

    assertThat(problems).isEmpty();
    assertThat(chain.head()).hasValue(head(log, 5));
    assertThat(problems(List.of())).isEmpty();
  }

  @Test
  void aPartOfALogIsWholeFromItsFirstRecordOn() {
    List<String> log = log(5);

    assertThat(problems(log.subList(2, 5))).isEmpty();
    assertThat(problems(log.subList(2, 5), head(log, 2))).isEmpty();
    assertThat(problems(log.subList(2, 5), new AuditHead("", 2, ZEROS)))
        .containsExactly("record 3 does not follow the one that was noted: " + ZEROS);
    assertThat(problems(log.subList(2, 5), head(log, 1)))
        .containsExactly(
            "record 1, which was noted, cannot be compared: the first here is record 3");
  }

  @Test
  void aChangedRecordIsNamed() {
    List<String> log = log(4);
    String said = digest(log.get(2)).hex();
    log.set(2, log.get(2).replace("größe", "grösse"));

    assertThat(problems(log))
        .containsExactly("record 3 was changed: it says its digest is " + said);
  }

  @Test
  void aRecordThatWasChangedWithItsDigestIsNamedByTheNext() {
    List<String> log = log(4);
    log.set(2, line(3, "store", digest(log.get(1)), "\"path\":\"other\""));

    assertThat(problems(log))
        .containsExactly("record 4 names another before it than record 3: one of them was changed");
  }

  @Test
  void theLastRecordChangedWithItsDigestIsNamedByANotedHead() {
    List<String> log = log(4);
    AuditHead noted = head(log, 4);
    log.set(3, line(4, "store", digest(log.get(2)), "\"path\":\"other\""));

    assertThat(problems(log)).isEmpty();
    assertThat(problems(log, noted))
        .containsExactly("record 4 is not the one that was noted: " + noted.digest());
  }

  @Test
  void removedRecordsAreNamed() {
    List<String> log = log(9);
    AuditHead noted = head(log, 9);
    log.subList(2, 4).clear();
    log.remove(4);
    log.removeLast();

    assertThat(problems(log, noted))
        .containsExactly(
            "records 3 to 4 are missing",
            "record 7 is missing",
            "record 9, which was noted, is missing: the newest is record 8");
  }

  @Test
  void reorderedAndRepeatedRecordsAreNamed() {
    List<String> log = log(6);
    Collections.swap(log, 2, 3);
    log.add(log.get(1));

    assertThat(problems(log))
        .containsExactly(
            "record 3 is not in its place: it stands after record 4", "record 2 is there twice");
    assertThat(problems(List.of(log(2).get(1), log(2).get(0))))
        .containsExactly("record 1 is not in its place: it stands after record 2");
  }

  @Test
  void otherTextOtherStoresAndAFirstWithABeforeAreNamed() {
    List<String> log = log(2);
    log.add("{}");
    log.add(line(3, "other", digest(log.get(1)), ""));

    assertThat(problems(log))
        .containsExactly(
            "line 3 is no record; it stands after record 2",
            "record 3 is of another store than the first: other");
    assertThat(problems(List.of(""))).containsExactly("line 1 is no record; it stands first");
    assertThat(problems(List.of(line(1, "store", Digest.of(new byte[1]), ""))))
        .containsExactly("record 1 is the first, and names one before it");
    assertThat(problems(log(1), new AuditHead("other", 1, digest(log.get(0)))))
        .containsExactly("record 1 is of another store than what was noted, which is of other");
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    SeededTest.run(
        200,
        random -> {
          List<String> log = log(4);
          AuditHead noted = head(log, 4);
          int record = random.nextInt(4);
          StringBuilder line = new StringBuilder(log.get(record));
          int at = random.nextInt(line.length());
          line.setCharAt(at, (char) (line.charAt(at) ^ (1 + random.nextInt(7))));
          log.set(record, line.toString());

          assertThat(problems(log, noted)).isNotEmpty();
        });
  }

  @Test
  void aHeadReadsWhatItPrints() {
    AuditHead head = new AuditHead("", 7, Digest.of(new byte[1]));

    assertThat(AuditHead.parse(head.toString())).isEqualTo(head);
    for (String wrong : List.of("", "7", "7:", "x:" + ZEROS, "-1:" + ZEROS, "7:12")) {
      assertThatThrownBy(() -> AuditHead.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
