package io.aifs.client.internal;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.DecompressorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The wire encoding {@code zstd}: each message is one zstd frame. Shared by clients and servers.
 * Thread-safe.
 */
public final class ZstdCodec implements Codec {
  public static final String ENCODING = "zstd";

  /** Level 1: the wire wants speed; what is worth more was compressed before it came here. */
  public static final int LEVEL = 1;

  /** A peer cannot make us set aside more than 8 MiB for a frame's window (RFC 8878, 3.1.1.1.2). */
  private static final int WINDOW_LOG_MAX = 23;

  @Override
  public String getMessageEncoding() {
    return ENCODING;
  }

  @Override
  public OutputStream compress(OutputStream out) throws IOException {
    return new ZstdOutputStreamNoFinalizer(out, RecyclingBufferPool.INSTANCE, LEVEL);
  }

  @Override
  public InputStream decompress(InputStream in) throws IOException {
    return new ZstdInputStreamNoFinalizer(in, RecyclingBufferPool.INSTANCE)
        .setLongMax(WINDOW_LOG_MAX);
  }

  /** A new registry with what a peer may send with: identity, gzip and zstd. */
  public static CompressorRegistry compressors() {
    CompressorRegistry registry = CompressorRegistry.newEmptyInstance();
    registry.register(Codec.Identity.NONE);
    registry.register(new Codec.Gzip());
    registry.register(new ZstdCodec());
    return registry;
  }

  /** What a peer may receive, gzip and zstd advertised in {@code grpc-accept-encoding}. */
  public static DecompressorRegistry decompressors() {
    return DecompressorRegistry.emptyInstance()
        .with(Codec.Identity.NONE, false)
        .with(new Codec.Gzip(), true)
        .with(new ZstdCodec(), true);
  }
}
