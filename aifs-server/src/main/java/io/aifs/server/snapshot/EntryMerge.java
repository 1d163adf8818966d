package io.aifs.server.snapshot;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.tree.EntryContent;
import java.util.Optional;

/**
 * Merges what one path names. Content decides: a side that only changed attributes does not stand
 * in the way of one that changed content or removed the entry. Attributes merge one by one; where
 * both sides changed one, the later mtime is taken, and our mode.
 */
final class EntryMerge {
  private EntryMerge() {}

  /** The outcome for one path. */
  sealed interface Outcome {
    record Merged(Optional<TreeEntry> entry) implements Outcome {}

    /** Both sides changed content, differently. */
    record Clash() implements Outcome {}
  }

  static Outcome merge(
      Optional<TreeEntry> base, Optional<TreeEntry> ours, Optional<TreeEntry> theirs) {
    if (ours.equals(theirs) || theirs.equals(base)) {
      return new Outcome.Merged(ours);
    }
    if (ours.equals(base)) {
      return new Outcome.Merged(theirs);
    }
    if (sameContent(ours, theirs) || sameContent(theirs, base)) {
      return new Outcome.Merged(withMergedAttributes(ours, base, ours, theirs));
    }
    if (sameContent(ours, base)) {
      return new Outcome.Merged(withMergedAttributes(theirs, base, ours, theirs));
    }
    return new Outcome.Clash();
  }

  private static boolean sameContent(Optional<TreeEntry> left, Optional<TreeEntry> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() && right.isEmpty();
    }
    return EntryContent.same(left.get(), right.get());
  }

  /** {@code content} is ours or theirs. Attributes of different types have nothing in common. */
  private static Optional<TreeEntry> withMergedAttributes(
      Optional<TreeEntry> content,
      Optional<TreeEntry> base,
      Optional<TreeEntry> ours,
      Optional<TreeEntry> theirs) {
    if (content.isEmpty()
        || ours.isEmpty()
        || theirs.isEmpty()
        || ours.get().getClass() != theirs.get().getClass()) {
      return content;
    }
    FileAttributes our = ours.get().attributes();
    FileAttributes their = theirs.get().attributes();
    Optional<FileAttributes> old = base.map(TreeEntry::attributes);
    FileAttributes merged =
        new FileAttributes(
            content.equals(ours) ? mode(old, our, their) : mode(old, their, our),
            mtime(old, our, their));
    return Optional.of(EntryContent.withAttributes(content.get(), merged));
  }

  /** Of the side that has the content, unless only the other changed it: execution is content. */
  private static int mode(
      Optional<FileAttributes> old, FileAttributes content, FileAttributes other) {
    boolean onlyOther = old.isPresent() && old.get().mode() == content.mode();
    return onlyOther ? other.mode() : content.mode();
  }

  private static long mtime(
      Optional<FileAttributes> old, FileAttributes our, FileAttributes their) {
    if (old.isPresent() && old.get().mtimeNanos() == our.mtimeNanos()) {
      return their.mtimeNanos();
    }
    if (old.isPresent() && old.get().mtimeNanos() == their.mtimeNanos()) {
      return our.mtimeNanos();
    }
    return Math.max(our.mtimeNanos(), their.mtimeNanos());
  }
}
