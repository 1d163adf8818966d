package io.aifs.cli.transfer;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.TreeEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Makes symbolic links as they were stored; where they lead is nobody's business here. */
final class LinkDownload {
  private final boolean force;

  LinkDownload(boolean force) {
    this.force = force;
  }

  /**
   * Makes the link, unless it is there.
   *
   * @throws AifsException.AlreadyExists if something else is there and may not go
   */
  void get(TreeEntry.Symlink link, Path target) throws IOException {
    Path leadsTo = target.getFileSystem().getPath(link.target());
    boolean there = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    if (there && !isLinkTo(target, leadsTo)) {
      remove(target);
      there = false;
    }
    if (!there) {
      Files.createSymbolicLink(target, leadsTo);
    }
    LocalAttributes.setMtime(target, link.attributes().mtimeNanos());
  }

  private static boolean isLinkTo(Path target, Path leadsTo) throws IOException {
    return Files.isSymbolicLink(target) && Files.readSymbolicLink(target).equals(leadsTo);
  }

  private void remove(Path target) throws IOException {
    if (!force || Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new AifsException.AlreadyExists(
          Reason.PATH_EXISTS,
          target + " exists and is not the symbolic link that is in the store",
          force ? "remove the directory first" : "replace it with --force");
    }
    Files.delete(target);
  }
}
