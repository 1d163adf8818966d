package io.aifs.cli.history;

import io.aifs.cli.place.Place;
import io.aifs.core.AifsException;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lock files, and what decides conflicts of a merge. */
class HistoryTextFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    LockFile lock =
        new LockFile(
            List.of(
                new LockedInput(
                    new Place.OfPath(
                        new Name("models"), Ref.MAIN, new TreePath("data/train"), true),
                    new SnapshotId("ab".repeat(16)),
                    "ab".repeat(32),
                    "cd".repeat(16),
                    new byte[] {1, 2, 3},
                    new byte[] {4, 5})));
    return List.of(
        FuzzTarget.text(
                LockFile.class,
                "parse",
                text -> LockFile.parse(text, "aifs.lock"),
                lock.text(),
                "{\"version\": 1, \"inputs\": []}")
            .refusesWith(AifsException.Corrupt.class, AifsException.Unsupported.class)
            .hasStableText(LockFile::text)
            .remembers(base64("{\"" + "a".repeat(60_000) + "\": 1}"))
            .allocates(4 << 20, 1_024)
            .costs(2),
        FuzzTarget.text(
            MergeChoices.class,
            "parse",
            text -> MergeChoices.parse(List.of(text)),
            "data/a=ours",
            "b=c=theirs"),
        FuzzTarget.text(
            MergeChoices.class,
            "parseLines",
            text -> MergeChoices.parseLines(text.lines().toList()),
            "# mine\ndata/a=ours\n\nb=theirs\n"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
