package io.aifs.core;

/** A limit on everything. Each error that enforces one names it. Sizes are bytes. */
public final class Limits {
  public static final int CHUNK_BYTES_MAX = 1 << 20;
  public static final int MESSAGE_BYTES_MAX = 104 << 20;
  public static final long INBOUND_BUDGET_BYTES = 256L << 20;

  /** Messages below this are not charged to the inbound budget. */
  public static final int INBOUND_CHARGED_BYTES_MIN = 1 << 20;

  /** What GetAsset returns in one message: the message limit less room for its other fields. */
  public static final int INLINE_DATA_BYTES_MAX = 100 << 20;

  public static final long ASSET_BYTES_MAX = 1L << 48;
  public static final int FRAME_BYTES = 256 << 10;
  public static final int METADATA_ENTRIES_MAX = 1_024;
  public static final int METADATA_KEY_BYTES_MAX = 1_024;
  public static final int METADATA_VALUE_BYTES_MAX = 64 << 10;
  public static final int METADATA_BYTES_MAX = 1 << 20;
  public static final int PARENTS_MAX = 10_000;
  public static final int TRANSFORM_NAME_BYTES_MAX = 1_024;
  public static final int TRANSFORM_DIGEST_BYTES_MAX = 1_024;
  public static final int DIMENSION_MAX = 4_096;
  public static final int EMBEDDING_BYTES_MAX = DIMENSION_MAX * 4;
  public static final int EMBEDDING_PART_BYTES_MAX = 64;

  /** Embeddings of one asset in one space. */
  public static final int EMBEDDING_PARTS_MAX = 10_000;

  public static final int MODEL_BYTES_MAX = 256;

  /** Embedding spaces of one namespace. */
  public static final int SPACES_MAX = 256;

  /** Assets that one query finds. */
  public static final int SEARCH_K_MAX = 10_000;

  /** Assets that all queries of one call find together. */
  public static final int SEARCH_FOUND_MAX = 100_000;

  public static final int SEARCH_EFFORT_MAX = 10_000;
  public static final int SEARCH_QUERIES_MAX = 64;
  public static final int SEARCH_CONDITIONS_MAX = 32;
  public static final int SEARCH_CONDITION_BYTES_MAX = 16 << 10;
  public static final int NAME_BYTES_MAX = 63;
  public static final int DESCRIPTION_BYTES_MAX = 4_096;
  public static final int PATH_BYTES_MAX = 4_096;
  public static final int PATH_SEGMENT_BYTES_MAX = 255;
  public static final int SYMLINK_TARGET_BYTES_MAX = 4_096;

  /** A path, and room for the scheme, the namespace and the ref. */
  public static final int ADDRESS_BYTES_MAX = PATH_BYTES_MAX + 512;

  /** How far back {@code ref~n} reaches. */
  public static final int REF_GENERATIONS_MAX = 1_000_000;

  public static final int SNAPSHOT_PARENTS_MAX = 16;

  /** Of a snapshot's message, its author, and the reason of a move. */
  public static final int MESSAGE_TEXT_BYTES_MAX = 64 << 10;

  public static final int AUTHOR_BYTES_MAX = 1_024;
  public static final int REASON_BYTES_MAX = 4_096;

  /** Ids in one answer that is not paged: a snapshot's, to clients of the old calls. */
  public static final int LISTED_IDS_MAX = 50_000;

  public static final int REQUEST_ID_BYTES_MAX = 128;
  public static final int PAGE_DEFAULT = 100;
  public static final int PAGE_MAX = 10_000;

  /** Files, paths or ids in one batched call. */
  public static final int BATCH_ENTRIES_MAX = 4_096;

  public static final int BATCH_BYTES_MAX = 8 << 20;

  /** Transactions that are open at the same time, in a store. */
  public static final int TRANSACTIONS_OPEN_MAX = 1_000;

  /** Assets, paths, edges and refs in one transaction. */
  public static final long TRANSACTION_ENTRIES_MAX = 1_000_000;

  /** What a transaction takes as it is staged, content not counted. */
  public static final long TRANSACTION_BYTES_MAX = 128L << 20;

  /** A transaction that nobody uses ends after this long, unless it is begun with another lease. */
  public static final int TRANSACTION_LEASE_SECONDS = 600;

  /** The longest lease, and the longest life of a transaction however often it is renewed. */
  public static final int TRANSACTION_LEASE_SECONDS_MAX = 86_400;

  public static final int TOKEN_BYTES_MAX = 16 << 10;

  /** Subscribers to events that a server has at once. */
  public static final int SUBSCRIBERS_MAX = 1_000;

  /** An upload or download that moves no byte for this long is ended. */
  public static final int STALL_MILLIS = 60_000;

  public static final int EXTERNAL_ID_BYTES_MAX = 1_024;
  public static final int ASSOCIATION_DATA_BYTES_MAX = 64 << 10;

  /** Declared types of associations of a namespace. */
  public static final int ASSOCIATION_TYPES_MAX = 1_000;

  /** How many associations a read may pass over; beyond, pages go on from where one ended. */
  public static final int ASSOCIATION_POSITION_MAX = 100_000;

  /** How long a call waits for a version that it demands. */
  public static final int VERSION_WAIT_MILLIS = 5_000;

  public static final int POLICY_BYTES_MAX = 64 << 10;

  private Limits() {}
}
