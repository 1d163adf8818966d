package io.aifs.core.model;

/**
 * Keys of metadata by which a store says that an asset's content is not what its kind demands. Only
 * the store writes them. On the wire they are a field of their own, so that clients who do not know
 * them get back the metadata that they put.
 */
public final class PayloadKeys {
  /** Every key that begins so is the store's own. */
  public static final String RESERVED = "aifs.payload";

  /** Is {@link #UNVALIDATED} or absent. */
  public static final String STATE = "aifs.payload";

  /** What is wrong, and where. */
  public static final String PROBLEM = "aifs.payload.problem";

  public static final String UNVALIDATED = "unvalidated";

  private PayloadKeys() {}
}
