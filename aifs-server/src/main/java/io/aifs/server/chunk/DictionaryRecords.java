package io.aifs.server.chunk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.core.chunk.ChunkMalformedException;
import io.aifs.core.chunk.Codec;
import io.aifs.core.chunk.Compressed;
import io.aifs.core.chunk.ZstdDictionary;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RecordType;
import io.aifs.server.pack.DamagedRecordException;
import io.aifs.server.pack.PackRecord;
import io.aifs.server.pack.RecordStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A domain's dictionaries as records. Their ids follow from the codec and not from the content, so
 * that they are found by asking for them, in whatever catalog or pack: nothing else names them.
 * Each has two copies, in different packs when they are new. Thread-safe.
 */
final class DictionaryRecords {
  private static final int COPIES = 2;

  private final RecordStore records;
  private final DomainKeys keys;
  private final RecordSealer sealer;
  private final ChunkCompressor compressor;
  private final RecordOpener opener;

  DictionaryRecords(
      RecordStore records, DomainKeys keys, ChunkCipher cipher, ChunkCompressor compressor) {
    this.records = records;
    this.keys = keys;
    this.sealer = new RecordSealer(keys, cipher);
    this.compressor = compressor;
    this.opener = new RecordOpener(keys, cipher, compressor);
  }

  /** The digests that all dictionaries of a domain are stored under, whether there or not. */
  static List<Digest> digests() {
    List<Digest> digests = new ArrayList<>();
    for (Codec codec : Codec.withDictionary()) {
      digests.addAll(digests(codec));
    }
    return digests;
  }

  private static List<Digest> digests(Codec codec) {
    List<Digest> digests = new ArrayList<>();
    for (int copy = 1; copy <= COPIES; copy++) {
      String name = "aifs dictionary " + codec.code() + " copy " + copy;
      digests.add(Digest.of(name.getBytes(UTF_8)));
    }
    return digests;
  }

  private List<Digest> ids(Codec codec) {
    return digests(codec).stream()
        .map(digest -> keys.storedId(RecordType.DICTIONARY, digest))
        .toList();
  }

  /**
   * What is there of a dictionary.
   *
   * @param used there was one once, even if no copy of it reads back now
   */
  record Found(Optional<ZstdDictionary> dictionary, boolean used) {}

  /**
   * Reads a dictionary from whichever copy is good.
   *
   * @throws IOException if the disk fails, which may pass: it is not known then whether it is lost
   */
  Found read(Codec codec) throws IOException {
    IOException failure = null;
    boolean used = false;
    for (Digest id : ids(codec)) {
      try {
        PackRecord record = records.getAll(List.of(id)).get(id);
        if (record != null) {
          return new Found(Optional.of(ZstdDictionary.of(codec, opener.open(record))), true);
        }
      } catch (DamagedRecordException e) {
        used = true; // there is another copy, or it is lost
        failure = e.getCause() == null ? failure : e;
      } catch (ChunkDamagedException | ChunkMalformedException _) {
        used = true;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return new Found(Optional.empty(), used);
  }

  /**
   * Writes the copies that are missing and makes them durable, each in a pack of its own.
   *
   * @throws IOException if they may not be: nothing may be compressed with it then
   */
  void write(ZstdDictionary dictionary) throws IOException {
    long losses = records.losses();
    byte[] bytes = dictionary.toBytes();
    for (Digest id : ids(dictionary.codec())) {
      if (!records.missing(Set.of(id)).isEmpty()) {
        records.append(List.of(seal(id, bytes)));
        var _ = records.seal(); // its packs are told of again by the next sync
      }
    }
    if (records.losses() != losses) {
      throw new IOException("a sync failed while a dictionary was written");
    }
  }

  private PackRecord seal(Digest id, byte[] bytes) {
    Compressed compressed = compressor.compress(bytes, 0, bytes.length);
    return sealer.seal(RecordType.DICTIONARY, id, compressed, bytes.length);
  }
}
