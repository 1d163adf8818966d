package io.aifs.server.engine;

/** Bytes of an asset that are wanted: {@code length} from {@code offset}. */
public record ContentRun(long offset, long length) {
  public ContentRun {
    if (offset < 0 || length < 0 || offset + length < 0) {
      throw new IllegalArgumentException("run is no range: " + offset + ", " + length);
    }
  }

  /** The offset behind the last byte. */
  long end() {
    return offset + length;
  }
}
