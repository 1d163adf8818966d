package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.Jobs;
import io.aifs.client.Maintenance;
import io.aifs.client.Maintenance.CheckEvent;
import io.aifs.client.Maintenance.CheckSummary;
import io.aifs.client.Maintenance.Severity;
import io.aifs.core.AifsException;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.CancelJobRequest;
import io.aifs.proto.v1.CheckResponse;
import io.aifs.proto.v1.CollectRequest;
import io.aifs.proto.v1.Finding;
import io.aifs.proto.v1.FsckRequest;
import io.aifs.proto.v1.RunJobRequest;
import io.aifs.proto.v1.UndoCollectionRequest;
import io.aifs.proto.v1.VerifyRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcMaintenanceTest {
  private static final Digest ID = Digest.of(new byte[] {1});
  private static final CheckSummary SUMMARY = new CheckSummary(10, 20, 1, 2, 3, 4, 5, 6);

  private final FakeMaintenance fake = new FakeMaintenance();
  private final List<CheckEvent> heard = new ArrayList<>();
  private TestServer server;
  private Maintenance maintenance;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inProcess(fake.services());
    maintenance = server.client().maintenance();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theServerSaysWhatItIs() {
    assertThat(maintenance.health()).isEqualTo(new Maintenance.Health(true, "ok"));
    assertThat(maintenance.info())
        .isEqualTo(new Maintenance.ServerInfo("0.1.0", "{}", List.of("zstd")));
    assertThat(maintenance.metrics()).isEqualTo("up 1\n");
    assertThat(maintenance.format(true)).isEqualTo("dry run: true");
    assertThat(maintenance.status())
        .isEqualTo(
            new Maintenance.StoreStatus(
                "0.1.0",
                "store",
                1,
                true,
                2,
                3,
                4,
                5,
                6,
                7,
                List.of("127.0.0.1:50051"),
                8,
                9,
                List.of("scrub"),
                10,
                11,
                2,
                Optional.of(Instant.ofEpochMilli(9)),
                1,
                12,
                false));
  }

  @Test
  void jobsAreListedRunAndCancelled() {
    Jobs jobs = server.client().jobs();
    assertThat(jobs.list())
        .containsExactly(
            new Jobs.JobInfo(
                "scrub",
                Jobs.State.RETRYING,
                Duration.ofSeconds(1),
                Optional.of(Instant.ofEpochSecond(2)),
                Optional.empty(),
                Duration.ofMillis(3),
                "",
                Optional.of(Instant.ofEpochSecond(4)),
                "bad",
                5,
                Optional.of(Instant.ofEpochSecond(6))));
    assertThat(jobs.run("scrub").state()).isEqualTo(Jobs.State.RUNNING);
    assertThat(jobs.cancel("disk").state()).isEqualTo(Jobs.State.UNKNOWN);
    assertThat(((RunJobRequest) fake.requests.get(1)).getName()).isEqualTo("scrub");
    assertThat(((CancelJobRequest) fake.requests.get(2)).getName()).isEqualTo("disk");
  }

  @Test
  void aCollectionTellsHowFarItIsAndEndsWithItsSummary() {
    List<Maintenance.Collection> told = new ArrayList<>();
    Maintenance.Collection done = maintenance.collect(true, Duration.ofHours(1), told::add);
    assertThat(told).extracting(Maintenance.Collection::assets).containsExactly(1L);
    assertThat(done)
        .isEqualTo(new Maintenance.Collection(2, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 14));
    CollectRequest request = (CollectRequest) fake.requests.getFirst();
    assertThat(request.getDryRun()).isTrue();
    assertThat(request.getGraceMillis()).isEqualTo(3_600_000);
    assertThatThrownBy(() -> maintenance.collect(false, Duration.ofMillis(1), told::add))
        .isInstanceOf(AifsException.class)
        .hasMessageContaining("without a summary");
  }

  @Test
  void aCollectionIsUndoneWholeOrForOneAsset() {
    assertThat(maintenance.undoCollection()).isEqualTo(3);
    maintenance.revive(ID);
    UndoCollectionRequest request = (UndoCollectionRequest) fake.requests.getLast();
    assertThat(request.getAssetId()).isEqualTo(ID.hex());
    assertThat(request.getNamespace()).isEqualTo("papers");
  }

  @Test
  void aCheckTellsWhatItFindsAndEndsWithItsSummary() {
    CheckResponse later = CheckResponse.getDefaultInstance();
    fake.checks.add(
        new FakeMaintenance.Check(
            List.of(progress(), finding(io.aifs.proto.v1.Severity.WARNING), later, summary()),
            Optional.empty()));
    assertThat(
            maintenance.verify(
                List.of(ID), new Name("trial"), List.of(new TreePath("a")), heard::add))
        .isEqualTo(SUMMARY);
    assertThat(heard)
        .containsExactly(new CheckEvent.Progress(SUMMARY), heardFinding(Severity.WARNING));
    VerifyRequest request = (VerifyRequest) fake.requests.getFirst();
    assertThat(request.getNamespace()).isEqualTo("papers");
    assertThat(request.getBranch()).isEqualTo("trial");
    assertThat(request.getAssetIdsList()).containsExactly(ID.hex());
    assertThat(request.getPathsList()).containsExactly("a");
  }

  @Test
  void aSampleAndARepairAreAskedFor() {
    fake.checks.add(new FakeMaintenance.Check(List.of(summary()), Optional.empty()));
    assertThat(maintenance.verifySample(0.25, OptionalLong.of(12), heard::add)).isEqualTo(SUMMARY);
    VerifyRequest sample = (VerifyRequest) fake.requests.getFirst();
    assertThat(sample.getNamespace()).isEqualTo("papers");
    assertThat(sample.getSampleShare()).isEqualTo(0.25);
    assertThat(sample.getSampleSeed()).isEqualTo(12);
    fake.checks.add(new FakeMaintenance.Check(List.of(summary()), Optional.empty()));
    assertThat(maintenance.fsck(false, true, heard::add)).isEqualTo(SUMMARY);
    assertThat(((FsckRequest) fake.requests.getLast()).getRepair()).isTrue();
  }

  @Test
  void aSeverityThatIsUnknownIsTakenForDamage() {
    fake.checks.add(
        new FakeMaintenance.Check(
            List.of(
                finding(io.aifs.proto.v1.Severity.SEVERITY_UNSPECIFIED),
                finding(io.aifs.proto.v1.Severity.INFO),
                summary()),
            Optional.empty()));
    assertThat(maintenance.fsck(true, heard::add)).isEqualTo(SUMMARY);
    assertThat(heard).containsExactly(heardFinding(Severity.DAMAGE), heardFinding(Severity.INFO));
    assertThat(((FsckRequest) fake.requests.getFirst()).getReadData()).isTrue();
  }

  @Test
  void aCheckThatBreaksBeforeItSaidAnythingIsMadeAgain() {
    fake.checks.add(new FakeMaintenance.Check(List.of(), Optional.of(FakeFailures.unavailable())));
    fake.checks.add(new FakeMaintenance.Check(List.of(summary()), Optional.empty()));
    assertThat(maintenance.fsck(false, heard::add)).isEqualTo(SUMMARY);
    assertThat(fake.requests).hasSize(2);
  }

  @Test
  void aCheckThatBreaksLaterDoesNotTellTwice() {
    fake.checks.add(
        new FakeMaintenance.Check(
            List.of(finding(io.aifs.proto.v1.Severity.DAMAGE)),
            Optional.of(FakeFailures.unavailable())));
    assertThatThrownBy(() -> maintenance.fsck(false, heard::add))
        .isInstanceOf(AifsException.Unavailable.class);
    assertThat(heard).hasSize(1);
    assertThat(fake.requests).hasSize(1);
  }

  @Test
  void aCheckWithoutASummaryIsNotTakenForComplete() {
    fake.checks.add(new FakeMaintenance.Check(List.of(progress()), Optional.empty()));
    assertThatThrownBy(() -> maintenance.fsck(false, heard::add))
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("without a summary");
  }

  private static CheckResponse progress() {
    return CheckResponse.newBuilder().setProgress(summaryOnWire()).build();
  }

  private static CheckResponse summary() {
    return CheckResponse.newBuilder().setSummary(summaryOnWire()).build();
  }

  private static io.aifs.proto.v1.CheckSummary summaryOnWire() {
    return io.aifs.proto.v1.CheckSummary.newBuilder()
        .setChecked(10)
        .setCheckedBytes(20)
        .setDamaged(1)
        .setWarnings(2)
        .setRepaired(3)
        .setRecords(4)
        .setRecordBytes(5)
        .setSampleSeed(6)
        .build();
  }

  private static CheckResponse finding(io.aifs.proto.v1.Severity severity) {
    return CheckResponse.newBuilder()
        .setFinding(
            Finding.newBuilder()
                .setSeverity(severity)
                .setCode("pack-damaged")
                .setMessage("what")
                .setHint("do")
                .addAssetIds(ID.hex())
                .addPaths("a")
                .setFix("recount")
                .setFixed(true)
                .setMoreAssets(7)
                .setMorePaths(8)
                .setPackId("0123"))
        .build();
  }

  private static CheckEvent.Finding heardFinding(Severity severity) {
    return new CheckEvent.Finding(
        severity,
        "pack-damaged",
        "what",
        "do",
        List.of(ID.hex()),
        List.of("a"),
        "recount",
        true,
        7,
        8,
        "0123");
  }
}
