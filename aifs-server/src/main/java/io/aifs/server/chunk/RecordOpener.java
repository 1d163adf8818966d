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
import io.aifs.server.pack.RecordCopies.Verdict;

/** Opens sealed records of one domain to their plain content. Thread-safe. */
public final class RecordOpener {
  private final DomainKeys keys;
  private final ChunkCipher cipher;
  private final ChunkCompressor compressor;
  private final DictionarySource dictionaries;
  private final BaseSource bases;

  /** Opens records that are neither compressed with a dictionary nor stored as differences. */
  public RecordOpener(DomainKeys keys, ChunkCipher cipher, ChunkCompressor compressor) {
    this(keys, cipher, compressor, DictionarySource.NONE, BaseSource.NONE);
  }

  RecordOpener(
      DomainKeys keys,
      ChunkCipher cipher,
      ChunkCompressor compressor,
      DictionarySource dictionaries,
      BaseSource bases) {
    this.dictionaries = dictionaries;
    this.bases = bases;
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
    return open(record, bases);
  }

  /**
   * As {@link #open(PackRecord)}.
   *
   * @param bases where to find what it is a difference to, if it is one
   */
  byte[] open(PackRecord record, BaseSource bases) throws ChunkDamagedException {
    try {
      byte[] compressed =
          cipher.open(
              keys,
              new SealContext(
                  keys.domain(), record.type(), record.id(), record.plainBytes(), record.codec()),
              record.epoch(),
              record.payload());
      Codec codec = Codec.ofCode(record.codec());
      Digest base = record.base();
      return base == null
          ? decompress(record, codec, compressed)
          : compressor.decompressDelta(
              codec,
              base(record, base, bases),
              compressed,
              0,
              compressed.length,
              record.plainBytes());
    } catch (SealBrokenException e) {
      throw new ChunkDamagedException(record.id(), "its seal is broken", e);
    } catch (ChunkMalformedException | IllegalArgumentException e) {
      throw new ChunkDamagedException(record.id(), String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] base(PackRecord record, Digest base, BaseSource bases)
      throws ChunkDamagedException {
    try {
      return bases
          .of(base)
          .orElseThrow(
              () -> ChunkDamagedException.byBase(record.id(), base, "which is not there", null));
    } catch (ChunkDamagedException e) {
      throw e.isByBase()
          ? e
          : ChunkDamagedException.byBase(
              record.id(), base, "which is damaged: " + e.getMessage(), e);
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
    return verdict(record) == Verdict.GENUINE;
  }

  /** Whether a record opens to content that has its id, if that can be told. */
  Verdict verdict(PackRecord record) {
    try {
      return openGenuine(record).length == record.plainBytes() ? Verdict.GENUINE : Verdict.DAMAGED;
    } catch (ChunkDamagedException e) {
      return e.isByBase() ? Verdict.UNKNOWN : Verdict.DAMAGED;
    }
  }

  /** Whether what a record is a difference to is there at all, sound or not. */
  boolean hasBase(PackRecord record) {
    Digest base = record.base();
    try {
      return base == null || bases.of(base).isPresent();
    } catch (ChunkDamagedException _) {
      return true;
    }
  }
}
