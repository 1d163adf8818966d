package io.aifs.server.engine.association;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.AssociationType;
import io.aifs.core.model.Name;
import io.aifs.server.catalog.AssociationReader;
import io.aifs.server.catalog.AssociationTypeRow;
import io.aifs.server.catalog.AssociationWriter;
import io.aifs.server.catalog.NamespaceRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types of a namespace as one transaction sees them; those asked for are asked for once. */
final class AssociationTypes {
  private static final List<AssociationType> BUILT_IN =
      List.of(
          new AssociationType(AssociationType.MADE_FROM, Optional.of(AssociationType.MADE_INTO)),
          new AssociationType(AssociationType.MADE_INTO, Optional.of(AssociationType.MADE_FROM)));

  private final AssociationReader reader;
  private final NamespaceRow namespace;
  private final Map<Name, Integer> numbers = new HashMap<>();

  AssociationTypes(AssociationReader reader, NamespaceRow namespace) {
    this.reader = reader;
    this.namespace = namespace;
    numbers.put(AssociationType.MADE_FROM, AssociationTypeRow.MADE_FROM);
    numbers.put(AssociationType.MADE_INTO, AssociationTypeRow.MADE_INTO);
  }

  /**
   * The number of a type.
   *
   * @throws AifsException.NotFound if it is not declared
   */
  int number(Name type) {
    return numbers.computeIfAbsent(
        type,
        name ->
            reader
                .type(namespace.number(), name)
                .map(AssociationTypeRow::number)
                .orElseThrow(() -> unknown(name)));
  }

  /**
   * The same of a type that is written to.
   *
   * @throws AifsException.InvalidRequest if it shows lineage
   */
  int writable(Name type) {
    if (AssociationType.isBuiltIn(type)) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "type",
          "type '" + type + "' shows lineage and is not written",
          "add a parent to the asset instead");
    }
    return number(type);
  }

  private AifsException.NotFound unknown(Name type) {
    return new AifsException.NotFound(
        Reason.ASSOCIATION_TYPE_NOT_FOUND,
        "type '" + type + "' is not declared in namespace " + namespace.name(),
        "'aifs assoc types' shows the types, 'aifs assoc declare' makes one");
  }

  /** All, in order of name. */
  List<AssociationType> list() {
    List<AssociationTypeRow> rows = reader.types(namespace.number());
    Map<Integer, Name> names = new HashMap<>();
    rows.forEach(row -> names.put(row.number(), row.name()));
    List<AssociationType> types = new ArrayList<>(BUILT_IN);
    rows.forEach(
        row ->
            types.add(
                new AssociationType(row.name(), Optional.ofNullable(names.get(row.inverse())))));
    types.sort((left, right) -> left.name().compareTo(right.name()));
    return types;
  }

  /**
   * Declares a type and its inverse. Returns whether it was not there before.
   *
   * @throws AifsException.AlreadyExists if it, or its inverse, is there in another form
   */
  boolean declare(AssociationWriter writer, AssociationType type) {
    for (Name name :
        type.inverse()
            .map(inverse -> List.of(type.name(), inverse))
            .orElseGet(() -> List.of(type.name()))) {
      if (AssociationType.isBuiltIn(name)) {
        throw exists("type '" + name + "' shows lineage: AIFS declares it itself");
      }
    }
    List<AssociationType> known = list();
    if (known.contains(type)) {
      return false;
    }
    for (AssociationType other : known) {
      if (other.name().equals(type.name())
          || type.inverse().filter(other.name()::equals).isPresent()) {
        throw exists(
            "type '"
                + other.name()
                + "' is declared "
                + form(other)
                + ", so '"
                + type.name()
                + "' cannot be "
                + form(type));
      }
    }
    List<AssociationTypeRow> rows = rows(type);
    if (known.size() - BUILT_IN.size() + rows.size() > Limits.ASSOCIATION_TYPES_MAX) {
      throw new AifsException.LimitExceeded(
          Reason.LIMIT_EXCEEDED,
          "namespace "
              + namespace.name()
              + " would have over "
              + Limits.ASSOCIATION_TYPES_MAX
              + " types of associations",
          "tell associations apart by their data instead");
    }
    writer.declare(namespace.number(), rows);
    return true;
  }

  private List<AssociationTypeRow> rows(AssociationType type) {
    int number =
        1
            + reader.types(namespace.number()).stream()
                .mapToInt(AssociationTypeRow::number)
                .max()
                .orElse(AssociationTypeRow.FIRST - 1);
    if (type.inverse().isEmpty()) {
      return List.of(new AssociationTypeRow(number, type.name(), 0));
    }
    if (type.symmetric()) {
      return List.of(new AssociationTypeRow(number, type.name(), number));
    }
    return List.of(
        new AssociationTypeRow(number, type.name(), number + 1),
        new AssociationTypeRow(number + 1, type.inverse().get(), number));
  }

  private static String form(AssociationType type) {
    if (type.symmetric()) {
      return "symmetric";
    }
    return type.inverse().map(name -> "with inverse '" + name + "'").orElse("without an inverse");
  }

  private static AifsException.AlreadyExists exists(String what) {
    return new AifsException.AlreadyExists(
        Reason.ASSOCIATION_TYPE_EXISTS,
        what,
        "choose another name: a type is never changed, for its associations would be");
  }
}
