package io.aifs.server.engine.journal;

import java.util.List;

/**
 * What a rebuild has done.
 *
 * @param checkpoint sequence of the checkpoint it began with; 0 if there was none
 * @param transactions how many were applied after it
 * @param newest sequence of the last one
 * @param damage what of the journal's packs could not be read; not all of it cost something
 * @param losses what is missing for good, such as transactions that no record holds
 * @param repairs what was changed so that the rest is consistent
 * @param problems what is still wrong with the catalog that was made
 */
public record RebuildReport(
    long checkpoint,
    long transactions,
    long newest,
    List<String> damage,
    List<String> losses,
    List<String> repairs,
    List<String> problems) {
  public RebuildReport {
    damage = List.copyOf(damage);
    losses = List.copyOf(losses);
    repairs = List.copyOf(repairs);
    problems = List.copyOf(problems);
  }

  /** Whether the catalog is what it was. */
  public boolean complete() {
    return losses.isEmpty() && problems.isEmpty();
  }
}
