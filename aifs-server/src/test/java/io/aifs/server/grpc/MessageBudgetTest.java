package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.GetAssetRequest;
import io.grpc.Channel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // each test opens its own
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class MessageBudgetTest {
  private static final int MIB = 1 << 20;
  private static final String USED = "aifs_message_budget_used_bytes";

  @TempDir Path directory;
  private EdgeFixture fixture;
  private Channel channel;
  private Figures figures;

  private void open(long budgetBytes) throws IOException {
    fixture = EdgeFixture.open(directory, EdgeFixture.Options.DEFAULT.withBudget(budgetBytes));
    channel = EdgeFixture.withToken(fixture.tcp(), TestTokens.admin());
    figures = new Figures(channel);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private static void assertBudgetRefusal(WireFailure failure) {
    failure.is(Code.RESOURCE_EXHAUSTED, Reason.MEMORY_BUDGET);
    assertThat(failure.retryMillis()).isPositive();
  }

  @Test
  void aMessageForWhichThereIsNoRoomIsRefusedBeforeAllOfItWasRead() throws IOException {
    open(8 * MIB);

    assertBudgetRefusal(WireFailure.of(() -> Upload.put(channel, new byte[48 * MIB])));

    assertThat(figures.get("aifs_received_bytes_total")).isLessThan(24 * MIB);
    figures.await(USED, used -> used == 0);
  }

  @Test
  void manyLargeMessagesAtOnceAreEachAcceptedOrRefusedWithARetryHint() throws IOException {
    open(40 * MIB);
    ByteString content = ByteString.copyFrom(new byte[16 * MIB]);
    List<Upload> uploads = new ArrayList<>();
    for (int at = 0; at < 6; at++) {
      uploads.add(Upload.begin(channel));
    }

    uploads.forEach(upload -> upload.send(Upload.message(content)));

    int accepted = 0;
    for (Upload upload : uploads) {
      try {
        assertThat(upload.finish().getSize()).isEqualTo(content.size());
        accepted++;
      } catch (StatusRuntimeException e) {
        assertBudgetRefusal(WireFailure.of(e));
      }
    }
    assertThat(accepted).isPositive();
    figures.await(USED, used -> used == 0);
  }

  @Test
  void smallMessagesAreNotCharged() throws IOException {
    open(MIB);

    assertThat(Upload.put(channel, new byte[MIB / 2]).getSize()).isEqualTo(MIB / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void whatALittleOnTheWireUnpacksToIsCharged(String encoding) throws IOException {
    open(8 * MIB);
    AIFSGrpc.AIFSStub compressing = AIFSGrpc.newStub(channel).withCompression(encoding);

    assertBudgetRefusal(
        WireFailure.of(
            () -> Upload.begin(compressing).send(Upload.message(new byte[32 * MIB])).finish()));

    figures.await(USED, used -> used == 0);
  }

  @Test
  void contentThatIsAnsweredInOneMessageIsChargedUntilTheCallEnds() throws IOException {
    open(8 * MIB);
    String small = Upload.put(channel, new byte[4 * MIB]).getAssetId();
    Upload upload = Upload.begin(channel);
    for (int at = 0; at < 20; at++) {
      upload.send(Upload.message(new byte[MIB / 2]));
    }
    String large = upload.finish().getAssetId();

    assertThat(get(small)).isEqualTo(4 * MIB);
    assertThat(get(small)).isEqualTo(4 * MIB);
    assertBudgetRefusal(WireFailure.of(() -> get(large)));
    figures.await(USED, used -> used == 0);
  }

  private int get(String id) {
    return AIFSGrpc.newBlockingStub(channel)
        .getAsset(GetAssetRequest.newBuilder().setAssetId(id).setIncludeData(true).build())
        .getData()
        .size();
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip"})
  void aMessageOverTheLimitIsRefused(String encoding) throws IOException {
    open(Limits.INBOUND_BUDGET_BYTES);
    AIFSGrpc.AIFSStub stub = AIFSGrpc.newStub(channel).withCompression(encoding);
    byte[] content = new byte[Limits.MESSAGE_BYTES_MAX + 1];

    WireFailure.of(() -> Upload.begin(stub).send(Upload.message(content)).finish())
        .is(Code.RESOURCE_EXHAUSTED, Reason.MESSAGE_TOO_LARGE);
    assertThat(Upload.put(channel, new byte[1]).getSize()).isEqualTo(1);
  }
}
