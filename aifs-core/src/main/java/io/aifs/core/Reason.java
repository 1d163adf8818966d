package io.aifs.core;

/**
 * Why a call failed, as a word that programs can compare. Travels as {@code ErrorInfo.reason}; a
 * reason is never renamed once released.
 */
public enum Reason {
  ASSET_NOT_FOUND,
  ASSET_DELETED,
  PATH_NOT_FOUND,
  NAMESPACE_NOT_FOUND,
  JOB_NOT_FOUND,
  REF_NOT_FOUND,
  SNAPSHOT_NOT_FOUND,
  SPACE_NOT_FOUND,
  EMBEDDING_NOT_FOUND,
  SNAPSHOT_PRUNED,
  STORE_NOT_FOUND,
  NAMESPACE_EXISTS,
  PATH_EXISTS,
  REF_EXISTS,
  SPACE_EXISTS,
  STORE_EXISTS,
  ASSET_REFERENCED,
  PARENT_NOT_FOUND,
  LINEAGE_CYCLE,
  KIND_CHANGE,
  NOT_A_DIRECTORY,
  IS_A_DIRECTORY,
  DIRECTORY_NOT_EMPTY,
  READ_ONLY_REF,
  BRANCH_PROTECTED,

  /** A branch stands elsewhere than the caller thinks. */
  REF_MOVED,

  /** A working state holds what no snapshot does. */
  CHANGES_UNSAVED,
  SNAPSHOT_REFERENCED,
  HISTORIES_UNRELATED,
  REQUEST_ID_REUSED,
  CHUNK_NOT_HELD,
  MOVED_MEANWHILE,
  MERGE_CONFLICTS,
  JOBS_STOPPED,
  ARGUMENT_INVALID,
  ARGUMENT_MISSING,
  ASSET_ID_INVALID,
  SNAPSHOT_ID_INVALID,
  ADDRESS_INVALID,
  ADDRESS_AMBIGUOUS,
  NAMESPACE_INVALID,
  NAMESPACE_AMBIGUOUS,
  PATH_INVALID,
  KIND_UNKNOWN,

  /** A vector is of another dimension than its space, or cannot be compared. */
  VECTOR_INVALID,

  /** Content is not what its kind demands. */
  PAYLOAD_INVALID,

  /** A condition of a search cannot be read. */
  FILTER_INVALID,
  STREAM_EMPTY,
  TOKEN_MISSING,
  TOKEN_INVALID,
  TOKEN_EXPIRED,
  TOKEN_NOT_ALLOWED,
  ROOT_KEY_MISSING,
  ROOT_KEY_WRONG,
  FILE_ACCESS_DENIED,
  MESSAGE_TOO_LARGE,
  MEMORY_BUDGET,
  LIMIT_EXCEEDED,
  DISK_FULL,
  CHUNK_DAMAGED,
  CHUNK_MISSING,
  PACK_DAMAGED,
  KEY_FILE_DAMAGED,
  FORMAT_FILE_DAMAGED,
  CATALOG_DAMAGED,
  TREE_DAMAGED,
  ASSET_DAMAGED,

  /** A server shows other signing keys, or another store, than this client has pinned. */
  KEY_CHANGED,
  KNOWN_KEYS_DAMAGED,

  /** A snapshot is not what was signed. */
  SNAPSHOT_DAMAGED,

  /** A file of the command aifs, not of a store. */
  LOCK_FILE_DAMAGED,

  /** Content and the proof of it, of a range or of a snapshot's entry, do not fit each other. */
  PROOF_BROKEN,
  STORE_LOCKED,
  SERVER_UNAVAILABLE,
  DEADLINE_EXCEEDED,
  STALLED,
  SHUTTING_DOWN,
  IO_FAILED,
  CANCELLED,
  FORMAT_NEWER,
  METHOD_NOT_BUILT,
  ASSOCIATION_TYPE_NOT_FOUND,
  ASSOCIATION_TYPE_EXISTS,
  ENDPOINT_NOT_FOUND,

  /** There is no such transaction, or not for this caller. */
  TRANSACTION_NOT_FOUND,

  /** It was committed or aborted, or its lease ended. */
  TRANSACTION_ENDED,

  EVENT_ID_INVALID,
  EVENTS_NOT_KEPT,

  /** A version was demanded that the store does not have, and did not come to in time. */
  VERSION_NOT_REACHED,

  /** An asset is not as its namespace's policy demands. */
  POLICY_VIOLATED,

  /** A policy is not a policy, or not valid JSON Schema. */
  POLICY_INVALID,

  /** A policy has another version than the caller thinks. */
  POLICY_CHANGED,
  POLICY_NOT_FOUND,

  /** A token is good, but not before some later time. */
  TOKEN_NOT_YET_VALID,

  /** A token, one that it was attenuated from, or its root key was taken back. */
  TOKEN_REVOKED,

  /** There is no such family of tokens, or not for this caller. */
  TOKEN_NOT_FOUND,

  /** More calls, or more bytes, in a time than a token or a namespace may make. */
  RATE_LIMITED,

  /** More calls at the same time than a token or a namespace may have. */
  CONCURRENCY_LIMITED,

  /** One call carries more than its token allows. */
  CALL_BYTES_EXCEEDED,

  /** A namespace would hold more than its policy allows. */
  QUOTA_EXCEEDED,

  /** An asset holds no tensors, or not as its format demands. */
  NOT_TENSORS,
  TENSOR_NOT_FOUND,

  /** The other side gave no reason, or a word that this build does not know. */
  UNKNOWN,
  INTERNAL
}
