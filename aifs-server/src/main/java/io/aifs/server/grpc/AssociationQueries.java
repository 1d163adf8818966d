package io.aifs.server.grpc;

import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.TimeRange;
import io.aifs.proto.v1.AssociationRange;
import io.aifs.proto.v1.AssociationTimeRange;
import io.aifs.proto.v1.GetAssociations;
import io.aifs.server.catalog.AssociationPage;
import io.aifs.server.engine.association.AssociationQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The queries of one call, and the tokens by which pages go on. */
final class AssociationQueries {
  private final Map<String, Name> types = new HashMap<>();
  private int named;

  private AssociationQueries() {}

  static List<AssociationQuery> of(List<io.aifs.proto.v1.AssociationQuery> values) {
    requireFew("queries", values.size());
    AssociationQueries queries = new AssociationQueries();
    List<AssociationQuery> all = new ArrayList<>(values.size());
    for (io.aifs.proto.v1.AssociationQuery value : values) {
      all.add(queries.query("queries[" + all.size() + "]", value));
    }
    return all;
  }

  private static void requireFew(String what, int count) {
    if (count > Limits.BATCH_ENTRIES_MAX) {
      throw Requests.invalid(
          Reason.LIMIT_EXCEEDED,
          "queries",
          "the call has " + count + " " + what + ", over " + Limits.BATCH_ENTRIES_MAX,
          "split the call");
    }
  }

  private AssociationQuery query(String at, io.aifs.proto.v1.AssociationQuery value) {
    ObjectId id1 = AssociationWire.id(at + ".id1", value.getId1());
    Name type = types.computeIfAbsent(value.getType(), name -> Requests.name(at + ".type", name));
    return switch (value.getQueryCase()) {
      case GET -> get(at + ".get", id1, type, value.getGet());
      case COUNT -> new AssociationQuery.Count(id1, type);
      case RANGE -> range(at + ".range", id1, type, value.getRange());
      case TIME_RANGE -> timeRange(at + ".time_range", id1, type, value.getTimeRange());
      case QUERY_NOT_SET ->
          throw Requests.invalid(
              Reason.ARGUMENT_MISSING,
              at,
              at + " asks nothing",
              "send one of get, count, range and time_range");
    };
  }

  private AssociationQuery get(String at, ObjectId id1, Name type, GetAssociations value) {
    named += value.getId2Count();
    requireFew("id2", named);
    Set<ObjectId> id2s = new LinkedHashSet<>();
    value.getId2List().forEach(id2 -> id2s.add(AssociationWire.id(at + ".id2", id2)));
    TimeRange times =
        times(
            at,
            value.hasLowNanos() ? value.getLowNanos() : Long.MIN_VALUE,
            value.hasHighNanos() ? value.getHighNanos() : Long.MAX_VALUE);
    return new AssociationQuery.Get(id1, type, id2s, times);
  }

  private static AssociationQuery range(
      String at, ObjectId id1, Name type, AssociationRange value) {
    int skip = Requests.offset(value.getPosition(), value.getPageToken());
    if (skip > Limits.ASSOCIATION_POSITION_MAX) {
      throw Requests.invalid(
          Reason.LIMIT_EXCEEDED,
          at + ".position",
          "position is over " + Limits.ASSOCIATION_POSITION_MAX + ": " + skip,
          "go on by next_page_token, or by time");
    }
    return new AssociationQuery.Range(
        id1,
        type,
        TimeRange.ALL,
        position(value.getPageToken()),
        skip,
        limit(at, value.getLimit()));
  }

  private static AssociationQuery timeRange(
      String at, ObjectId id1, Name type, AssociationTimeRange value) {
    TimeRange times =
        times(
            at,
            value.hasLowNanos() ? value.getLowNanos() : Long.MIN_VALUE,
            value.hasHighNanos() ? value.getHighNanos() : Long.MAX_VALUE);
    return new AssociationQuery.Range(
        id1, type, times, position(value.getPageToken()), 0, limit(at, value.getLimit()));
  }

  private static TimeRange times(String at, long low, long high) {
    return Requests.parsed(
        Reason.ARGUMENT_INVALID,
        at,
        "send low_nanos that is not above high_nanos",
        () -> new TimeRange(low, high));
  }

  private static int limit(String at, int value) {
    return Requests.limit(at + ".limit", value, Limits.PAGE_DEFAULT, Limits.PAGE_MAX);
  }

  /** Says where a page ended: the time, the id's length, the id and the tail. */
  static String token(AssociationPage.Position position) {
    String id2 = position.id2().toString();
    return PageToken.ASSOCIATIONS.encode(
        position.timeNanos() + " " + id2.length() + " " + id2 + position.tail());
  }

  private static Optional<AssociationPage.Position> position(String token) {
    return PageToken.ASSOCIATIONS.decode(token).map(AssociationQueries::place);
  }

  private static AssociationPage.Position place(String text) {
    return Requests.parsed(
        Reason.ARGUMENT_INVALID,
        "page_token",
        "send next_page_token of the answer before, to the same query, or leave it empty",
        () -> {
          String[] fields = text.split(" ", 3);
          int length = fields.length == 3 ? Integer.parseInt(fields[1]) : -1;
          if (length < 0 || length > fields[2].length()) {
            throw new IllegalArgumentException("token is not of this listing");
          }
          return new AssociationPage.Position(
              Long.parseLong(fields[0]),
              ObjectId.parse(fields[2].substring(0, length)),
              fields[2].substring(length));
        });
  }
}
