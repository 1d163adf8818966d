package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.aifs.client.AifsClient;
import io.aifs.client.AssetRange;
import io.aifs.client.RangeOutcome;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.RangeFrame;
import io.aifs.proto.v1.ReadManyRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadAllTest {
  private final FakeRanges fake = new FakeRanges();
  private final byte[] content = Seeded.bytes(10_500);
  private final Digest id = fake.put(content);
  private final List<RangeOutcome> outcomes = new ArrayList<>();
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inProcess(fake);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void read(List<AssetRange> ranges) throws IOException {
    read(server.client(), ranges);
  }

  private void read(AifsClient client, List<AssetRange> ranges) throws IOException {
    client
        .assets()
        .readAll(
            ranges,
            (range, outcome) -> {
              assertThat(range).isEqualTo(outcomes.size());
              outcomes.add(outcome);
            });
  }

  private byte[] bytes(int range) {
    assertThat(outcomes.get(range)).isInstanceOf(RangeOutcome.Read.class);
    return ((RangeOutcome.Read) outcomes.get(range)).bytes();
  }

  private AifsException failure(int range) {
    assertThat(outcomes.get(range)).isInstanceOf(RangeOutcome.Failed.class);
    return ((RangeOutcome.Failed) outcomes.get(range)).why();
  }

  private static AssetRange range(Digest asset, long offset, long length) {
    return new AssetRange(asset, offset, Optional.of(length));
  }

  @Test
  void rangesComeWholeAndInTheirOrder() throws IOException {
    Digest empty = fake.put(new byte[0]);
    read(
        List.of(
            AssetRange.whole(id),
            range(id, 5, 7_000),
            AssetRange.whole(empty),
            range(id, 10_400, 1_000),
            new AssetRange(id, 10_499, Optional.empty())));
    assertThat(outcomes).hasSize(5);
    assertThat(bytes(0)).isEqualTo(content);
    assertThat(bytes(1)).isEqualTo(Arrays.copyOfRange(content, 5, 7_005));
    assertThat(bytes(2)).isEmpty();
    assertThat(bytes(3)).isEqualTo(Arrays.copyOfRange(content, 10_400, 10_500));
    assertThat(bytes(4)).containsExactly(content[10_499]);
    assertThat(fake.requests).hasSize(1);
    assertThat(fake.requests.getFirst().getNamespace()).isEqualTo("papers");
  }

  @Test
  void oneThatFailsIsAnOutcomeAndTheRestGoOn() throws IOException {
    read(List.of(AssetRange.whole(Digest.of(new byte[] {1})), range(id, 0, 3)));
    assertThat(failure(0)).isInstanceOf(AifsException.NotFound.class).hasMessage("no such asset");
    assertThat(failure(0).reason()).isEqualTo(Reason.ASSET_NOT_FOUND);
    assertThat(failure(0).hint()).isEqualTo("look again");
    assertThat(bytes(1)).hasSize(3);
  }

  @Test
  void aWholeAssetIsComparedWithItsId() throws IOException {
    byte[] other = Seeded.bytes(2_000);
    fake.assets.put(id.hex(), other);
    read(List.of(AssetRange.whole(id), range(id, 0, 2_000), range(id, 0, 1_999)));
    for (int range : new int[] {0, 1}) {
      assertThat(failure(range))
          .isInstanceOf(AifsException.Corrupt.class)
          .hasMessageContaining(Digest.of(other).hex());
    }
    assertThat(bytes(2)).isEqualTo(Arrays.copyOf(other, 1_999));
  }

  @Test
  void aBrokenReadGoesOnWithTheFirstRangeThatIsNotComplete() throws IOException {
    fake.breaks.add(new FakeRanges.Break(0, Optional.of(FakeFailures.unavailable())));
    fake.breaks.add(new FakeRanges.Break(5, Optional.of(FakeFailures.unavailable())));
    read(List.of(AssetRange.whole(id), range(id, 1, 10_000), range(id, 2, 4)));
    assertThat(bytes(0)).isEqualTo(content);
    assertThat(bytes(1)).isEqualTo(Arrays.copyOfRange(content, 1, 10_001));
    assertThat(bytes(2)).isEqualTo(Arrays.copyOfRange(content, 2, 6));
    assertThat(fake.requests).extracting(ReadManyRequest::getRangesCount).containsExactly(3, 3, 2);
    assertThat(Set.copyOf(server.sent(TestServer.REQUEST_ID))).hasSize(1);
  }

  @Test
  void aLostFarewellIsNoLoss() throws IOException {
    fake.breaks.add(new FakeRanges.Break(99, Optional.of(FakeFailures.unavailable())));
    read(List.of(range(id, 0, 10)));
    assertThat(bytes(0)).hasSize(10);
    assertThat(fake.requests).hasSize(1);
  }

  @Test
  void aServerThatFallsSilentIsAStall() {
    fake.breaks.add(new FakeRanges.Break(1, Optional.empty()));
    AifsClient client = server.clientWithStallTimeout(Duration.ofMillis(20));
    assertThatThrownBy(() -> read(client, List.of(AssetRange.whole(id))))
        .isInstanceOf(AifsException.Unavailable.class)
        .hasMessage("the test server moved no byte of ReadMany for 20 ms");
    assertThat(outcomes).isEmpty();
  }

  @Test
  void moreThanOneCallTakesIsSplit() throws IOException {
    int count = Limits.BATCH_ENTRIES_MAX + 2;
    read(Collections.nCopies(count, range(id, 3, 2)));
    assertThat(outcomes).hasSize(count);
    assertThat(bytes(count - 1)).isEqualTo(Arrays.copyOfRange(content, 3, 5));
    assertThat(fake.requests)
        .extracting(ReadManyRequest::getRangesCount)
        .containsExactly(Limits.BATCH_ENTRIES_MAX, 2);
    outcomes.clear();
    read(List.of());
    assertThat(fake.requests).hasSize(2);
  }

  @Test
  void whatIsTooLargeToHoldIsRefusedAndTheRestAskedForAnew() throws IOException {
    fake.lies.add(
        RangeFrame.newBuilder()
            .setAssetSize(Limits.INLINE_DATA_BYTES_MAX + 1L)
            .setData(ByteString.copyFrom(content))
            .build());
    client()
        .readAll(
            List.of(AssetRange.whole(id), range(id, 0, 3)),
            (_, outcome) -> {
              outcomes.add(outcome);
              fake.lies.clear();
            });
    assertThat(failure(0)).isInstanceOf(AifsException.LimitExceeded.class);
    assertThat(bytes(1)).hasSize(3);
    assertThat(fake.requests).extracting(ReadManyRequest::getRangesCount).containsExactly(2, 1);
  }

  private io.aifs.client.Assets client() {
    return server.client().assets();
  }

  @Test
  void answersThatMakeNoSenseAreNotTaken() {
    RangeFrame good = RangeFrame.newBuilder().setAssetSize(5).setLast(true).build();
    for (RangeFrame bad :
        List.of(
            good.toBuilder().setRange(1).build(),
            good.toBuilder().setData(ByteString.copyFrom(new byte[6])).build(),
            good.toBuilder().setData(ByteString.copyFrom(new byte[4])).build(),
            good.toBuilder().setAssetSize(-1).build(),
            good.toBuilder().setError(ByteString.copyFrom(new byte[] {1})).build(),
            good.toBuilder().setLast(false).build())) {
      fake.lies.clear();
      fake.lies.add(bad);
      assertThatThrownBy(() -> read(List.of(AssetRange.whole(id))))
          .as("%s", bad)
          .isInstanceOf(AifsException.Failed.class)
          .hasMessageContaining("answer to ReadMany that is wrong");
    }
    assertThat(outcomes).isEmpty();
  }

  @Test
  void whatTheReceiverThrowsEndsTheRead() {
    IOException full = new IOException("disk full");
    assertThatThrownBy(
            () ->
                client()
                    .readAll(
                        List.of(AssetRange.whole(id)),
                        (_, _) -> {
                          throw full;
                        }))
        .isSameAs(full);
  }
}
