package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.store.LocalStore;
import io.aifs.cli.store.RebuildSummary;
import io.aifs.cli.store.ServeOptions;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.client.ClientOptions;
import io.aifs.client.Maintenance.CheckEvent.Finding;
import io.aifs.client.Maintenance.Severity;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CareCommandsTest {
  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));

  @BeforeEach
  void fillTheStore() {
    harness = new CommandHarness(directory);
    harness.store.put("d/a", "A");
    harness.store.put("d/b", "B");
  }

  private static Finding finding(Severity severity) {
    return finding(severity, "", "");
  }

  private static Finding finding(Severity severity, String fix, String pack) {
    return new Finding(
        severity,
        "asset-damaged",
        "asset is bad",
        "restore it",
        List.of("ab"),
        List.of("d/a"),
        fix,
        false,
        7,
        0,
        pack);
  }

  @Test
  void verifyCountsWhatIsIntact() {
    harness
        .run("verify", "main:d")
        .ends(ExitCode.OK)
        .prints("verified 2 assets (20 B): all intact");
    harness.run("verify", "main:d/a").ends(ExitCode.OK).prints("verified 1 asset");
    harness.run("verify", "main:d/a", "main:d/b").ends(ExitCode.OK).prints("verified 2 assets");
    harness.run("verify", "--all").ends(ExitCode.OK).prints("verified 2 assets");
    harness.run("verify").ends(ExitCode.USAGE);
    harness.run("verify", "--all", "main:d").ends(ExitCode.USAGE);
    harness.run("verify", "main:none").ends(ExitCode.NOT_FOUND);
  }

  @Test
  void anEmptyDirectoryIsNotEverything() {
    harness.run("namespace", "create", "empty");
    harness.run("verify", "aifs://empty/main/").ends(ExitCode.OK).prints("verified 0 assets");
  }

  @Test
  void damageIsNamedAndEndsWithSeven() {
    harness.store.findings.add(finding(Severity.DAMAGE));
    CommandRun run = harness.run("verify", "--all").ends(ExitCode.INTEGRITY);
    assertThat(run.out())
        .isEqualTo(
            "damage: asset is bad\n  at d/a\n  restore it\nverified 2 assets (20 B): 1 DAMAGED\n");
    JsonNode json = harness.run("fsck", "-o", "json").ends(ExitCode.INTEGRITY).json();
    assertThat(json.get("findings").get(0).get("code").asText()).isEqualTo("asset-damaged");
    assertThat(json.get("damaged").asInt()).isEqualTo(1);
  }

  @Test
  void aFindingInAPackNamesWhatItTouches() {
    harness.store.findings.add(finding(Severity.DAMAGE, "", "0123"));
    harness
        .run("fsck")
        .ends(ExitCode.INTEGRITY)
        .prints("damage: asset is bad\n  asset ab\n  and 7 more assets\n  at d/a\n  restore it\n");
    JsonNode json = harness.run("fsck", "-o", "json").json().get("findings").get(0);
    assertThat(json.get("pack_id").asText()).isEqualTo("0123");
    assertThat(json.get("more_assets").asInt()).isEqualTo(7);
    assertThat(json.get("fixed").asBoolean()).isFalse();
    harness.run("status").prints("1 record in 1 pack");
  }

  @Test
  void whatIsRepairedIsNoWarningAnyMore() {
    harness.store.findings.add(finding(Severity.WARNING, "recount", ""));
    harness.run("fsck").ends(ExitCode.FAILED);
    harness
        .run("fsck", "--repair")
        .ends(ExitCode.OK)
        .prints("FIXED: recount")
        .prints("all intact, 1 finding fixed");
    harness.run("fsck").ends(ExitCode.OK);
  }

  @Test
  void aSampleTellsItsSeed() {
    harness
        .run("verify", "--sample", "50%")
        .ends(ExitCode.OK)
        .prints("verified 1 asset (10 B): all intact; a sample, seed 4711");
    JsonNode json =
        harness
            .run("verify", "--sample", "1", "--seed", "12", "-o", "json")
            .ends(ExitCode.OK)
            .json();
    assertThat(json.get("checked").asInt()).isEqualTo(2);
    assertThat(json.get("sample_seed").asLong()).isEqualTo(12);
    for (String share : List.of("0", "101%", "-1", "NaN", "much", "%")) {
      harness.run("verify", "--sample", share).ends(ExitCode.USAGE).complains("share");
    }
    harness.run("verify", "--sample", "5%", "--all").ends(ExitCode.USAGE);
    harness.run("verify", "--seed", "5", "--all").ends(ExitCode.USAGE);
  }

  @Test
  void warningsAloneEndWithOne() {
    harness.store.findings.add(finding(Severity.WARNING));
    harness.run("fsck", "--read-data").ends(ExitCode.FAILED).prints("1 warning");
    harness.store.findings.set(0, finding(Severity.INFO));
    harness.run("fsck").ends(ExitCode.OK).prints("info: asset is bad").prints("all intact");
  }

  @Test
  void statusTellsWhatItIs() {
    harness
        .run("status")
        .ends(ExitCode.OK)
        .prints("DEV MODE")
        .prints("1m05s")
        .prints("25 %")
        .prints("24 B condemned until 1970-01-01");
    assertThat(harness.run("status", "-o", "json").json().get("pack_bytes").asInt())
        .isEqualTo(1_024);
    harness.store.healthy = false;
    harness.run("status").ends(ExitCode.UNAVAILABLE).prints("NOT_SERVING");
  }

  @Test
  void statusTellsOfTheDiskAndOfJobsThatFail() {
    harness.run("status").ends(ExitCode.OK).prints("1.0 MiB of 1.0 GiB free");
    harness.store.jobError = "1 asset is damaged";
    harness.run("status").ends(ExitCode.OK).prints("scrub: 1 asset is damaged");
    JsonNode json = harness.run("status", "-o", "json").json();
    assertThat(json.get("failing_jobs").get(0).asText()).isEqualTo("scrub");
    assertThat(json.get("job_errors").get(0).asText()).isEqualTo("1 asset is damaged");
  }

  @Test
  void jobsAreListedRunAndCancelled() {
    harness
        .run("job", "list")
        .ends(ExitCode.OK)
        .prints("every 10m00s, last good 2026-01-01T12:00:00Z, next 2026-01-01T12:10:00Z")
        .prints("read 2 assets");
    harness.store.jobError = "bad";
    harness
        .run("job", "list")
        .ends(ExitCode.FAILED)
        .prints("FAILED 2026-01-01T12:01:00Z, 2 times: bad");
    JsonNode json = harness.run("job", "list", "-o", "json").ends(ExitCode.FAILED).json();
    assertThat(json.get("jobs").get(0).get("state").asText()).isEqualTo("retrying");
    assertThat(json.get("jobs").get(0).get("failures").asInt()).isEqualTo(2);
    harness.run("job", "run", "scrub").ends(ExitCode.OK).complains("job scrub is running");
    harness.run("job", "cancel", "scrub").ends(ExitCode.OK).complains("asked to end");
    harness.run("job", "run", "none").ends(ExitCode.NOT_FOUND).complains("the jobs are scrub");
    harness.run("job").ends(ExitCode.USAGE);
  }

  @Test
  void gcSaysWhatItWouldDoAndAsksBeforeItDoesIt() {
    harness.run("gc", "--dry-run").ends(ExitCode.OK).complains("would condemn 3 records of 10");
    harness.run("gc").ends(ExitCode.USAGE);
    harness
        .run("gc", "-y")
        .ends(ExitCode.OK)
        .complains("freed 0 B, waiting to be deleted: 2.0 KiB")
        .complains("1 damaged pack")
        .complains("1 upload");
    JsonNode json = harness.run("gc", "--grace", "0", "-y", "-o", "json").json();
    assertThat(json.get("freed_bytes").asInt()).isEqualTo(2_048);
    harness.run("gc", "--grace", "soon", "-y").ends(ExitCode.USAGE);
  }

  @Test
  void gcUndoBringsBackEverythingOrOneAsset() {
    harness.run("gc", "undo").ends(ExitCode.OK).complains("brought back 3 records");
    String id = "ab".repeat(32);
    harness
        .run("gc", "undo", "--asset", id)
        .ends(ExitCode.OK)
        .complains("brought back asset " + id);
    assertThat(harness.store.revived).extracting(Object::toString).containsExactly(id);
    harness.run("gc", "undo", "--asset", "main:d/a").ends(ExitCode.USAGE);
  }

  @Test
  void namespacesAreCreatedListedAndShown() {
    harness.run("namespace", "create", "vision", "--meta", "a=b").ends(ExitCode.OK);
    harness.run("namespace", "create", "vision").ends(ExitCode.CONFLICT);
    harness.run("namespace", "create", "Not Good").ends(ExitCode.USAGE);
    assertThat(harness.run("namespace", "list").out())
        .isEqualTo("default  about default\nvision  about vision\n");
    harness.run("namespace", "show", "vision").ends(ExitCode.OK).prints("team = a");
    harness.run("namespace", "show", "none").ends(ExitCode.NOT_FOUND);
    harness.run("namespace").ends(ExitCode.USAGE);
  }

  @Test
  void initSaysWhereEverythingIs() {
    harness
        .run("init", "--data", "store")
        .ends(ExitCode.OK)
        .prints("created it")
        .prints("aifs key export");
    LocalStore opened = harness.stores.opened.orElseThrow();
    assertThat(opened.dataDirectory()).isEqualTo(directory.resolve("store"));
    assertThat(opened.configHome()).isEqualTo(directory.resolve("home/.config"));
    assertThat(opened.rootKey()).isEqualTo(new LocalStore.RootKey.InFile(Optional.empty()));
    JsonNode json = harness.run("init", "--dry-run", "-o", "json").ends(ExitCode.OK).json();
    assertThat(json.get("created").asBoolean()).isFalse();
    assertThat(json.get("root_key_file").asText()).endsWith("root.key");
    harness.run("init", "--server", "localhost").ends(ExitCode.USAGE).complains("data directory");
  }

  @Test
  void passphrasesComeFromFilesAndVariables() throws IOException {
    Files.writeString(directory.resolve("p"), "from file\nsecond line");
    harness.run("init", "--root-key", "passphrase:p").ends(ExitCode.OK);
    assertThat(harness.stores.opened.orElseThrow().rootKey())
        .isEqualTo(new LocalStore.RootKey.ByPassphrase("from file"));
    harness.run("init", "--root-key", "passphrase").ends(ExitCode.USAGE).complains("terminal");
    harness.environment.put("AIFS_PASSPHRASE", "from variable");
    harness.run("init", "--root-key", "passphrase").ends(ExitCode.OK);
    assertThat(harness.stores.opened.orElseThrow().rootKey())
        .isEqualTo(new LocalStore.RootKey.ByPassphrase("from variable"));
    assertThat(harness.stores.opened.orElseThrow().toString()).doesNotContain("from variable");
  }

  @Test
  void serveListensAndEndsWellWhenTold() {
    CommandRun run = harness.run("serve", "--listen", "127.0.0.1:0", "-o", "jsonl");
    run.ends(ExitCode.OK).complains("on 127.0.0.1:4711").prints("\"port\":4711");
    assertThat(harness.stores.served.orElseThrow().port()).isZero();
    harness.run("serve", "--dev").ends(ExitCode.OK).complains("DEV MODE");
    harness.run("serve", "--dev", "--listen", "0.0.0.0:1").ends(ExitCode.USAGE);
    harness.run("serve", "--listen", "x:y").ends(ExitCode.USAGE);
    harness.run("serve", "--drain", "soon").ends(ExitCode.USAGE);
    harness.run("serve", "--scrub-interval", "soon").ends(ExitCode.USAGE);
    harness.run("serve", "--scrub-interval", "7d").ends(ExitCode.OK);
    assertThat(harness.stores.served.orElseThrow().scrubInterval()).isEqualTo(Duration.ofDays(7));
    harness.run("serve", "--gc-interval", "6h", "--gc-grace", "0").ends(ExitCode.OK);
    assertThat(harness.stores.served.orElseThrow().gcInterval()).isEqualTo(Duration.ofHours(6));
    assertThat(harness.stores.served.orElseThrow().gcGrace()).isZero();
    harness.run("serve", "--gc-grace", "never").ends(ExitCode.USAGE);
  }

  @Test
  void limitsOfTokensComeFromFileVariableAndFlag() throws IOException {
    harness.run("serve").ends(ExitCode.OK);
    assertThat(harness.stores.served.orElseThrow().tokens())
        .isEqualTo(new ServeOptions.TokenLimits(0, 4_096, 0, 0));
    Files.createDirectories(directory.resolve("home/.config/aifs"));
    Files.writeString(
        directory.resolve("home/.config/aifs/config.toml"),
        """
        limits_token_calls_per_second = 10
        limits_token_concurrent_calls = 20
        limits_token_bytes_per_second = '30'
        limits_token_searches_per_second = 40
        """);
    harness.environment.put("AIFS_LIMITS_TOKEN_CONCURRENT_CALLS", "21");
    harness.environment.put("AIFS_LIMITS_TOKEN_BYTES_PER_SECOND", "31");
    harness
        .run(
            "serve",
            "--limits-token-bytes-per-second",
            "32",
            "--limits-token-searches-per-second",
            "43")
        .ends(ExitCode.OK);
    assertThat(harness.stores.served.orElseThrow().tokens())
        .isEqualTo(new ServeOptions.TokenLimits(10, 21, 32, 43));
    harness.run("config", "show").prints("limits-token-calls-per-second");
    harness.run("serve", "--limits-token-calls-per-second", "many").ends(ExitCode.USAGE);
    harness.environment.put("AIFS_LIMITS_TOKEN_CONCURRENT_CALLS", "-1");
    harness.run("serve").ends(ExitCode.USAGE).complains("AIFS_LIMITS_TOKEN_CONCURRENT_CALLS");
  }

  @Test
  void keysAreExportedToPrivateFiles() throws IOException {
    harness.run("key", "export", "recovery").ends(ExitCode.USAGE).complains("passphrase");
    Files.writeString(directory.resolve("p"), "secret\n");
    harness.run("key", "export", "recovery", "--passphrase-file", "p").ends(ExitCode.OK);
    assertThat(harness.stores.exportedUnder).contains("secret");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("recovery"))))
        .isEqualTo("rw-------");
    harness.run("key", "export", "recovery", "--no-passphrase").ends(ExitCode.CONFLICT);
    assertThat(harness.run("key", "export", "-", "--no-passphrase").out()).isEqualTo("recovery\n");
    harness
        .run("key", "export", "-", "--no-passphrase", "--passphrase-file", "p")
        .ends(ExitCode.USAGE);
    harness.run("key", "import", "recovery", "--passphrase-file", "p").ends(ExitCode.OK);
    assertThat(harness.stores.imported).contains("recovery\n");
    harness.run("key", "import", "none", "--no-passphrase").ends(ExitCode.NOT_FOUND);
  }

  @Test
  void theChosenServerIsSpokenTo() throws IOException {
    Files.writeString(directory.resolve("token"), "macaroon\n");
    harness
        .run("ls", "--server", "localhost:7", "--token-file", "token", "--timeout", "5s")
        .ends(ExitCode.OK);
    ClientOptions options = harness.stores.connected.orElseThrow();
    assertThat(options.endpoint()).isEqualTo(new ClientOptions.Endpoint.Tcp("localhost", 7));
    assertThat(options.token()).contains("macaroon");
    assertThat(options.deadline()).hasSeconds(5);
    assertThat(harness.stores.opened).isEmpty();
    assertThat(harness.store.closed).isTrue();
    harness.run("ls", "--server", "x", "--data", "y").ends(ExitCode.USAGE);
    harness.environment.put("AIFS_SERVER", "localhost:8");
    harness.run("ls", "--data", "y").ends(ExitCode.OK).complains("AIFS_SERVER goes before --data");
  }

  @Test
  void aRebuildOfTheCatalogAsksFirstAndSaysWhatItDid() throws IOException {
    harness.run("fsck", "--rebuild-catalog").ends(ExitCode.USAGE);
    assertThat(harness.stores.opened).isEmpty();
    harness
        .run("fsck", "--rebuild-catalog", "-y")
        .ends(ExitCode.OK)
        .prints("checkpoint 3 and 4 transactions: complete");
    assertThat(harness.stores.opened).isPresent();
    harness.run("fsck", "--rebuild-catalog", "-y", "--server", "h:1").ends(ExitCode.USAGE);
    harness.run("fsck", "--rebuild-catalog", "-y", "--read-data").ends(ExitCode.USAGE);
  }

  @Test
  void whatARebuildLostEndsWithSeven() throws IOException {
    harness.stores.rebuilt =
        new RebuildSummary(
            0,
            9,
            List.of("pack p at byte 1"),
            List.of("missing: transactions 3 to 3"),
            List.of("removed path 'a': its asset is lost"),
            List.of(),
            List.of(Path.of("/s/catalog.db.1")));
    harness
        .run("fsck", "--rebuild-catalog", "-y")
        .ends(ExitCode.INTEGRITY)
        .prints("damaged: pack p at byte 1")
        .prints("lost: missing: transactions 3 to 3")
        .prints("changed: removed path 'a'")
        .prints("kept aside: /s/catalog.db.1")
        .prints("NOT COMPLETE");
    JsonNode json =
        harness
            .run("fsck", "--rebuild-catalog", "-y", "-o", "json")
            .ends(ExitCode.INTEGRITY)
            .json();
    assertThat(json.get("complete").asBoolean()).isFalse();
    assertThat(json.get("losses")).hasSize(1);
  }
}
