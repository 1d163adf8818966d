package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.catalog.AssetTotals;
import java.util.OptionalLong;

/**
 * How much a namespace may hold: what can be seen in it, not what that takes on disk.
 *
 * @param bytesMax of the content of visible assets
 * @param assetsMax visible assets
 */
public record StorageQuota(OptionalLong bytesMax, OptionalLong assetsMax) {
  public static final StorageQuota NONE =
      new StorageQuota(OptionalLong.empty(), OptionalLong.empty());

  private static final String HINT =
      "delete what is not needed with 'aifs rm', or ask for a larger quota ('aifs policy show')";

  public boolean isNone() {
    return bytesMax.isEmpty() && assetsMax.isEmpty();
  }

  /**
   * Returns if so much more may become visible; asked in the catalog write that does it. Who adds
   * nothing is never refused.
   *
   * @throws AifsException.LimitExceeded otherwise, saying the quota, what is used and wanted
   */
  public void requireRoom(AssetTotals used, long moreAssets, long moreBytes) {
    requireRoom("assets", "assets", assetsMax, used.assets(), moreAssets);
    requireRoom("storage_bytes", "bytes", bytesMax, used.contentBytes(), moreBytes);
  }

  private static void requireRoom(
      String quota, String unit, OptionalLong most, long used, long wanted) {
    if (most.isPresent() && wanted > 0 && used + wanted > most.getAsLong()) {
      throw exceeded(quota, unit, most.getAsLong(), used, wanted + " more are wanted");
    }
  }

  /**
   * Returns unless the namespace holds more than it may already: then nothing new is taken, and
   * there is no use in reading it.
   *
   * @throws AifsException.LimitExceeded if it does
   */
  public void requireNotOver(AssetTotals used) {
    requireNotOver("assets", "assets", assetsMax, used.assets());
    requireNotOver("storage_bytes", "bytes", bytesMax, used.contentBytes());
  }

  private static void requireNotOver(String quota, String unit, OptionalLong most, long used) {
    if (most.isPresent() && used > most.getAsLong()) {
      throw exceeded(quota, unit, most.getAsLong(), used, "more are wanted");
    }
  }

  /**
   * Returns if an asset of so many bytes can be in the namespace, were there nothing else.
   *
   * @throws AifsException.LimitExceeded otherwise
   */
  void requireFits(long bytes) {
    if (bytesMax.isPresent() && bytes > bytesMax.getAsLong()) {
      throw new AifsException.LimitExceeded(
          Reason.QUOTA_EXCEEDED,
          "the asset has over "
              + bytesMax.getAsLong()
              + " bytes, which is all that the namespace may hold (quota.storage_bytes of its"
              + " policy)",
          "put less, or ask for a larger quota ('aifs policy show')");
    }
  }

  private static AifsException.LimitExceeded exceeded(
      String quota, String unit, long most, long used, String wanted) {
    return new AifsException.LimitExceeded(
        Reason.QUOTA_EXCEEDED,
        "the namespace may hold "
            + most
            + " "
            + unit
            + " (quota."
            + quota
            + " of its policy): "
            + used
            + " are used, and "
            + wanted,
        HINT);
  }
}
