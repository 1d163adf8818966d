package io.aifs.core.manifest;

import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests and their pages, whose check and digests are made to fit what was changed. */
class ManifestFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() throws IOException {
    MemoryPages pages = new MemoryPages();
    Sample inline = Sample.of(new SplittableRandom(1), 5, 100_000, pages);
    MemoryPages many = new MemoryPages();
    Sample paged = Sample.of(new SplittableRandom(2), 1_500, 3_000, many);
    List<byte[]> written = List.copyOf(many.pages.values());
    return List.of(
        FuzzTarget.bytes(
                ManifestReader.class, "open", root -> read(inline, root, pages), inline.root())
            .refusesWith(ManifestDamagedException.class)
            .mendedBy(root -> withCheck(inline.asset(), root)),
        FuzzTarget.bytes(ManifestRoot.class, "parse", root -> read(paged, root, many), paged.root())
            .refusesWith(ManifestDamagedException.class)
            .mendedBy(root -> withCheck(paged.asset(), root))
            .allocates(2 << 20, 64)
            .costs(5),
        FuzzTarget.bytes(
                PagedListReader.class,
                "top",
                page -> readPages(paged, many.pages, written.getFirst(), page),
                written.getFirst())
            .refusesWith(ManifestDamagedException.class)
            .allocates(2 << 20, 64)
            .costs(5));
  }

  private static List<ChunkRef> read(Sample sample, byte[] root, PageSource pages)
      throws IOException {
    ManifestReader reader = ManifestReader.open(root, sample.asset(), sample.size(), pages);
    List<ChunkRef> chunks = Sample.read(reader.chunks());
    Sample.read(reader.pages());
    reader.chainingValues(0, (int) Math.min(reader.chainingValueCount(), 1_000));
    return chunks;
  }

  /** One page's bytes stand for another's, as if its digest were theirs. */
  private static List<ChunkRef> readPages(
      Sample sample, Map<Digest, byte[]> pages, byte[] replaced, byte[] page) throws IOException {
    Digest old = Digest.of(replaced);
    Digest found = Digest.of(page);
    byte[] root = with(sample.root(), old, found);
    byte[] fitting = withCheck(sample.asset(), root);
    return read(
        sample,
        fitting,
        digest ->
            digest.equals(found)
                ? Optional.of(page)
                : Optional.ofNullable(pages.get(digest)).map(other -> with(other, old, found)));
  }

  /** The bytes with one digest in another's place. */
  private static byte[] with(byte[] bytes, Digest old, Digest found) {
    byte[] out = bytes.clone();
    byte[] wanted = old.toBytes();
    for (int at = 0; at + Digest.BYTES <= out.length; at++) {
      if (Arrays.equals(out, at, at + Digest.BYTES, wanted, 0, Digest.BYTES)) {
        found.writeTo(out, at);
      }
    }
    return out;
  }

  private static byte[] withCheck(Digest asset, byte[] root) {
    int checked = Math.max(0, root.length - ManifestFormat.ROOT_CHECK_BYTES);
    byte[] out = Arrays.copyOf(root, checked + ManifestFormat.ROOT_CHECK_BYTES);
    byte[] check = ManifestFormat.check(asset, out, checked);
    System.arraycopy(check, 0, out, checked, check.length);
    return out;
  }
}
