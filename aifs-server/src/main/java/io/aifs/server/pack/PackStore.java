package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.file.Disk;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The records of one domain in pack files, see {@code docs/format/pack.md}. Thread-safe. */
@SuppressWarnings("DoNotCallSuggester")
public final class PackStore implements RecordStore {
  private PackStore() {}

  /** Opens the store without reading anything: packs are read when a call first needs them. */
  @SuppressWarnings("UnusedVariable")
  public static PackStore open(
      Disk disk,
      DomainId domain,
      List<LivePack> live,
      PackHeaderInfo header,
      PackOptions options,
      Supplier<PackId> ids,
      Clock clock) {
    return new PackStore();
  }

  /** What of the live packs could not be opened, found when the packs are first read. */
  public List<PackDamage> openDamage() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Pack files of this domain that are neither live nor made by this process. */
  @Override
  public List<String> orphans() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Deletes {@link #orphans} durably and returns their names. */
  public List<String> deleteOrphans() throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<Digest> missing(Collection<Digest> ids) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void append(List<PackRecord> records) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<Digest, PackRecord> getAll(Collection<Digest> ids) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<LivePack> sync() throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void recorded(List<LivePack> packs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long losses() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void scan(RecordVisitor visitor) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<LivePack> seal() throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public long storedBytes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() throws IOException {}
}
