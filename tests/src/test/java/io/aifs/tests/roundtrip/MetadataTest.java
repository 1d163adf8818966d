package io.aifs.tests.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metadata of any Unicode comes back as it went in. */
class MetadataTest {
  private static final Map<String, String> DIFFICULT =
      Map.of(
          "plain", "value",
          "empty", "",
          "e\u0301", "decomposed",
          "\u00e9", "composed",
          "\u0628\u202e\u0631", "right to left",
          "\ud83d\udc69\u200d\ud83d\udcbb", "\ud83d\ude80",
          "quotes '\"`", "back\\slash\nnew line\ttab",
          "control \u0001", "nul \u0000 inside",
          "a=b", "=",
          "\udbff\udffd", "\ufeff\uffff");

  @TempDir Path temporary;

  @Test
  void anyUnicodeReturnsThroughAServer() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
          try (ServerProcess server = ServerProcess.start(store, 256);
              AifsClient client = server.connect()) {
            requireReturned(client, DIFFICULT, 0);
            for (int i = 1; i <= 50; i++) {
              requireReturned(client, metadata(random), i);
            }
            StoreUnderTest.requireClean(client);
          }
        });
  }

  @Test
  void theCommandTakesAndShowsIt() throws Exception {
    StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
    Path file = temporary.resolve("file");
    Files.writeString(file, "content");
    CliProcess.run(
            store.homes(),
            "put",
            file.toString(),
            "aifs://default/main/file",
            "--meta",
            "\u00e9t\u00e9=\ud83d\ude80 \u0628")
        .requireExit(0);
    String shown =
        CliProcess.run(store.homes(), "stat", "-o", "json", "aifs://default/main/file")
            .requireExit(0)
            .text();
    assertThat(shown).contains("\u00e9t\u00e9");
    try (AifsClient client = store.open()) {
      Digest id = Digest.of("content".getBytes(StandardCharsets.UTF_8));
      assertThat(client.assets().stat(id).info().metadata())
          .isEqualTo(Map.of("\u00e9t\u00e9", "\ud83d\ude80 \u0628"));
      StoreUnderTest.requireClean(client);
    }
  }

  private static void requireReturned(AifsClient client, Map<String, String> metadata, int number) {
    byte[] bytes = {(byte) number, 1, 2};
    PutOptions options =
        new PutOptions(AssetKind.BLOB, metadata, List.of(), new float[0], Optional.empty());
    Digest id = client.assets().put(options, Content.of(bytes)).id();
    assertThat(client.assets().stat(id).info().metadata()).isEqualTo(metadata);
  }

  private static Map<String, String> metadata(SplittableRandom random) {
    Map<String, String> metadata = new HashMap<>();
    int entries = random.nextInt(6);
    for (int i = 0; i < entries; i++) {
      metadata.put(text(random, 1), text(random, 0));
    }
    return metadata;
  }

  private static String text(SplittableRandom random, int lengthMin) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(lengthMin, 40);
    while (text.length() < length) {
      int codePoint = random.nextInt(Character.MAX_CODE_POINT + 1);
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        text.appendCodePoint(codePoint);
      }
    }
    return text.toString();
  }
}
