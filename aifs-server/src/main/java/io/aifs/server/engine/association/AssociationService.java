package io.aifs.server.engine.association;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationType;
import io.aifs.core.model.AssociationWrite;
import io.aifs.server.catalog.AssociationPage;
import io.aifs.server.catalog.AssociationReader;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.WriteRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Associations of a namespace. Thread-safe. */
public final class AssociationService {
  /** Data of all answers to one call. */
  static final long ANSWER_BYTES_MAX = 32L << 20;

  private final Catalog catalog;
  private final Clock clock;

  public AssociationService(Catalog catalog, Clock clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * Declares a type, and its inverse with it; again in the same form changes nothing.
   *
   * @throws AifsException.AlreadyExists if it, or its inverse, is declared in another form
   */
  public void declare(
      NamespaceRow namespace, AssociationType type, Optional<WriteRequest> request) {
    Instant now = clock.instant();
    var _ =
        catalog.<String>write(
            writer ->
                WriteRequest.once(
                    request,
                    writer,
                    now,
                    outcome -> outcome,
                    outcome -> outcome,
                    () -> {
                      AssociationTypes types =
                          new AssociationTypes(writer.associations(), namespace);
                      if (types.declare(writer.associations(), type)) {
                        AssociationEvents.appendDeclared(writer, namespace.number(), type, now);
                      }
                      return "declared";
                    }));
  }

  /** All types in order of name, those of lineage too. */
  public List<AssociationType> types(NamespaceRow namespace) {
    return catalog.read(reader -> new AssociationTypes(reader.associations(), namespace).list());
  }

  /**
   * Writes a batch, all of it or nothing.
   *
   * @throws AifsException.InvalidRequest if it is too large or a type shows lineage
   * @throws AifsException.NotFound if a type is not declared
   * @throws AifsException.Precondition if an end is not in the namespace
   */
  public AssociationWrites.Written put(
      NamespaceRow namespace, List<AssociationWrite> writes, Optional<WriteRequest> request) {
    AssociationWrites.requireFits(writes);
    Instant now = clock.instant();
    return catalog.write(
        writer ->
            WriteRequest.once(
                request,
                writer,
                now,
                done -> done.created() + " " + done.updated() + " " + done.version(),
                AssociationService::written,
                () -> new AssociationWrites(writer, namespace, now).putAll(writes)));
  }

  private static AssociationWrites.Written written(String outcome) {
    String[] fields = outcome.split(" ", -1);
    return new AssociationWrites.Written(
        Integer.parseInt(fields[0]), Integer.parseInt(fields[1]), Long.parseLong(fields[2]));
  }

  /**
   * Removes those of a batch that are there.
   *
   * @throws AifsException.InvalidRequest if it is too large or a type shows lineage
   * @throws AifsException.NotFound if a type is not declared
   */
  public AssociationWrites.Deleted delete(
      NamespaceRow namespace, List<AssociationName> names, Optional<WriteRequest> request) {
    AssociationWrites.requireFew(names.size());
    Instant now = clock.instant();
    return catalog.write(
        writer ->
            WriteRequest.once(
                request,
                writer,
                now,
                done -> done.deleted() + " " + done.version(),
                AssociationService::deleted,
                () -> new AssociationWrites(writer, namespace, now).deleteAll(names)));
  }

  private static AssociationWrites.Deleted deleted(String outcome) {
    String[] fields = outcome.split(" ", -1);
    return new AssociationWrites.Deleted(Integer.parseInt(fields[0]), Long.parseLong(fields[1]));
  }

  /**
   * Answers each query in its order, all of one instant.
   *
   * @throws AifsException.NotFound if a type is not declared
   * @throws AifsException.LimitExceeded if the answers are too large together
   */
  public List<AssociationAnswer> query(NamespaceRow namespace, List<AssociationQuery> queries) {
    return catalog.read(
        reader -> {
          AssociationTypes types = new AssociationTypes(reader.associations(), namespace);
          List<AssociationAnswer> answers = new ArrayList<>(queries.size());
          long bytes = 0;
          for (AssociationQuery query : queries) {
            AssociationAnswer answer =
                answer(
                    reader.associations(), namespace.number(), query, types.number(query.type()));
            bytes += bytes(answer);
            if (bytes > ANSWER_BYTES_MAX) {
              throw new AifsException.LimitExceeded(
                  Reason.LIMIT_EXCEEDED,
                  "the answers have over " + (ANSWER_BYTES_MAX >> 20) + " MiB of data",
                  "ask for less at a time");
            }
            answers.add(answer);
          }
          return answers;
        });
  }

  private static AssociationAnswer answer(
      AssociationReader reader, long namespace, AssociationQuery query, int type) {
    return switch (query) {
      case AssociationQuery.Get get ->
          new AssociationAnswer.Found(
              new AssociationPage(
                  reader.find(namespace, get.id1(), type, get.id2s(), get.times()),
                  Optional.empty()));
      case AssociationQuery.Count count ->
          new AssociationAnswer.Counted(reader.count(namespace, count.id1(), type));
      case AssociationQuery.Range range ->
          new AssociationAnswer.Found(
              reader.list(
                  namespace,
                  range.id1(),
                  type,
                  range.times(),
                  range.before(),
                  range.skip(),
                  range.limit()));
    };
  }

  private static long bytes(AssociationAnswer answer) {
    return answer instanceof AssociationAnswer.Found(AssociationPage page)
        ? page.rows().stream().mapToLong(row -> row.data().bytes().length).sum()
        : 0;
  }
}
