package io.aifs.cli.testing;

import io.aifs.client.AssetDetail;
import io.aifs.client.AssetRange;
import io.aifs.client.Assets;
import io.aifs.client.Content;
import io.aifs.client.ProofDemand;
import io.aifs.client.PutEstimate;
import io.aifs.client.PutOptions;
import io.aifs.client.PutOutcome;
import io.aifs.client.RangeOutcome;
import io.aifs.client.RangeRead;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.AssetFilter;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.ArrayContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Assets in memory. */
record MemoryAssets(MemoryStore store, Name namespace) implements Assets {
  private MemorySpace space() {
    return store.space(namespace);
  }

  @Override
  public PutOutcome put(PutOptions options, Content content) {
    byte[] bytes;
    try (InputStream in = content.open()) {
      bytes = in.readAllBytes();
    } catch (IOException e) {
      throw new AifsException.Failed(Reason.IO_FAILED, "cannot read: " + e.getMessage(), "", e);
    }
    synchronized (store) {
      store.streams++;
      boolean isNew = space().put(bytes, options.kind(), options.metadata(), options.parents());
      Digest id = Digest.of(bytes);
      options
          .target()
          .ifPresent(
              target -> space().paths.put(target.path(), space().file(id, target.attributes())));
      return new PutOutcome(
          id, bytes.length, isNew ? bytes.length : 0, 1, isNew ? 1 : 0, 1, store.payloadProblem);
    }
  }

  @Override
  public PutEstimate compare(Content content) {
    byte[] bytes;
    try (InputStream in = content.open()) {
      bytes = in.readAllBytes();
    } catch (IOException e) {
      throw new AifsException.Failed(Reason.IO_FAILED, "cannot read: " + e.getMessage(), "", e);
    }
    Digest id = Digest.of(bytes);
    boolean there = !statAll(List.of(id)).isEmpty();
    return new PutEstimate(id, bytes.length, 1, there ? 0 : 1, there ? 0 : bytes.length);
  }

  @Override
  public AssetDetail stat(ReadTarget.Found found) {
    return stat(found.id());
  }

  @Override
  public AssetDetail stat(Digest id) {
    MemorySpace.Asset asset = space().require(id);
    List<Digest> children =
        space().assets.values().stream()
            .filter(child -> child.parents().stream().anyMatch(edge -> edge.parent().equals(id)))
            .map(child -> child.info().id())
            .toList();
    return new AssetDetail(asset.info(), asset.parents(), children, false);
  }

  @Override
  public Map<Digest, AssetInfo> statAll(Collection<Digest> ids) {
    synchronized (store) {
      Map<Digest, AssetInfo> found = new TreeMap<>();
      for (Digest id : ids) {
        MemorySpace.Asset asset = space().assets.get(id);
        if (asset != null && !store.damaged.contains(id)) {
          found.put(id, asset.info());
        }
      }
      return found;
    }
  }

  @Override
  public InputStream read(ReadTarget target, long offset, Optional<Long> length) {
    Digest id = id(target);
    byte[] bytes = space().require(id).bytes();
    int count = (int) Math.min(bytes.length - offset, length.orElse(Long.MAX_VALUE));
    InputStream in = new ByteArrayInputStream(bytes, (int) offset, count);
    return store.damaged.contains(id) ? new SequenceInputStream(in, new Damage()) : in;
  }

  @Override
  public RangeRead readRange(
      ReadTarget target, long offset, Optional<Long> length, ProofDemand demand) {
    InputStream bytes = read(target, offset, length);
    AssetInfo info = stat(id(target)).info();
    if (!store.proves && demand == ProofDemand.REQUIRED) {
      throw new AifsException.Unsupported(
          Reason.METHOD_NOT_BUILT, "the store does not prove ranges", "read it whole");
    }
    long count = Math.min(info.size() - offset, length.orElse(Long.MAX_VALUE));
    return new RangeRead(
        info,
        store.proves
            ? Optional.of(ArrayContent.prove(space().require(info.id()).bytes(), offset, count))
            : Optional.empty(),
        bytes);
  }

  private Digest id(ReadTarget target) {
    return switch (target) {
      case ReadTarget.ById(Digest given) -> given;
      case ReadTarget.Found found -> found.id();
      case ReadTarget.ByPath path -> ((TreeEntry.File) space().require(path.path())).asset();
    };
  }

  @Override
  public void readAll(Ref ref, List<AssetRange> ranges, RangeOutcome.Receiver receiver)
      throws IOException {
    store.readAlls.add(ranges.size());
    for (int at = 0; at < ranges.size(); at++) {
      store.beforeRange.accept(at);
      receiver.accept(at, outcome(ranges.get(at)));
    }
  }

  private RangeOutcome outcome(AssetRange range) {
    try (InputStream in =
        read(new ReadTarget.ById(range.asset()), range.offset(), range.length())) {
      return new RangeOutcome.Read(in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (AifsException.Corrupt | AifsException.NotFound e) {
      return new RangeOutcome.Failed(e);
    }
  }

  /** Ends like content that is not what its id says. */
  private static final class Damage extends InputStream {
    @Override
    public int read() {
      return read(new byte[1], 0, 1);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      throw new AifsException.Corrupt(Reason.ASSET_DAMAGED, "content is damaged", "verify it");
    }
  }

  @Override
  public AssetPage list(AssetFilter filter, int limit, Optional<String> pageToken) {
    return new AssetPage(
        space().assets.values().stream()
            .map(MemorySpace.Asset::info)
            .filter(filter::matches)
            .toList(),
        Optional.empty());
  }

  @Override
  public List<Digest> findByPrefix(String hexPrefix) {
    return space().assets.keySet().stream().filter(id -> id.hex().startsWith(hexPrefix)).toList();
  }

  @Override
  public void delete(Digest id, boolean force, String why) {
    space().require(id);
    if (!force
        && space().paths.values().stream()
            .anyMatch(e -> e instanceof TreeEntry.File file && file.asset().equals(id))) {
      throw new AifsException.Precondition(
          Reason.ASSET_REFERENCED, "asset " + id + " is referenced", "or force it");
    }
    space().assets.remove(id);
  }

  @Override
  public AssetVerdict verify(Digest id) {
    return new AssetVerdict(!store.damaged.contains(id), "");
  }
}
