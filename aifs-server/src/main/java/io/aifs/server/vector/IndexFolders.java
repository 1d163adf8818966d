package io.aifs.server.vector;

import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.file.Disk;
import java.io.IOException;

/** The folders of a store's vector indexes, one for each embedding space. Thread-safe. */
public final class IndexFolders {
  static final String ROOT = "vectors";

  private final Disk disk;
  private final String storeId;
  private final KeySource keys;
  private final RandomBytes random;
  private final RoomCheck room;
  private final ChunkCipher cipher;

  public IndexFolders(
      Disk disk, String storeId, KeySource keys, RandomBytes random, RoomCheck room) {
    this.disk = disk;
    this.storeId = storeId;
    this.keys = keys;
    this.random = random;
    this.room = room;
    this.cipher = new ChunkCipher(random);
  }

  /**
   * The folder of a space, with its domain's keys; nothing is made or read of it yet.
   *
   * @param namespace its number
   * @throws io.aifs.core.AifsException if the keys are damaged, missing or destroyed
   */
  public IndexFolder of(DomainId domain, long namespace, String space) throws IOException {
    var unwrapped = keys.keys(domain);
    String directory = ROOT + "/" + namespace + "/" + space;
    return new IndexFolder(
        disk,
        directory,
        random,
        build ->
            new SealedVectorFiles(
                disk,
                directory,
                new IndexOwner(storeId, namespace, space, build),
                unwrapped,
                cipher,
                random,
                room));
  }
}
