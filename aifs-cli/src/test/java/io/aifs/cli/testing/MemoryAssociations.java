package io.aifs.cli.testing;

import io.aifs.client.Associations;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Association;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationType;
import io.aifs.core.model.AssociationWrite;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.TimeRange;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Associations in memory, from both ends. */
record MemoryAssociations(MemorySpace space) implements Associations {
  private static final long NOW = 1_764_150_000_000_000_000L;

  @Override
  public void declare(AssociationType type) {
    AssociationType known = space.associationTypes.get(type.name());
    if (known != null && !known.equals(type)) {
      throw new AifsException.AlreadyExists(
          Reason.ASSOCIATION_TYPE_EXISTS, "type '" + type.name() + "' is declared", "another name");
    }
    space.associationTypes.put(type.name(), type);
    type.inverse()
        .ifPresent(
            inverse ->
                space.associationTypes.put(
                    inverse, new AssociationType(inverse, Optional.of(type.name()))));
  }

  @Override
  public List<AssociationType> types() {
    return List.copyOf(space.associationTypes.values());
  }

  private Optional<Name> inverse(Name type) {
    requireDeclared(type);
    return Optional.ofNullable(space.associationTypes.get(type)).flatMap(AssociationType::inverse);
  }

  private void requireDeclared(Name type) {
    if (!space.associationTypes.containsKey(type)) {
      throw new AifsException.NotFound(
          Reason.ASSOCIATION_TYPE_NOT_FOUND,
          "type '" + type + "' is not declared",
          "'aifs assoc declare' makes one");
    }
  }

  @Override
  public PutOutcome put(List<AssociationWrite> writes) {
    int created = 0;
    for (AssociationWrite write : writes) {
      AssociationName name = write.name();
      long time = write.timeNanos().orElse(NOW);
      Optional<Name> inverse = inverse(name.type());
      Association row = new Association(name.id1(), name.type(), name.id2(), time, write.data());
      created += space.associations.put(name, row) == null ? 1 : 0;
      inverse.ifPresent(
          type ->
              space.associations.put(
                  new AssociationName(name.id2(), type, name.id1()),
                  new Association(name.id2(), type, name.id1(), time, write.data())));
    }
    return new PutOutcome(created, writes.size() - created);
  }

  @Override
  public int delete(List<AssociationName> names) {
    int deleted = 0;
    for (AssociationName name : names) {
      deleted += space.associations.remove(name) == null ? 0 : 1;
      inverse(name.type())
          .ifPresent(
              type -> space.associations.remove(new AssociationName(name.id2(), type, name.id1())));
    }
    return deleted;
  }

  @Override
  public List<Association> get(
      ObjectId id1, Name type, Collection<ObjectId> id2s, TimeRange times) {
    return range(id1, type, times).filter(row -> id2s.contains(row.id2())).toList();
  }

  @Override
  public long count(ObjectId id1, Name type) {
    return range(id1, type, TimeRange.ALL).count();
  }

  @Override
  public Stream<Association> range(ObjectId id1, Name type, TimeRange times) {
    requireDeclared(type);
    return space.associations.values().stream()
        .filter(row -> row.id1().equals(id1) && row.type().equals(type))
        .filter(row -> times.contains(row.timeNanos()))
        .sorted(
            Comparator.comparing(Association::timeNanos, Comparator.reverseOrder())
                .thenComparing(Association::id2));
  }

  @Override
  public List<Answer> query(List<Query> queries) {
    return queries.stream().map(this::answer).toList();
  }

  private Answer answer(Query query) {
    return switch (query) {
      case Query.Count count -> new Answer(List.of(), count(count.id1(), count.type()), "");
      case Query.Get get -> new Answer(get(get.id1(), get.type(), get.id2s(), get.times()), 0, "");
      case Query.Range range ->
          new Answer(
              range(range.id1(), range.type(), range.times()).limit(range.limit()).toList(), 0, "");
    };
  }
}
