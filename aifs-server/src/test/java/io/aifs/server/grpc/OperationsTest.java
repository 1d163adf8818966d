package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.Reason;
import io.aifs.proto.v1.CheckResponse;
import io.aifs.proto.v1.FormatGrpc;
import io.aifs.proto.v1.FormatRequest;
import io.aifs.proto.v1.FormatResponse;
import io.aifs.proto.v1.FsckRequest;
import io.aifs.proto.v1.GetStatusRequest;
import io.aifs.proto.v1.GetStatusResponse;
import io.aifs.proto.v1.HealthCheckRequest;
import io.aifs.proto.v1.HealthGrpc;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.MetricsGrpc;
import io.aifs.proto.v1.MetricsRequest;
import io.aifs.proto.v1.MetricsResponse;
import io.aifs.proto.v1.VerifyRequest;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsTest {
  private EdgeFixture fixture;
  private Channel channel;
  private MaintenanceGrpc.MaintenanceBlockingStub maintenance;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    channel = EdgeFixture.withToken(fixture.tcp(), TestTokens.admin());
    maintenance = MaintenanceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  @Test
  void healthNeedsNoTokenAndIsGood() throws IOException {
    var reply =
        HealthGrpc.newBlockingStub(fixture.inProcess())
            .check(HealthCheckRequest.getDefaultInstance());

    assertThat(reply.getHealthy()).isTrue();
    assertThat(reply.getStatus()).isEqualTo("SERVING");
  }

  @Test
  void statusTellsWhatTheStoreHolds() {
    Upload.put(channel, new byte[1_234]);

    GetStatusResponse status = maintenance.getStatus(GetStatusRequest.getDefaultInstance());

    assertThat(status.getAssets()).isEqualTo(1);
    assertThat(status.getNamespaces()).isEqualTo(1);
    assertThat(status.getContentBytes()).isEqualTo(1_234);
    assertThat(status.getPackBytes()).isPositive();
    assertThat(status.getStoreId()).matches("[0-9a-f]{32}");
    assertThat(status.getDevMode()).isFalse();
    assertThat(status.getAddressesList()).singleElement().asString().startsWith("127.0.0.1:");
  }

  @Test
  void metricsCountCallsInTwoTexts() {
    Upload.put(channel, new byte[10]);

    MetricsResponse metrics =
        MetricsGrpc.newBlockingStub(channel).getMetrics(MetricsRequest.getDefaultInstance());

    assertThat(metrics.getPrometheusMetrics())
        .contains("aifs_calls_total{method=\"aifs.v1.AIFS/PutAsset\",status=\"OK\"} 1\n")
        .contains("aifs_assets 1\n");
    assertThat(metrics.getOpentelemetryMetrics()).contains("\"aifs_calls_total\"");
  }

  @Test
  void formattingAStoreThatIsThereChangesNothing() {
    FormatGrpc.FormatBlockingStub format = FormatGrpc.newBlockingStub(channel);
    String id = Upload.put(channel, new byte[10]).getAssetId();

    FormatResponse dry = format.formatStorage(FormatRequest.newBuilder().setDryRun(true).build());
    FormatResponse real = format.formatStorage(FormatRequest.getDefaultInstance());

    assertThat(dry.getSuccess()).isTrue();
    assertThat(dry.getLog()).contains("nothing would change");
    assertThat(real.getSuccess()).isTrue();
    assertThat(dry.getRootSnapshotId()).isEmpty();
    assertThat(real.getRootSnapshotId()).matches("[0-9a-f]{32}");
    for (boolean again : List.of(true, false)) {
      FormatRequest request = FormatRequest.newBuilder().setDryRun(again).build();
      assertThat(format.formatStorage(request).getRootSnapshotId())
          .isEqualTo(real.getRootSnapshotId());
    }
    assertThat(verify(VerifyRequest.newBuilder().addAssetIds(id).build()).getSummary().getChecked())
        .isEqualTo(1);
  }

  @Test
  void verifyAndFsckEndWithASummary() {
    for (int at = 0; at < 3; at++) {
      Upload.put(channel, new byte[100 + at]);
    }

    CheckResponse verified = verify(VerifyRequest.getDefaultInstance());
    assertThat(verified.getSummary().getChecked()).isEqualTo(3);
    assertThat(verified.getSummary().getDamaged()).isZero();
    CheckResponse checked =
        last(maintenance.fsck(FsckRequest.newBuilder().setReadData(true).build()));
    assertThat(checked.getSummary().getDamaged()).isZero();
    WireFailure.of(() -> verify(VerifyRequest.newBuilder().addPaths("none").build()))
        .is(Code.NOT_FOUND, Reason.PATH_NOT_FOUND);
  }

  private CheckResponse verify(VerifyRequest request) {
    return last(maintenance.verify(request));
  }

  private static CheckResponse last(Iterator<CheckResponse> replies) {
    CheckResponse last = replies.next();
    while (replies.hasNext()) {
      last = replies.next();
    }
    assertThat(last.hasSummary()).isTrue();
    return last;
  }
}
