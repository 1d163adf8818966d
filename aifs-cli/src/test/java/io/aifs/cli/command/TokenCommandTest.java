package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.core.ExitCode;
import io.aifs.core.token.TokenFacts;
import io.aifs.crypto.Macaroon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
  private static final String ID =
      "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";

  private static final String[] ALL_OPTIONS = {
    "--methods", "put,get",
    "--ns", "a,b",
    "--expires", "30d",
    "--not-before", "2026-11-22",
    "--path", "data/train/",
    "--ref", "main,v1",
    "--asset", ID,
    "--kind", "TENSOR,embed",
    "--max-bytes", "10M",
    "--rate", "100/s",
    "--client", "10.0.0.0/8,local",
    "--caveat", "methods = get",
    "--caveat", "ref = main"
  };

  private static final List<String> ALL_CAVEATS =
      List.of(
          "methods = put,get",
          "namespace = a,b",
          "expires = 2026-12-21T10:00:00Z",
          "not-before = 2026-11-22T00:00:00Z",
          "path = data/train",
          "ref = main,v1",
          "asset = " + ID,
          "kind = tensor,embed",
          "max-bytes = 10485760",
          "rate = 100/s",
          "client = 10.0.0.0/8,local",
          "methods = get",
          "ref = main");

  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));

  @BeforeEach
  void newHarness() {
    harness = new CommandHarness(directory);
  }

  private CommandRun run(String[] first, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(first));
    all.addAll(Arrays.asList(more));
    return harness.run(all.toArray(String[]::new));
  }

  private static Macaroon token(String... caveats) {
    return Macaroon.mint(new byte[32], "1.f00", "aifs:0123", List.of(caveats));
  }

  private Path file(Macaroon token) throws IOException {
    return Files.writeString(directory.resolve("some.token"), token.serialize() + "\n");
  }

  private static String[] line(String... words) {
    return words;
  }

  @Test
  void aMintedTokenStandsAloneOnStandardOutput() {
    CommandRun minted = run(line("token", "mint", "--note", "CI"), ALL_OPTIONS).ends(ExitCode.OK);

    assertThat(minted.out().lines()).hasSize(1);
    Macaroon token = Macaroon.parse(minted.out().strip());
    assertThat(token.caveats()).isEqualTo(ALL_CAVEATS);
    assertThat(token.verifySignature(new byte[32])).isTrue();
    minted.complains(token.id()).complains("whoever has it can use it");
    assertThat(minted.err()).doesNotContain(token.serialize());
  }

  @Test
  void aMintedTokenGoesToANewPrivateFile() throws IOException {
    CommandRun minted =
        harness.run("token", "mint", "--out", "ci.token", "-o", "json").ends(ExitCode.OK);

    Path written = directory.resolve("ci.token");
    String text = Files.readString(written).strip();
    assertThat(Macaroon.parse(text).id()).isEqualTo(minted.json().get("token_id").asText());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
        .isEqualTo("rw-------");
    assertThat(minted.out() + minted.err()).doesNotContain(text);
    assertThat(minted.json().has("token")).isFalse();

    harness.run("token", "mint", "--out", "ci.token").ends(ExitCode.CONFLICT);
    assertThat(harness.store.tokens.list(true, java.util.Optional.empty())).hasSize(1);
  }

  @Test
  void programsGetTheTokenAsAField() {
    JsonNode json = harness.run("token", "mint", "-o", "json").ends(ExitCode.OK).json();

    assertThat(Macaroon.parse(json.get("token").asText()).id())
        .isEqualTo(json.get("token_id").asText());
    assertThat(json.get("minted_by").asText()).isEqualTo("admin-1");
  }

  @Test
  void attenuationNeedsNoServerAndAddsToWhatIsThere() throws IOException {
    Macaroon before = token("methods = get");
    CommandRun made =
        run(line("token", "attenuate", "--token-file", file(before) + ""), ALL_OPTIONS)
            .ends(ExitCode.OK);

    Macaroon after = Macaroon.parse(made.out().strip());
    assertThat(after.verifySignature(new byte[32])).isTrue();
    assertThat(after.caveats().getFirst()).isEqualTo("methods = get");
    assertThat(after.caveats().subList(1, after.caveats().size())).isEqualTo(ALL_CAVEATS);
    assertThat(harness.stores.opened).isEmpty();
    assertThat(harness.stores.connected).isEmpty();

    CommandRun fromInput =
        harness
            .withInput(before.serialize() + "\n")
            .run("token", "attenuate", "--path", "a", "-o", "json")
            .ends(ExitCode.OK);
    assertThat(fromInput.json().get("caveats"))
        .extracting(JsonNode::asText)
        .containsExactly("methods = get", "path = a");
    assertThat(fromInput.json().get("family").asText()).isEqualTo("f00");
  }

  @Test
  void whatNoServerWouldUnderstandIsNotWritten() {
    String[][] wrong = {
      {"--methods", "put,gets"},
      {"--methods", "PUT"},
      {"--namespaces", "A"},
      {"--expires", "soon"},
      {"--expires", "2020-01-01"},
      {"--expires", "0d"},
      {"--not-before", "30"},
      {"--path", "/a"},
      {"--ref", "main~1"},
      {"--asset", "12"},
      {"--kind", "picture"},
      {"--max-bytes", "10X"},
      {"--max-bytes", "0"},
      {"--max-bytes", "9999999999T"},
      {"--rate", "100"},
      {"--client", "example.org"},
      {"--caveat", "colour = red"}
    };
    for (String[] option : wrong) {
      harness
          .withInput(token().serialize())
          .run("token", "attenuate", option[0], option[1])
          .ends(ExitCode.USAGE)
          .complains(option[0])
          .complains(option[1]);
      harness.run("token", "mint", option[0], option[1]).ends(ExitCode.USAGE);
    }
    harness.withInput(token().serialize()).run("token", "attenuate").ends(ExitCode.USAGE);
    harness.withInput("nonsense").run("token", "attenuate", "--path", "a").ends(ExitCode.USAGE);
    harness.withInput("").run("token", "attenuate", "--path", "a").ends(ExitCode.USAGE);
  }

  @Test
  void aTokenThatCanHoldNoMoreSaysSo() {
    Macaroon full = token();
    for (int i = 0; i < Macaroon.CAVEATS_MAX; i++) {
      full = full.attenuate("path = a");
    }
    harness
        .withInput(full.serialize())
        .run("token", "attenuate", "--path", "b")
        .ends(ExitCode.USAGE)
        .complains("256 caveats already");
  }

  @Test
  void inspectionShowsWhatIsInATokenAndNeverIt() throws IOException {
    Macaroon token =
        token(
            "expires = 2026-11-20T00:00:00Z",
            "not-before = 2027-01-01T00:00:00Z",
            "colour = r\u001b");
    Path file = file(token);

    CommandRun shown = harness.run("token", "inspect", file + "").ends(ExitCode.OK);
    shown
        .prints("token     " + TokenFacts.of(token).tokenId())
        .prints("family    f00")
        .prints("root key  1")
        .prints("for       aifs:0123")
        .prints("begins    2027-01-01 00:00:00 UTC, not yet")
        .prints("ends      2026-11-20 00:00:00 UTC, which has passed")
        .prints("only      colour = r\\x1b")
        .complains("servers of this version refuse it");
    assertThat(shown.out() + shown.err()).doesNotContain(token.serialize());
    assertThat(harness.stores.opened).isEmpty();

    JsonNode json = harness.run("token", "inspect", file + "", "-o", "json").json();
    assertThat(json.get("expires_at").asText()).isEqualTo("2026-11-20T00:00:00Z");
    assertThat(json.get("not_understood")).hasSize(1);
    assertThat(json.has("server")).isFalse();
    harness.run("token", "inspect", "--token-file", file + "").ends(ExitCode.OK);
    harness.run("token", "inspect", file + "", "--token-file", file + "").ends(ExitCode.USAGE);
    harness.run("token", "inspect", "nothing.token").ends(ExitCode.NOT_FOUND);
  }

  @Test
  void theServersViewIsAskedForWithTheTokenItself() throws IOException {
    harness.run("token", "mint", "--note", "for CI").ends(ExitCode.OK);
    Macaroon token = token();
    Path file = file(token);

    harness
        .run("token", "inspect", "--server-view", file + "")
        .ends(ExitCode.OK)
        .prints("good    yes, the store takes it")
        .prints("minted  2026-11-21 12:00:00 UTC, by admin-1")
        .prints("note    for CI");
    assertThat(harness.stores.opened.orElseThrow().token()).hasValue(token.serialize());

    harness.run(
        "token", "inspect", "--server-view", file + "", "--server", "127.0.0.1:1", "-o", "json");
    assertThat(harness.stores.connected.orElseThrow().token()).hasValue(token.serialize());
  }

  @Test
  void tokensInArgumentsAreRefusedAndNotShownAgain() {
    String token = token("expires = 2027-01-01T00:00:00Z").serialize();
    String[][] lines = {
      {"token", "inspect", token},
      {"token", "inspect", "--token-file", token},
      {"token", "attenuate", "--path", "a", "--token-file", token},
      {"token", "revoke", token},
      {"token", "revoke", "--family", token},
      {"ls", "--server", "127.0.0.1:1", "--token-file", token}
    };
    for (String[] line : lines) {
      CommandRun run = harness.run(line).ends(ExitCode.USAGE).complains("a token itself");
      assertThat(run.out() + run.err()).doesNotContain(token);
    }
  }

  @Test
  void tokensAndFamiliesAreRevoked() {
    harness.run("token", "mint").ends(ExitCode.OK);
    String id = "0123456789abcdef0123456789abcdef";
    harness.store.tokens.endedCalls = 2;

    harness
        .run("token", "revoke", id, "--reason", "lost")
        .ends(ExitCode.OK)
        .complains("revoked the token and ended 2 calls");
    harness.store.tokens.endedCalls = 0;
    harness.run("token", "revoke", id).ends(ExitCode.OK).complains("it was revoked before");
    harness
        .run("token", "revoke", "--family", "family-1", "--also-minted")
        .ends(ExitCode.OK)
        .complains("revoked 1 family");
    assertThat(harness.store.tokens.asked).containsExactly("also minted");

    assertThat(harness.run("token", "revoked").ends(ExitCode.OK).out().lines())
        .satisfiesExactly(
            family -> assertThat(family).startsWith("2026-11-21 12:00:00  family family-1"),
            one -> assertThat(one).contains("token " + id).endsWith("by admin-1  lost"));
    assertThat(harness.run("token", "revoked", "-n", "1", "-o", "json").json().get("revoked"))
        .hasSize(1);

    harness.run("token", "revoke", "--family", "other").ends(ExitCode.NOT_FOUND);
    harness.run("token", "revoke").ends(ExitCode.USAGE);
    harness.run("token", "revoke", id, "--family", "family-1").ends(ExitCode.USAGE);
    harness.run("token", "revoke", id, "--also-minted").ends(ExitCode.USAGE);
    harness.run("token", "revoke", "0123").ends(ExitCode.USAGE).complains("32 hex digits");
  }

  @Test
  void mintedTokensAreListed() {
    harness.run("token", "mint", "--expires", "2027-01-01", "--note", "one").ends(ExitCode.OK);
    harness.run("token", "mint").ends(ExitCode.OK);

    assertThat(harness.run("token", "list", "--all").ends(ExitCode.OK).out().lines())
        .satisfiesExactly(
            second -> assertThat(second).contains("family-2", "without an end", "used never"),
            first ->
                assertThat(first)
                    .contains("family-1", "2026-11-21 12:00:00", "until 2027-01-01 00:00:00")
                    .endsWith("one"));
    JsonNode one =
        harness
            .run("token", "list", "--minted-by", "admin-1", "-n", "1", "-o", "jsonl")
            .ends(ExitCode.OK)
            .json();
    assertThat(one.get("family").asText()).isEqualTo("family-2");
    assertThat(one.get("expires_at").isNull()).isTrue();
    assertThat(harness.store.tokens.asked).containsExactly("all", "good ones of admin-1");
  }

  @Test
  void rootKeysAreRotatedAndOlderOnesRetiredWhenAsked() {
    harness
        .run("key", "rotate", "--tokens")
        .ends(ExitCode.OK)
        .complains("tokens are made from root key 2 from now on");
    harness.run("key", "rotate", "--tokens", "--retire-older").ends(ExitCode.USAGE).complains("-y");
    assertThat(
            harness
                .run("key", "rotate", "--tokens", "--retire-older", "-y", "-o", "json")
                .ends(ExitCode.OK)
                .json()
                .get("retired"))
        .extracting(JsonNode::asText)
        .containsExactly("2");
    harness.run("key", "rotate", "--tokens", "--signing").ends(ExitCode.USAGE);
    harness.run("key", "rotate", "--signing", "--retire-older").ends(ExitCode.USAGE);
  }
}
