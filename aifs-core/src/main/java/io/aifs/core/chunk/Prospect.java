package io.aifs.core.chunk;

/** What compressing a chunk promises. */
enum Prospect {
  /** It is not worth trying. */
  NONE,
  /** The quickest way gets most of what there is: numbers, say. */
  LITTLE,
  /** Trying harder gets more: text and program code. */
  MUCH
}
