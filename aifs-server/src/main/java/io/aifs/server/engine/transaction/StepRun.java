package io.aifs.server.engine.transaction;

import io.aifs.core.AifsException;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationWrite;
import io.aifs.core.model.Name;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.AssetPut;
import io.aifs.server.engine.AssetRules;
import io.aifs.server.engine.PathChanges;
import io.aifs.server.engine.association.AssociationWrites;
import io.aifs.server.engine.history.RefChanges;
import io.aifs.server.engine.lineage.LineageCommit;
import io.aifs.server.engine.lineage.NewParents;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does the steps of a transaction in its catalog write, one after the other. */
final class StepRun {
  private final CatalogWriter writer;
  private final NamespaceRow namespace;
  private final AssetRules rules;
  private final boolean discreet;
  private final Instant now;
  private final Map<Name, Long> rows = new HashMap<>();

  /**
   * @param discreet as of {@link io.aifs.server.engine.AssetCommit}
   */
  StepRun(
      CatalogWriter writer,
      NamespaceRow namespace,
      AssetRules rules,
      boolean discreet,
      Instant now) {
    this.writer = writer;
    this.namespace = namespace;
    this.rules = rules;
    this.discreet = discreet;
    this.now = now;
  }

  /** How many rows came into the overlays of each branch, about. */
  Map<Name, Long> rows() {
    return Map.copyOf(rows);
  }

  /**
   * Does a step as if it came alone.
   *
   * @param number its place, for messages
   * @throws AifsException whatever forbids it, naming the step
   */
  void apply(long number, StagedStep step) {
    try {
      apply(step);
    } catch (AifsException e) {
      throw StepFailure.at(number, step, e);
    }
  }

  private void apply(StagedStep step) {
    switch (step) {
      case StagedStep.Put(AssetPut put) -> {
        var _ = put.applyTo(writer, namespace, rules, discreet, now);
        changed(put.branch(), Math.max(1, put.paths().size()));
      }
      case StagedStep.RemovePaths remove -> {
        var _ =
            PathChanges.remove(
                writer, namespace, remove.branch(), remove.paths(), remove.recursive(), now);
        changed(remove.branch(), remove.paths().size());
      }
      case StagedStep.MovePath move -> {
        var _ = PathChanges.move(writer, namespace, move.branch(), move.from(), move.to(), now);
        changed(move.branch(), 1);
      }
      case StagedStep.StartBranch start ->
          RefChanges.start(writer, namespace, start.branch(), start.at(), start.mover(), now);
      case StagedStep.MoveBranch move ->
          RefChanges.move(
              writer,
              namespace,
              move.branch(),
              Optional.of(move.to()),
              Optional.of(move.expected()),
              move.mover(),
              now);
      case StagedStep.EndBranch end ->
          RefChanges.move(
              writer, namespace, end.branch(), Optional.empty(), end.expected(), end.mover(), now);
      case StagedStep.MakeTag make ->
          RefChanges.makeTag(writer, namespace, make.tag(), make.at(), make.mover(), now);
      case StagedStep.DeleteTag(Name tag) -> RefChanges.deleteTag(writer, namespace, tag, now);
      case StagedStep.AddParents(List<NewParents> children) -> {
        var _ = new LineageCommit(namespace, children, now).applyTo(writer);
      }
      case StagedStep.PutAssociations(List<AssociationWrite> associations) -> {
        var _ = new AssociationWrites(writer, namespace, now).putAll(associations);
      }
      case StagedStep.DeleteAssociations(List<AssociationName> associations) -> {
        var _ = new AssociationWrites(writer, namespace, now).deleteAll(associations);
      }
    }
  }

  private void changed(Name branch, long count) {
    rows.merge(branch, count, Long::sum);
  }
}
