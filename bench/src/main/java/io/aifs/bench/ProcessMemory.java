package io.aifs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of another process's memory. */
final class ProcessMemory {
  private static final String RESIDENT = "VmRSS:";

  private ProcessMemory() {}

  /** How much of it is in memory now, in MiB. */
  static long residentMebibytes(long processId) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + processId + "/status"))) {
      if (line.startsWith(RESIDENT)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10;
      }
    }
    throw new IOException("process " + processId + " has ended");
  }
}
