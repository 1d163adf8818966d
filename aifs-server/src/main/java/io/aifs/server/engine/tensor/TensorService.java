package io.aifs.server.engine.tensor;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.layout.Layouts;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.layout.TensorLayout;
import io.aifs.schemas.tensor.SliceRange;
import io.aifs.schemas.tensor.Statistics;
import io.aifs.schemas.tensor.TensorStatistics;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.ContentReader;
import io.aifs.server.engine.Failures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks into files of tensors: which there are, what their values are like, parts of them, and how
 * two files differ. What was found out of a file is remembered, since content never changes; that
 * the asset is there is looked up each time. Memory does not grow with tensors. Thread-safe.
 */
public final class TensorService {
  private static final long LAYOUT_BYTES_MAX = 32L << 20;
  private static final long STATISTICS_BYTES_MAX = 16L << 20;

  /** About what an entry takes in memory besides its texts. */
  private static final int ENTRY_BYTES = 256;

  private final Contents contents;
  private final RecentlyUsed<FileKey, TensorLayout> layouts = new RecentlyUsed<>(LAYOUT_BYTES_MAX);
  private final RecentlyUsed<TensorKey, TensorStatistics> known =
      new RecentlyUsed<>(STATISTICS_BYTES_MAX);

  public TensorService(Contents contents) {
    this.contents = contents;
  }

  /** Opens the content of assets. */
  @FunctionalInterface
  public interface Contents {
    /**
     * @throws AifsException.NotFound if the asset is unknown or deleted
     */
    ContentReader open(NamespaceRow namespace, Digest asset);
  }

  /** By namespace as well, so that none can tell what another has looked at. */
  private record FileKey(long namespace, Digest asset) {}

  private record TensorKey(FileKey file, String name) {}

  /** Takes what was found out of one tensor after the other; may block. */
  @FunctionalInterface
  public interface StatisticsReceiver {
    void accept(String name, TensorStatistics statistics) throws IOException;
  }

  /** Takes one pair of tensors after the other; may block. */
  @FunctionalInterface
  public interface PairReceiver {
    void accept(TensorPair pair) throws IOException;
  }

  /**
   * Where the tensors of a file are. Of the content only what says so is read.
   *
   * @throws AifsException.NotFound if the asset is unknown or deleted
   * @throws AifsException.Precondition if it is no file of tensors, or not as its format demands
   */
  public TensorLayout describe(NamespaceRow namespace, Digest asset) {
    return open(namespace, asset).layout();
  }

  /**
   * What the values of some tensors are like, in the order of their names.
   *
   * @param names none for all, in the order of the file
   * @param wanted called now and then; throws once nobody waits for the answer
   * @throws AifsException.NotFound if the file has no tensor of a name; nothing was read then
   * @throws IOException what the receiver throws
   */
  public void statistics(
      NamespaceRow namespace,
      Digest asset,
      List<String> names,
      Runnable wanted,
      StatisticsReceiver receiver)
      throws IOException {
    OpenTensors file = open(namespace, asset);
    List<TensorEntry> tensors = names.isEmpty() ? file.layout().tensors() : file.requireAll(names);
    for (TensorEntry tensor : tensors) {
      wanted.run();
      TensorKey key = new TensorKey(new FileKey(namespace.number(), asset), tensor.name());
      Optional<TensorStatistics> found = known.find(key);
      if (found.isEmpty()) {
        found = Optional.of(statistics(file.content(), tensor, wanted));
        known.keep(key, found.get(), ENTRY_BYTES + 2L * tensor.name().length());
      }
      receiver.accept(tensor.name(), found.get());
    }
  }

  private static TensorStatistics statistics(
      ContentReader content, TensorEntry tensor, Runnable wanted) throws IOException {
    Statistics statistics = new Statistics(tensor.type().element());
    content.read(
        tensor.offset(),
        tensor.type().bytes(),
        (bytes, offset, length) -> {
          wanted.run();
          statistics.add(ByteBuffer.wrap(bytes, offset, length));
        });
    return statistics.result();
  }

  /**
   * Opens a part of a tensor to read.
   *
   * @param ranges of the first dimensions; those left out are read whole
   * @throws AifsException.NotFound if the file has no tensor of this name
   * @throws AifsException.InvalidRequest if there are more ranges than dimensions, or one is
   *     outside
   * @throws AifsException.LimitExceeded if Arrow has no form for it, as for names of many MiB
   */
  public TensorSlice slice(
      NamespaceRow namespace, Digest asset, String name, List<SliceRange> ranges) {
    OpenTensors file = open(namespace, asset);
    return TensorSlice.of(file.content(), file.require(name), ranges);
  }

  /**
   * How the tensors of two files differ, ordered by name. Those whose chunks are the same at the
   * same places are known to be equal without reading them.
   *
   * @param values whether to say by how much tensors differ: both are read then
   * @param wanted called now and then; throws once nobody waits for the answer
   * @throws IOException what the receiver throws
   */
  public void diff(
      NamespaceRow namespace,
      Digest left,
      Digest right,
      boolean values,
      Runnable wanted,
      PairReceiver receiver)
      throws IOException {
    OpenTensors leftFile = open(namespace, left);
    OpenTensors rightFile = open(namespace, right);
    new TensorDiff(leftFile, rightFile, values, wanted).run(receiver);
  }

  private OpenTensors open(NamespaceRow namespace, Digest asset) {
    ContentReader content = contents.open(namespace, asset);
    FileKey key = new FileKey(namespace.number(), asset);
    Optional<TensorLayout> found = layouts.find(key);
    if (found.isEmpty()) {
      found = Optional.of(layout(content));
      layouts.keep(key, found.get(), weight(found.get()));
    }
    return new OpenTensors(content, found.get());
  }

  private static TensorLayout layout(ContentReader content) {
    Digest asset = content.info().id();
    try {
      return Layouts.read(new AssetBytes(content))
          .orElseThrow(
              () ->
                  notTensors(
                      "asset "
                          + asset
                          + " is no file of tensors: neither Arrow, safetensors nor"
                          + " npy"));
    } catch (PayloadInvalidException e) {
      throw notTensors("asset " + asset + " is a broken file of tensors: " + e.getMessage());
    } catch (IOException e) {
      throw Failures.translate("reading asset " + asset + " failed", e);
    }
  }

  private static AifsException.Precondition notTensors(String message) {
    return new AifsException.Precondition(
        Reason.NOT_TENSORS, message, "'aifs get' reads it as the bytes that it is");
  }

  private static long weight(TensorLayout layout) {
    long weight = ENTRY_BYTES;
    for (Map.Entry<String, String> entry : layout.metadata().entrySet()) {
      weight += ENTRY_BYTES + 2L * (entry.getKey().length() + entry.getValue().length());
    }
    for (TensorEntry tensor : layout.tensors()) {
      weight += ENTRY_BYTES + 2L * tensor.name().length() + 32L * tensor.type().shape().size();
      for (String dimension : tensor.type().dimensionNames()) {
        weight += ENTRY_BYTES + 2L * dimension.length();
      }
    }
    return weight;
  }
}
