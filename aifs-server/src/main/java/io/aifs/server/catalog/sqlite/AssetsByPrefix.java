package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.AssetFilter;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetPage;
import io.aifs.server.catalog.AssetRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The assets whose ids begin alike, in order of id. For one page. */
final class AssetsByPrefix {
  private final AssetTable table;
  private final long namespace;
  private final AssetFilter filter;
  private final List<AssetRow> page = new ArrayList<>();
  private Optional<AssetPage.Position> last = Optional.empty();
  private boolean more;
  private int lookedAt;
  private int skip;

  /**
   * @param filter with a prefix
   */
  AssetsByPrefix(AssetTable table, long namespace, AssetFilter filter) {
    this.table = table;
    this.namespace = namespace;
    this.filter = filter;
  }

  AssetPage page(Optional<AssetPage.Position> after, int toSkip, int limit) {
    skip = toSkip;
    String prefix = filter.idPrefix().orElseThrow();
    byte[] from = after.map(AssetsByPrefix::id).orElse(before(padded(prefix, '0').toBytes()));
    table.eachBetween(namespace, from, padded(prefix, 'f').toBytes(), row -> take(row, limit));
    return new AssetPage(page, more ? last : Optional.empty());
  }

  /** Returns false once one more than the page holds is known to exist. */
  private boolean take(AssetRow row, int limit) {
    boolean matches = filter.matches(row.info());
    if (matches && page.size() == limit && skip == 0) {
      more = true;
      return false;
    }
    last = Optional.of(new AssetPage.ById(row.id()));
    if (!matches) {
      lookedAt++;
      more = lookedAt == NewestAssets.LOOKED_AT_MAX;
      return !more;
    }
    if (skip > 0) {
      skip--;
    } else {
      page.add(row);
    }
    return true;
  }

  private static byte[] id(AssetPage.Position position) {
    if (position instanceof AssetPage.ById(Digest id)) {
      return id.toBytes();
    }
    throw new IllegalArgumentException("the position is of a listing in another order");
  }

  /**
   * Just before an id: a blob sorts behind the one that lacks its last byte, and nothing between.
   */
  private static byte[] before(byte[] id) {
    return Arrays.copyOf(id, id.length - 1);
  }

  /** The id that has the prefix and then only this digit. */
  static Digest padded(String prefix, char digit) {
    return Digest.parse(
        prefix + Character.toString(digit).repeat(2 * Digest.BYTES - prefix.length()));
  }
}
