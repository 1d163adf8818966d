package io.aifs.client.internal;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;

/** Whether a frame is worth compressing, judged by a few KiB from its middle. */
final class FrameSample {
  private static final int BYTES = 4_096;

  static boolean compresses(ByteString frame) {
    if (frame.size() < 512) {
      return false;
    }
    int length = Math.min(BYTES, frame.size());
    int from = (frame.size() - length) / 2;
    byte[] sample = frame.substring(from, from + length).toByteArray();
    int compressed = Zstd.compress(sample, ZstdCodec.LEVEL).length;
    return compressed * 10L < sample.length * 9L;
  }

  private FrameSample() {}
}
