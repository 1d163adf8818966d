package io.aifs.server.chunk;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.core.chunk.ChunkMalformedException;
import io.aifs.core.chunk.Codec;
import io.aifs.core.chunk.ZstdDictionary;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RecordType;
import io.aifs.crypto.SealBrokenException;
import io.aifs.crypto.SealContext;
import io.aifs.server.pack.PackRecord;

/** Opens sealed records of one domain to their plain content. Thread-safe. */
public final class RecordOpener {
  private final DomainKeys keys;
  private final ChunkCipher cipher;
  private final ChunkCompressor compressor;
  private final DictionarySource dictionaries;

  /** Opens records that are not compressed with a dictionary. */
  public RecordOpener(DomainKeys keys, ChunkCipher cipher, ChunkCompressor compressor) {
    this(keys, cipher, compressor, DictionarySource.NONE);
  }

  RecordOpener(
      DomainKeys keys,
      ChunkCipher cipher,
      ChunkCompressor compressor,
      DictionarySource dictionaries) {
    this.dictionaries = dictionaries;
    this.keys = keys;
    this.cipher = cipher;
    this.compressor = compressor;
  }

  /**
   * The content of a record, which may be under another's name.
   *
   * @throws ChunkDamagedException if its seal is broken or it does not decompress
   */
  byte[] open(PackRecord record) throws ChunkDamagedException {
    try {
      byte[] compressed =
          cipher.open(
              keys,
              new SealContext(
                  keys.domain(), record.type(), record.id(), record.plainBytes(), record.codec()),
              record.epoch(),
              record.payload());
      return decompress(record, Codec.ofCode(record.codec()), compressed);
    } catch (SealBrokenException e) {
      throw new ChunkDamagedException(record.id(), "its seal is broken", e);
    } catch (ChunkMalformedException | IllegalArgumentException e) {
      throw new ChunkDamagedException(record.id(), String.valueOf(e.getMessage()), e);
    }
  }

  private byte[] decompress(PackRecord record, Codec codec, byte[] compressed)
      throws ChunkDamagedException, ChunkMalformedException {
    if (!codec.needsDictionary()) {
      return compressor.decompress(codec, compressed, 0, compressed.length, record.plainBytes());
    }
    ZstdDictionary dictionary =
        dictionaries
            .of(codec)
            .orElseThrow(
                () ->
                    new ChunkDamagedException(
                        record.id(), "the dictionary that it needs is lost: " + codec, null));
    return compressor.decompress(dictionary, compressed, 0, compressed.length, record.plainBytes());
  }

  /**
   * The content of a record whose name is known from the record alone. A dictionary's id does not
   * depend on its content, so there the seal says all.
   *
   * @throws ChunkDamagedException also if the content has another name
   */
  public byte[] openGenuine(PackRecord record) throws ChunkDamagedException {
    byte[] plain = open(record);
    if (record.type() != RecordType.DICTIONARY
        && !keys.storedId(record.type(), Digest.of(plain)).equals(record.id())) {
      throw new ChunkDamagedException(record.id(), "its content has another digest", null);
    }
    return plain;
  }

  /** Whether a record opens to content that has its id. */
  boolean isGenuine(PackRecord record) {
    try {
      return openGenuine(record).length == record.plainBytes();
    } catch (ChunkDamagedException e) {
      return false;
    }
  }
}
