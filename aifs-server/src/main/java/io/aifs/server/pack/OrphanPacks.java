package io.aifs.server.pack;

import static io.aifs.server.pack.PackFormat.HEADER_BYTES;

import io.aifs.core.AifsException;
import io.aifs.crypto.DomainId;
import io.aifs.server.file.Disk;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds pack files that no store needs. All domains share the directory, so a pack is judged by the
 * domain that its header names.
 */
public final class OrphanPacks {
  private static final Pattern FILE = Pattern.compile("([0-9a-f]{32})\\.pack");

  private final Disk disk;

  public OrphanPacks(Disk disk) {
    this.disk = disk;
  }

  /** Every pack on disk, of whatever domain, in order of id. */
  public Set<PackId> onDisk() throws IOException {
    Set<PackId> found = new TreeSet<>();
    for (String directory : disk.list("packs")) {
      for (String file : disk.list("packs/" + directory)) {
        var match = FILE.matcher(file);
        if (match.matches() && file.startsWith(directory)) {
          found.add(new PackId(match.group(1)));
        }
      }
    }
    return found;
  }

  /**
   * The packs on disk that are neither in {@code live} nor in {@code known}, with their lengths in
   * bytes: those of {@code domains}, and those whose header says nothing, as a crash leaves them.
   */
  public Map<PackId, Long> among(Set<DomainId> domains, Set<PackId> live, Set<PackId> known)
      throws IOException {
    Map<PackId, Long> orphans = new TreeMap<>();
    for (PackId id : onDisk()) {
      if (!live.contains(id) && !known.contains(id)) {
        length(domains, id).ifPresent(bytes -> orphans.put(id, bytes));
      }
    }
    return orphans;
  }

  /** Deletes packs and returns the bytes that this gave back. */
  public long delete(Map<PackId, Long> orphans) throws IOException {
    long bytes = 0;
    Set<String> directories = new TreeSet<>();
    for (Map.Entry<PackId, Long> orphan : orphans.entrySet()) {
      if (disk.delete(PackFormat.fileName(orphan.getKey()))) {
        bytes += orphan.getValue();
        directories.add(PackFormat.directory(orphan.getKey()));
      }
    }
    for (String directory : directories) {
      disk.syncDirectory(directory);
    }
    return bytes;
  }

  /** The length of a pack of one of these domains, or of nobody's; empty for others. */
  private Optional<Long> length(Set<DomainId> domains, PackId id) throws IOException {
    byte[] bytes = new byte[HEADER_BYTES];
    try (Disk.ReadFile file = disk.open(PackFormat.fileName(id))) {
      if (file.read(0, bytes, 0, HEADER_BYTES) == HEADER_BYTES) {
        PackHeader header = PackHeader.decode(bytes);
        if (header != null && !domains.contains(header.domain())) {
          return Optional.empty();
        }
      }
      return Optional.of(file.length());
    } catch (NoSuchFileException | AifsException.Unsupported _) {
      return Optional.empty();
    }
  }

  /** The packs on disk that {@code packs} lacks and whose header names {@code domain}. */
  List<String> of(DomainId domain, PackSet packs) throws IOException {
    List<String> orphans = new ArrayList<>();
    for (PackId id : onDisk()) {
      if (!packs.contains(id) && isOf(domain, id)) {
        orphans.add(PackFormat.fileName(id));
      }
    }
    return orphans;
  }

  private boolean isOf(DomainId domain, PackId id) throws IOException {
    byte[] bytes = new byte[HEADER_BYTES];
    try (Disk.ReadFile file = disk.open(PackFormat.fileName(id))) {
      if (file.read(0, bytes, 0, HEADER_BYTES) < HEADER_BYTES) {
        return false; // nothing says whose it is
      }
      PackHeader header = PackHeader.decode(bytes);
      return header != null && header.pack().equals(id) && header.domain().equals(domain);
    } catch (NoSuchFileException | AifsException.Unsupported _) {
      return false;
    }
  }
}
