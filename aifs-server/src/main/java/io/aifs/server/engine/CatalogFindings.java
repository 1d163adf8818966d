package io.aifs.server.engine;

import io.aifs.core.model.AssetKind;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.LostAsset;
import io.aifs.server.catalog.Tombstone;
import io.aifs.server.engine.Finding.Fix;
import io.aifs.server.engine.Finding.Severity;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** What is wrong with the catalog by itself, and how it is set right. */
final class CatalogFindings {
  private static final int LOST_AT_A_TIME = 1_000;
  private static final String COUNT_HINT = "'aifs fsck --repair' counts anew; no data is lost";
  private static final String COLLECTION_HINT =
      "'aifs gc undo' forgets what is condemned, the next gc finds it again; report it";
  private static final String STAGING_HINT =
      "nothing visible is touched: abort the transaction, and report it";
  private static final String REPORT_HINT =
      "keep a copy of the data directory and report it: this is a mistake of the program";

  private final Catalog catalog;
  private final Clock clock;

  CatalogFindings(Catalog catalog, Clock clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  /** Reports what is wrong; {@code repair} sets right what can be. */
  void check(boolean repair, CheckRun run) {
    List<Finding> findings = catalog.check().stream().map(CatalogFindings::finding).toList();
    boolean repairable = findings.stream().anyMatch(finding -> finding.fix().isPresent());
    if (repair && repairable) {
      buryLost(clock.instant());
      boolean done =
          catalog.write(
              writer -> {
                writer.damage().recount();
                return true;
              });
      for (Finding finding : findings) {
        run.report(finding.fix().map(fix -> finding.with(fix, done)).orElse(finding));
      }
    } else {
      findings.forEach(run::report);
    }
  }

  /** Leaves tombstones for assets that are named and unknown. */
  private void buryLost(Instant now) {
    int buried = LOST_AT_A_TIME;
    while (buried == LOST_AT_A_TIME) {
      buried = catalog.write(writer -> buryLost(writer, now));
    }
  }

  private static int buryLost(CatalogWriter writer, Instant now) {
    List<LostAsset> lost = writer.damage().lostAssets(LOST_AT_A_TIME);
    for (LostAsset asset : lost) {
      writer
          .assets()
          .delete(
              asset.namespace(),
              new Tombstone(
                  asset.id(), AssetKind.BLOB, 0, now, "fsck", "lost; kind and size unknown"));
    }
    return lost.size();
  }

  private static Finding finding(CatalogProblem problem) {
    Finding bare =
        switch (problem.kind()) {
          case STRUCTURE ->
              new Finding(
                  Severity.DAMAGE,
                  "catalog-damaged",
                  problem.sentence(),
                  "restore the data directory from a backup; keep a copy of what is there");
          case TOTALS -> count("totals-wrong", problem);
          case PATH_COUNTS -> count("path-counts-wrong", problem);
          case EVENT_COUNTER -> count("event-counter-wrong", problem);
          case ASSET_LOST ->
              new Finding(
                      Severity.DAMAGE,
                      "asset-lost",
                      problem.sentence(),
                      "put the asset again, or let 'aifs fsck --repair' leave a tombstone for it")
                  .with(Fix.TOMBSTONE, false);
          case PATH_DIFFERS ->
              warning("path-differs", problem, "put the path again: it is only described wrongly");
          case NAMESPACE_LOST ->
              new Finding(Severity.DAMAGE, "namespace-lost", problem.sentence(), REPORT_HINT);
          case VISIBLE_AND_DELETED -> warning("visible-and-deleted", problem, REPORT_HINT);
          case EMBEDDING_LEFT -> warning("embedding-left", problem, REPORT_HINT);
          case EMBEDDING_SPACE -> warning("embedding-space-wrong", problem, REPORT_HINT);
          case COLLECTION -> warning("collection-account-wrong", problem, COLLECTION_HINT);
          case SNAPSHOT_LOST ->
              new Finding(
                  Severity.DAMAGE,
                  "snapshot-lost",
                  problem.sentence(),
                  "restore the catalog from a backup, or move the branch to a snapshot that is"
                      + " there; 'aifs branch history' shows where it stood");
          case HISTORY ->
              new Finding(Severity.DAMAGE, "history-wrong", problem.sentence(), REPORT_HINT);
          case ASSOCIATION_COUNTS -> count("association-counts-wrong", problem);
          case ASSOCIATION_ONE_ENDED -> warning("association-one-ended", problem, REPORT_HINT);
          case ASSOCIATION_TYPES -> warning("association-type-wrong", problem, REPORT_HINT);
          case STAGING -> warning("staging-wrong", problem, STAGING_HINT);
          case NOT_LISTED -> warning("not-listed", problem, REPORT_HINT);
        };
    return bare.touching(new Touched(problem.assets(), 0, problem.paths(), 0));
  }

  private static Finding count(String code, CatalogProblem problem) {
    return warning(code, problem, COUNT_HINT).with(Fix.RECOUNT, false);
  }

  private static Finding warning(String code, CatalogProblem problem, String hint) {
    return new Finding(Severity.WARNING, code, problem.sentence(), hint);
  }
}
