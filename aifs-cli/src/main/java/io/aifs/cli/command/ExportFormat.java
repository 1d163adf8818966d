package io.aifs.cli.command;

import java.util.Locale;
import java.util.Optional;

/** Files that tensors are written as. */
enum ExportFormat {
  NPY,
  ARROW,
  SAFETENSORS;

  /** The one that is asked for; else what the name of the file says, if it says any. */
  static Optional<ExportFormat> of(Optional<String> asked, String target) {
    if (asked.isPresent()) {
      try {
        return Optional.of(valueOf(asked.get().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException _) {
        throw Usage.error(
            "--format '" + asked.get() + "' is unknown", "it is npy, arrow or safetensors");
      }
    }
    String lower = target.toLowerCase(Locale.ROOT);
    for (ExportFormat format : values()) {
      if (lower.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
