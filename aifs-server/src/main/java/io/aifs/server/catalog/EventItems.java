package io.aifs.server.catalog;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Items of an event in few bytes: runs of a like shape, paths by what they have other than the path
 * before them. Ids are not among them: they stand in the event, in the same order. See {@code
 * docs/format/event.md}.
 */
public final class EventItems {
  private static final int VERSION = 1;
  private static final int NO_ASSET = 0;
  private static final int UNKNOWN_ASSET = 5;
  private static final int ASSET_BITS = 7;
  private static final int PATH = 8;
  private static final int DIRECTORY = 16;
  private static final byte[] NO_PATH = {};

  private EventItems() {}

  /** Nothing for no items. */
  public static byte[] encode(List<EventItem> items) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (items.isEmpty()) {
      return out.toByteArray();
    }
    out.write(VERSION);
    byte[] before = NO_PATH;
    int end = 0;
    for (int i = 0; i < items.size(); i++) {
      EventItem item = items.get(i);
      if (i == end) {
        end = endOfRun(items, i);
        out.write(shape(item));
        unsigned(end - i, out);
      }
      item.about().ifPresent(about -> unsigned(about.bytes(), out));
      if (item.path().isPresent()) {
        byte[] path = item.path().get().toUtf8();
        int mismatch = Arrays.mismatch(before, path);
        int shared = mismatch < 0 ? path.length : mismatch;
        unsigned(shared, out);
        unsigned(path.length - shared, out);
        out.write(path, shared, path.length - shared);
        before = path;
      }
    }
    return out.toByteArray();
  }

  private static int endOfRun(List<EventItem> items, int start) {
    int shape = shape(items.get(start));
    int end = start + 1;
    while (end < items.size() && shape(items.get(end)) == shape) {
      end++;
    }
    return end;
  }

  private static int shape(EventItem item) {
    int asset =
        item.about()
            .map(about -> about.kind().code() + 1)
            .orElse(item.asset().isPresent() ? UNKNOWN_ASSET : NO_ASSET);
    return asset | (item.path().isPresent() ? PATH : 0) | (item.directory() ? DIRECTORY : 0);
  }

  private static void unsigned(long value, ByteArrayOutputStream out) {
    long rest = value;
    while (rest > 0x7f) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /**
   * Reads what {@link #encode} wrote; the bytes may be anything.
   *
   * @param assets of the event
   * @throws IllegalArgumentException if they are something else, or do not fit the assets
   */
  public static List<EventItem> decode(byte[] bytes, List<Digest> assets) {
    return bytes.length == 0 ? List.of() : new Decoder(bytes, assets.iterator()).items();
  }

  private static final class Decoder {
    private final ByteBuffer in;
    private final Iterator<Digest> assets;
    private byte[] before = NO_PATH;

    private Decoder(byte[] bytes, Iterator<Digest> assets) {
      this.in = ByteBuffer.wrap(bytes);
      this.assets = assets;
    }

    private List<EventItem> items() {
      if (next() != VERSION) {
        throw new IllegalArgumentException("items are of a version that is not known");
      }
      List<EventItem> items = new ArrayList<>();
      while (in.hasRemaining()) {
        int shape = next();
        long count = unsigned();
        if (count == 0 || ((shape & (ASSET_BITS | PATH)) == 0)) {
          throw new IllegalArgumentException("a run of items is empty");
        }
        for (long i = 0; i < count; i++) {
          items.add(item(shape));
        }
      }
      if (assets.hasNext()) {
        throw new IllegalArgumentException("an event has more assets than items");
      }
      return items;
    }

    private EventItem item(int shape) {
      int code = shape & ASSET_BITS;
      if (code > UNKNOWN_ASSET || shape > (ASSET_BITS | PATH | DIRECTORY)) {
        throw new IllegalArgumentException("an item has an unknown shape: " + shape);
      }
      Optional<EventItem.About> about =
          code == NO_ASSET || code == UNKNOWN_ASSET
              ? Optional.empty()
              : Optional.of(new EventItem.About(AssetKind.ofCode(code - 1), unsigned()));
      Optional<TreePath> path = (shape & PATH) == 0 ? Optional.empty() : Optional.of(path());
      return new EventItem(
          code == NO_ASSET ? Optional.empty() : Optional.of(nextAsset()),
          about,
          path,
          (shape & DIRECTORY) != 0);
    }

    private Digest nextAsset() {
      if (!assets.hasNext()) {
        throw new IllegalArgumentException("an event has fewer assets than items");
      }
      return assets.next();
    }

    private TreePath path() {
      long shared = unsigned();
      long rest = unsigned();
      if (shared > before.length || rest > in.remaining()) {
        throw new IllegalArgumentException("an item's path is cut off");
      }
      byte[] path = Arrays.copyOf(before, (int) (shared + rest));
      in.get(path, (int) shared, (int) rest);
      before = path;
      try {
        return new TreePath(
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(path)).toString());
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException("an item's path is not UTF-8", e);
      }
    }

    private int next() {
      if (!in.hasRemaining()) {
        throw new IllegalArgumentException("items are cut off");
      }
      return in.get() & 0xff;
    }

    private long unsigned() {
      long value = 0;
      for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
        int digit = next();
        value |= (long) (digit & 0x7f) << shift;
        if (digit < 0x80) {
          return value;
        }
      }
      throw new IllegalArgumentException("a number of an item has no end");
    }
  }
}
