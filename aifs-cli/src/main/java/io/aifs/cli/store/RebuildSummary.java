package io.aifs.cli.store;

import java.nio.file.Path;
import java.util.List;

/**
 * What a rebuild of the catalog did.
 *
 * @param transactions how many were applied after the checkpoint
 * @param damage what of the journal could not be read
 * @param losses what is missing for good
 * @param repairs what was changed so that the rest is consistent
 * @param problems what is still wrong
 * @param aside the old catalog's files, under their new names
 */
public record RebuildSummary(
    long checkpoint,
    long transactions,
    List<String> damage,
    List<String> losses,
    List<String> repairs,
    List<String> problems,
    List<Path> aside) {
  public RebuildSummary {
    damage = List.copyOf(damage);
    losses = List.copyOf(losses);
    repairs = List.copyOf(repairs);
    problems = List.copyOf(problems);
    aside = List.copyOf(aside);
  }
}
