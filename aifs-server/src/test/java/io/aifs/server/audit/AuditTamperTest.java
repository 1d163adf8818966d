package io.aifs.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.file.MemoryDisk;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is done to the files of a log, the check names each record that it was done to. */
class AuditTamperTest {
  private static final int RECORDS = 400;
  private static final int CASES = 60;
  private static final Pattern NAMED = Pattern.compile("records? ([0-9]+)(?: to ([0-9]+))?");

  private final LogRig rig = new LogRig();
  private final MemoryDisk original = new MemoryDisk();
  private AuditHead exported = AuditHead.NONE;
  private Optional<SealedHead> kept = Optional.empty();

  @BeforeEach
  void fill() throws IOException {
    AuditLog log = rig.open(original);
    rig.fill(log, RECORDS / 2);
    exported = log.head();
    rig.fill(log, RECORDS / 2 - 1);
    log.close();
    kept = rig.heads.newest;
  }

  /** A change of the files, by who has them. */
  private interface Tampering {
    void on(TamperedDisk disk, SplittableRandom random, long record);
  }

  /** Both while the store is closed, which opening it must survive, and while it is open. */
  private void eachIsNamed(Tampering tampering, long last) {
    SeededTest.run(
        CASES,
        random -> {
          long record = 1 + random.nextLong(last);
          TamperedDisk tampered = new TamperedDisk(original);
          tampering.on(tampered, random, record);
          assertThat(named(verify(tampered)))
              .as("record %s", record)
              .contains(record)
              .hasSizeLessThan(8);
        });
  }

  private List<String> verify(TamperedDisk tampered, AuditHead... expected) throws IOException {
    rig.heads.newest = kept;
    AuditLog log = rig.open(tampered.disk());
    List<String> first = LogRig.problems(log, expected);
    rig.fill(log, 3);
    log.close();
    assertThat(LogRig.problems(log, expected))
        .as("what was found once is found later, too")
        .containsAll(first.stream().filter(one -> !one.contains("the log ends")).toList());
    return first;
  }

  private static Set<Long> named(List<String> problems) {
    Set<Long> named = new TreeSet<>();
    for (String problem : problems) {
      Matcher matcher = NAMED.matcher(problem);
      if (matcher.find()) {
        long from = Long.parseLong(matcher.group(1));
        long to = matcher.group(2) == null ? from : Long.parseLong(matcher.group(2));
        for (long one = from; one <= to; one++) {
          named.add(one);
        }
      }
    }
    return named;
  }

  @Test
  void nothingIsFoundWhereNothingWasDone() throws IOException {
    TamperedDisk same = new TamperedDisk(original);
    assertThat(same.files).hasSizeGreaterThan(3);
    assertThat(verify(same, exported)).isEmpty();
  }

  @Test
  void removedRecordIsNamed() {
    eachIsNamed((disk, _, record) -> disk.remove(record), RECORDS);
  }

  @Test
  void recordWithAnyByteChangedIsNamed() {
    eachIsNamed(
        (disk, random, record) -> {
          char[] line = disk.line(record).toCharArray();
          line[random.nextInt(line.length)] ^= (char) (1 << random.nextInt(8));
          disk.set(record, new String(line));
        },
        RECORDS);
  }

  @Test
  void everyPartOfARecordIsHeld() throws IOException {
    for (String part :
        List.of(
            "{\"seq\":",
            ",\"at\":\"",
            "PutFiles",
            "OK",
            "default",
            "\"count\":",
            ",\"prev\":\"",
            ",\"digest\":\"",
            "\"}\n")) {
      TamperedDisk tampered = new TamperedDisk(original);
      String line = tampered.line(77);
      int at = line.indexOf(part) + part.length() - 1;
      char other = line.charAt(at) == 'x' ? 'y' : 'x';
      tampered.set(77, line.substring(0, at) + other + line.substring(at + 1));
      assertThat(named(verify(tampered))).as(part).contains(77L);
    }
  }

  @Test
  void recordChangedWithANewDigestIsNamed() {
    eachIsNamed((disk, _, record) -> disk.set(record, resealed(disk.line(record))), RECORDS - 1);
  }

  private static String resealed(String line) {
    return reseal(line.substring(0, line.lastIndexOf(",\"digest\"")).replace("OK", "NO"));
  }

  private static String reseal(String body) {
    return body + ",\"digest\":\"" + Digest.of(body.getBytes(UTF_8)).hex() + "\"}\n";
  }

  @Test
  void swappedRecordsAreNamed() {
    eachIsNamed(
        (disk, _, record) -> {
          String line = disk.line(record);
          disk.remove(record);
          disk.insertBehind(record + 1, line);
        },
        RECORDS - 1);
  }

  @Test
  void movedRecordIsNamed() {
    eachIsNamed(
        (disk, random, record) -> {
          String line = disk.line(record);
          disk.remove(record);
          disk.insertBehind(record + 1 + random.nextLong(RECORDS - record), line);
        },
        RECORDS - 1);
  }

  @Test
  void duplicatedRecordIsNamed() {
    eachIsNamed((disk, _, record) -> disk.insertBehind(record, disk.line(record)), RECORDS - 1);
  }

  @Test
  void cutTailIsNamedByTheHead() throws IOException {
    for (long last : new long[] {1, 80, 81, 200, RECORDS - 1}) {
      TamperedDisk tampered = new TamperedDisk(original);
      tampered.endWith(last);
      List<String> problems = verify(tampered, exported);
      assertThat(named(problems)).contains(last + 1, (long) RECORDS);
      tampered.set(last, tampered.line(last).substring(0, 100));
      assertThat(named(verify(tampered))).contains(last, (long) RECORDS);
    }
  }

