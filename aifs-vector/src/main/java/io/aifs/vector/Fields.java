package io.aifs.vector;

import java.nio.charset.StandardCharsets;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * The fields of Lucene's documents: as many for any metadata. A document is one vector; those of an
 * asset stand together, in one segment.
 */
final class Fields {
  /** Indexed: the asset's key, to replace what is held of it. */
  static final String ASSET = "asset";

  /** Doc value: the asset's key, then the name of the part. */
  static final String NAME = "name";

  /** Doc value, only in segments that hold assets with more than one vector. */
  static final String SEVERAL = "several";

  static final String VECTOR = "vector";
  static final String KIND = "kind";
  static final String SIZE = "size";
  static final String CREATED = "created";

  /** Indexed: keys of metadata. */
  static final String KEY = "key";

  /** Indexed: {@link #entry entries} of metadata whose values are not long. */
  static final String ENTRY = "entry";

  /** Indexed: keys of metadata whose values are long. */
  static final String LONG_KEY = "longkey";

  /** Doc value: entries of metadata whose values are long. */
  static final String LONG_ENTRIES = "longentries";

  /** Points: the two halves of a hash of the key, then the value as a number. */
  static final String NUMBER = "number";

  /** Values that take more are long: Lucene's terms are limited, and best short. */
  static final int SHORT_VALUE_BYTES_MAX = 1 << 10;

  static Term asset(AssetKey key) {
    return new Term(ASSET, new BytesRef(key.toBytes()));
  }

  static BytesRef name(AssetKey key, String part) {
    byte[] text = utf8(part);
    byte[] name = new byte[AssetKey.BYTES + text.length];
    System.arraycopy(key.toBytes(), 0, name, 0, AssetKey.BYTES);
    System.arraycopy(text, 0, name, AssetKey.BYTES, text.length);
    return new BytesRef(name);
  }

  /**
   * An entry of metadata: the key's length in two bytes, the key, the value. So the values of a key
   * stand together, in the order of their bytes, whatever is in keys.
   */
  static BytesRef entry(String key, byte[] value) {
    byte[] name = utf8(key);
    byte[] entry = new byte[Short.BYTES + name.length + value.length];
    entry[0] = (byte) (name.length >>> 8);
    entry[1] = (byte) name.length;
    System.arraycopy(name, 0, entry, Short.BYTES, name.length);
    System.arraycopy(value, 0, entry, Short.BYTES + name.length, value.length);
    return new BytesRef(entry);
  }

  /** Two numbers that stand for a key. */
  static long[] hash(String key) {
    return StringHelper.murmurhash3_x64_128(new BytesRef(utf8(key)));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Fields() {}
}
