package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.server.engine.Finding;
import io.aifs.server.engine.Finding.Fix;
import io.aifs.server.engine.KeyCheck;
import io.aifs.server.file.Disk;
import io.aifs.server.store.AtomicFiles;
import io.aifs.server.store.DataDirectory;
import io.aifs.server.store.FormatFile;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether FORMAT still says what it said when the store was opened: the next start needs it.
 *
 * @param known what it said
 */
record FormatCheck(DataDirectory directory, Disk disk, FormatFile known) implements KeyCheck {
  @Override
  public void check(boolean repair, Consumer<Finding> findings) {
    problem()
        .map(
            what ->
                new Finding(
                        Finding.Severity.WARNING,
                        "format-file-damaged",
                        "FORMAT " + what,
                        "'aifs fsck --repair' writes it anew while the store is open")
                    .with(Fix.RESTORE_FILE, repair && write()))
        .ifPresent(findings);
  }

  private Optional<String> problem() {
    try {
      Optional<FormatFile> there = directory.format();
      if (there.isEmpty()) {
        return Optional.of("is missing");
      }
      return there.get().equals(known)
          ? Optional.empty()
          : Optional.of("says something else than when the store was opened");
    } catch (IOException | AifsException e) {
      return Optional.of("is damaged: " + e.getMessage());
    }
  }

  private boolean write() {
    try {
      AtomicFiles.write(disk, FormatFile.NAME, known.encode());
      return true;
    } catch (IOException _) {
      return false; // reported as not fixed
    }
  }
}