  @Test
  void removedSegmentIsNamedByItsRecords() throws IOException {
    for (String name : new TamperedDisk(original).files.keySet()) {
      TamperedDisk tampered = new TamperedDisk(original);
      long first = Segment.ofName(name).orElseThrow().first();
      tampered.files.remove(name);
      assertThat(named(verify(tampered))).contains(first, first + 10).doesNotContain(first - 1);
    }
  }

  @Test
  void lostLogIsNamed() throws IOException {
    TamperedDisk tampered = new TamperedDisk(original);
    tampered.files.clear();
    assertThat(verify(tampered)).contains("records 1 to " + RECORDS + " are missing");
  }

  @Test
  void renamedSegmentIsNamedAndItsRecordsAreReadAllTheSame() throws IOException {
    TamperedDisk tampered = new TamperedDisk(original);
    List<String> names = List.copyOf(tampered.files.keySet());
    List<String> second = tampered.files.getOrDefault(names.get(1), List.of());
    List<String> third = tampered.files.getOrDefault(names.get(2), List.of());
    tampered.files.put(names.get(1), third);
    tampered.files.put(names.get(2), second);
    long begins = Segment.ofName(names.get(1)).orElseThrow().first();
    assertThat(verify(tampered)).hasSize(2).anyMatch(one -> one.endsWith("record " + begins));

    TamperedDisk hidden = new TamperedDisk(original);
    hidden.files.put("0.old", Optional.ofNullable(hidden.files.remove(names.get(1))).orElseThrow());
    assertThat(named(verify(hidden))).contains(begins);
    assertThat(verify(hidden)).contains("audit/0.old is not named as a segment");
  }

  /** Somebody without the key makes the chain anew, from some record on. */
  @Test
  void rewrittenChainIsFoundByTheHeadInTheCatalog() throws IOException {
    TamperedDisk tampered = new TamperedDisk(original);
    rewriteFrom(tampered, 150);
    assertThat(verify(tampered))
        .contains("record 401 says that something was amiss when the store was opened");
    assertThat(verify(tampered, exported))
        .anyMatch(one -> one.startsWith("record " + exported.sequence() + " is not the one"));
  }

  /** Somebody with the key makes the head anew, too. */
  @Test
  void rewriteByWhoHasTheKeyIsFoundByAnExportedHead() throws IOException {
    TamperedDisk tampered = new TamperedDisk(original);
    kept = Optional.of(rig.seal.seal(rewriteFrom(tampered, 150)));
    assertThat(verify(tampered)).isEmpty();
    assertThat(verify(tampered, exported))
        .singleElement()
        .asString()
        .startsWith("record " + exported.sequence() + " is not the one that the expected head");
  }

  private static AuditHead rewriteFrom(TamperedDisk tampered, long first) {
    String before = digestOf(tampered.line(first - 1));
    for (long record = first; record <= RECORDS; record++) {
      String line = tampered.line(record);
      String body = line.substring(0, line.lastIndexOf(",\"prev\"")).replace("file-", "other-");
      tampered.set(record, reseal(body + ",\"prev\":\"" + before + "\""));
      before = digestOf(tampered.line(record));
    }
    return new AuditHead(RECORDS, Digest.parse(before));
  }

  private static String digestOf(String line) {
    return line.substring(line.length() - 67, line.length() - 3);
  }

  @Test
  void forgedOrMissingHeadIsTold() throws IOException {
    SealedHead good = kept.orElseThrow();
    kept = Optional.of(new SealedHead(good.head(), good.head().digest()));
    assertThat(verify(new TamperedDisk(original))).singleElement().asString().contains("401");
    kept = Optional.empty();
    assertThat(verify(new TamperedDisk(original))).singleElement().asString().contains("401");
  }

  @Test
  void headOfAnotherPlaceIsTold() throws IOException {
    AuditHead beyond = new AuditHead(RECORDS + 50, exported.digest());
    AuditHead none = new AuditHead(0, exported.digest());
    AuditHead early = new AuditHead(3, exported.digest());
    List<String> problems = verify(new TamperedDisk(original), beyond, none, early);
    assertThat(problems).hasSize(3).anyMatch(one -> one.contains("records 401 to 450"));
    assertThat(Collections.max(named(problems))).isEqualTo(450);
  }

  @Test
  void whatIsChangedWhileTheStoreIsOpenIsNamed() throws IOException {
    rig.heads.newest = kept;
    AuditLog log = rig.open(original);
    rig.fill(log, 20);
    TamperedDisk tampered = new TamperedDisk(original);
    tampered.remove(300);
    tampered.endWith(410);
    String newest = List.copyOf(tampered.files.keySet()).getLast();
    for (String name : original.list(Segment.DIRECTORY)) {
      original.delete(Segment.DIRECTORY + "/" + name);
    }
    for (String name : tampered.files.keySet()) {
      original.rename("x/" + copy(tampered, name), Segment.DIRECTORY + "/" + name);
    }
    assertThat(newest).isNotEmpty();
    assertThat(named(LogRig.problems(log))).contains(300L, 411L, 420L);
  }

  private String copy(TamperedDisk tampered, String name) throws IOException {
    byte[] bytes = String.join("", tampered.files.getOrDefault(name, List.of())).getBytes(UTF_8);
    try (var file = original.create("x/" + name)) {
      file.append(bytes, 0, bytes.length);
    }
    return name;
  }
}
