package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkCipherTest {
  private static final DomainKeys KEYS = Fixture.KEYS;
  private static final int EPOCH = 3;

  private final ChunkCipher cipher = new ChunkCipher(RandomBytes.secure());

  @Test
  void whatAnotherProgramSealedOpens() throws Exception {
    byte[] chunk = Fixture.bytes("sealed-chunk.bin");
    byte[] node = Fixture.bytes("sealed-tree-node.bin");

    assertThat(cipher.open(KEYS, Fixture.context(RecordType.CHUNK, 0), EPOCH, chunk))
        .isEqualTo(Fixture.CONTENT);
    assertThat(cipher.open(KEYS, Fixture.context(RecordType.TREE_NODE, 2), EPOCH, node))
        .isEqualTo(Fixture.CONTENT);
  }

  @Test
  void sealGivesTheDocumentedBytesForAKnownDataKey() throws Exception {
    SealContext context = Fixture.context(RecordType.CHUNK, 0);
    byte[] drawn = context.storedId().toBytes(); // a data key is what is drawn, xor the stored id
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] ^= Fixture.DATA_KEY[i];
    }
    ChunkCipher fixed = new ChunkCipher(out -> System.arraycopy(drawn, 0, out, 0, drawn.length));

    Sealed sealed = fixed.seal(KEYS, context, Fixture.CONTENT, 0, Fixture.CONTENT.length);

    assertThat(sealed.payload()).isEqualTo(Fixture.bytes("sealed-chunk.bin"));
    assertThat(sealed.epoch()).isEqualTo(EPOCH);
  }

  @Test
  void randomDataComesBackFromAnyPartOfAnArray() throws Exception {
    SeededTest.run(
        300,
        random -> {
          byte[] array = new byte[random.nextInt(1 + (random.nextInt(10) == 0 ? 300_000 : 3_000))];
          random.nextBytes(array);
          int offset = random.nextInt(array.length + 1);
          int length = random.nextInt(array.length - offset + 1);
          SealContext context = randomContext(random);

          Sealed sealed = cipher.seal(KEYS, context, array, offset, length);

          assertThat(sealed.payload()).hasSize(length + ChunkCipher.OVERHEAD_BYTES);
          assertThat(cipher.open(KEYS, context, sealed.epoch(), sealed.payload()))
              .isEqualTo(Arrays.copyOfRange(array, offset, offset + length));
        });
  }

  @Test
  void anyFlippedBitOfAPayloadIsNoticed() {
    SealContext context = Fixture.context(RecordType.CHUNK, 1);
    Sealed sealed = cipher.seal(KEYS, context, Fixture.CONTENT, 0, Fixture.CONTENT.length);
    for (int bit = 0; bit < 8 * sealed.payload().length; bit++) {
      byte[] payload = sealed.payload().clone();
      payload[bit / 8] ^= (byte) (1 << bit % 8);

      assertThatThrownBy(() -> cipher.open(KEYS, context, EPOCH, payload))
          .isInstanceOf(SealBrokenException.class);
    }
  }

  @Test
  void anyCutPayloadIsNoticed() {
    SealContext context = Fixture.context(RecordType.CHUNK, 1);
    Sealed sealed = cipher.seal(KEYS, context, Fixture.CONTENT, 0, Fixture.CONTENT.length);
    for (int length = 0; length < sealed.payload().length; length++) {
      byte[] payload = Arrays.copyOf(sealed.payload(), length);

      assertThatThrownBy(() -> cipher.open(KEYS, context, EPOCH, payload))
          .isInstanceOf(SealBrokenException.class);
    }
  }

  @Test
  void anyOtherContextIsNoticed() {
    SealContext context = Fixture.context(RecordType.CHUNK, 1);
    Sealed sealed = cipher.seal(KEYS, context, Fixture.CONTENT, 0, Fixture.CONTENT.length);
    Digest id = context.storedId();
    byte[] otherId = id.toBytes();
    otherId[31] ^= 1;
    int plain = context.plainBytes();

    for (SealContext other :
        List.of(
            new SealContext(Fixture.DOMAIN, RecordType.JOURNAL, id, plain, 1),
            new SealContext(Fixture.DOMAIN, RecordType.CHUNK, Digest.fromBytes(otherId), plain, 1),
            new SealContext(Fixture.DOMAIN, RecordType.CHUNK, id, plain + 1, 1),
            new SealContext(Fixture.DOMAIN, RecordType.CHUNK, id, plain, 0))) {
      assertThatThrownBy(() -> cipher.open(KEYS, other, EPOCH, sealed.payload()))
          .isInstanceOf(SealBrokenException.class);
    }
  }

  @Test
  void anotherDomainWithTheSameKeysDoesNotOpenIt() {
    SealContext context = Fixture.context(RecordType.CHUNK, 1);
    Sealed sealed = cipher.seal(KEYS, context, Fixture.CONTENT, 0, Fixture.CONTENT.length);
    DomainId other = DomainId.fromBytes(Fixture.range(0x11, 16));
    DomainKeys otherKeys =
        DomainKeys.of(other, Map.of(EPOCH, Fixture.EPOCH_KEY), Fixture.range(1, 32));
    SealContext otherContext =
        new SealContext(other, context.type(), context.storedId(), context.plainBytes(), 1);

    assertThatThrownBy(() -> cipher.open(otherKeys, otherContext, EPOCH, sealed.payload()))
        .isInstanceOf(SealBrokenException.class);
    assertThatThrownBy(() -> cipher.open(otherKeys, context, EPOCH, sealed.payload()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(other.hex());
  }

  @Test
  void anotherEpochOrAnUnknownOneDoesNotOpenIt() {
    SealContext context = Fixture.context(RecordType.CHUNK, 1);
    Sealed sealed = cipher.seal(KEYS, context, Fixture.CONTENT, 0, Fixture.CONTENT.length);

    assertThatThrownBy(() -> cipher.open(KEYS, context, 1, sealed.payload()))
        .isInstanceOf(SealBrokenException.class);
    assertThatThrownBy(() -> cipher.open(KEYS, context, 2, sealed.payload()))
        .isInstanceOf(SealBrokenException.class)
        .hasMessageContaining("epoch 2");
  }

  @Test
  void afterAFailureTheSameCipherStillWorks() throws Exception {
    SealContext context = Fixture.context(RecordType.CHUNK, 1);
    Sealed sealed = cipher.seal(KEYS, context, Fixture.CONTENT, 0, Fixture.CONTENT.length);
    for (int broken : new int[] {0, 39, 40, sealed.payload().length - 1}) {
      byte[] payload = sealed.payload().clone();
      payload[broken]++;
      assertThatThrownBy(() -> cipher.open(KEYS, context, EPOCH, payload))
          .isInstanceOf(SealBrokenException.class);
      assertThat(cipher.open(KEYS, context, EPOCH, sealed.payload())).isEqualTo(Fixture.CONTENT);
    }
  }

  @Test
  void sealingTheSameTwiceSharesNoBlock() {
    SealContext context = Fixture.context(RecordType.CHUNK, 1);
    byte[] zeros = new byte[64];
    Set<String> blocks = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      byte[] payload = cipher.seal(KEYS, context, zeros, 0, zeros.length).payload();
      for (int at = 40; at < 104; at += 16) {
        blocks.add(Arrays.toString(Arrays.copyOfRange(payload, at, at + 16)));
      }
    }
    assertThat(blocks).hasSize(200 * 4);
  }

  @Test
  void aRepeatedGeneratorStateDoesNotRepeatAKeyForOtherContent() {
    SealContext one =
        new SealContext(Fixture.DOMAIN, RecordType.CHUNK, Digest.of(new byte[1]), 64, 0);
    SealContext two =
        new SealContext(Fixture.DOMAIN, RecordType.CHUNK, Digest.of(new byte[2]), 64, 0);
    byte[] zeros = new byte[64];
    RandomBytes same = out -> Arrays.fill(out, (byte) 7);

    byte[] first = new ChunkCipher(same).seal(KEYS, one, zeros, 0, 64).payload();
    byte[] second = new ChunkCipher(same).seal(KEYS, two, zeros, 0, 64).payload();

    assertThat(Arrays.copyOfRange(first, 40, 104))
        .isNotEqualTo(Arrays.copyOfRange(second, 40, 104));
  }

  @Test
  void manyThreadsShareOneCipher() throws Exception {
    SeededTest.run(
        1,
        random -> {
          byte[] data = SeededTest.bytes(random, 5_000);
          SealContext context = Fixture.context(RecordType.CHUNK, 1);
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Set<String>>> tasks =
                IntStream.range(0, 200)
                    .<Callable<Set<String>>>mapToObj(_ -> () -> roundTrips(data, context))
                    .toList();
            Set<String> wrappedKeys = new HashSet<>();
            for (Future<Set<String>> done : threads.invokeAll(tasks)) {
              wrappedKeys.addAll(done.get());
            }
            assertThat(wrappedKeys).hasSize(200 * 20);
          }
        });
  }

  private Set<String> roundTrips(byte[] data, SealContext context) throws SealBrokenException {
    Set<String> wrappedKeys = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      byte[] payload = cipher.seal(KEYS, context, data, 0, data.length).payload();
      wrappedKeys.add(Arrays.toString(Arrays.copyOf(payload, 40)));
      assertThat(cipher.open(KEYS, context, EPOCH, payload)).isEqualTo(data);
    }
    return wrappedKeys;
  }

  private static SealContext randomContext(SplittableRandom random) {
    RecordType[] types = RecordType.values();
    byte[] id = new byte[32];
    random.nextBytes(id);
    return new SealContext(
        Fixture.DOMAIN,
        types[random.nextInt(types.length)],
        Digest.fromBytes(id),
        random.nextInt(Integer.MAX_VALUE),
        random.nextInt(256));
  }
}
