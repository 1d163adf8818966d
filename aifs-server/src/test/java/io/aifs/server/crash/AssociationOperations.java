package io.aifs.server.crash;

import static io.aifs.server.crash.Workload.row;

import io.aifs.core.model.AssociationData;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationType;
import io.aifs.core.model.AssociationWrite;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.server.engine.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Draws what users do with associations. */
final class AssociationOperations {
  private static final int BATCH_MAX = 4;

  private final Random random;
  private final Function<String, Optional<WriteRequest>> requests;
  private long time;

  AssociationOperations(Random random, Function<String, Optional<WriteRequest>> requests) {
    this.random = random;
    this.requests = requests;
  }

  /** Declares the types of a namespace that has none; else writes or removes a few. */
  Operation next(Name name, Model.Space space) {
    if (!space.associations().declared()) {
      return declare(name);
    }
    List<AssociationName> names = new ArrayList<>();
    for (int i = random.nextInt(BATCH_MAX); i >= 0; i--) {
      Name type = random.nextBoolean() ? SpaceAssociations.MAKES : SpaceAssociations.MADE_BY;
      names.add(new AssociationName(end(space), type, end(space)));
    }
    return random.nextInt(3) == 0 ? delete(name, names) : put(name, names);
  }

  private Operation declare(Name name) {
    Optional<WriteRequest> request = requests.apply("declare");
    AssociationType type =
        new AssociationType(SpaceAssociations.MAKES, Optional.of(SpaceAssociations.MADE_BY));
    return Operation.of(
        "declare types of " + name,
        engine -> engine.associations().declare(row(engine, name), type, request),
        model -> model.space(name).associations().declare());
  }

  private Operation put(Name name, List<AssociationName> names) {
    Optional<WriteRequest> request = requests.apply("associate");
    long at = ++time;
    AssociationData data = AssociationData.of("at " + at);
    List<AssociationWrite> writes =
        names.stream().map(one -> new AssociationWrite(one, Optional.of(at), data)).toList();
    return Operation.of(
        "associate " + names + " of " + name,
        engine -> engine.associations().put(row(engine, name), writes, request),
        model -> names.forEach(one -> model.space(name).associations().put(one, at, data)));
  }

  private Operation delete(Name name, List<AssociationName> names) {
    Optional<WriteRequest> request = requests.apply("dissociate");
    return Operation.of(
        "dissociate " + names + " of " + name,
        engine -> engine.associations().delete(row(engine, name), names, request),
        model -> names.forEach(model.space(name).associations()::delete));
  }

  private ObjectId end(Model.Space space) {
    int external = SpaceAssociations.ENDS.size();
    int index = random.nextInt(external + Math.min(3, space.assets().size()));
    return index < external
        ? SpaceAssociations.ENDS.get(index)
        : new ObjectId.Asset(List.copyOf(space.assets().keySet()).get(index - external));
  }
}
