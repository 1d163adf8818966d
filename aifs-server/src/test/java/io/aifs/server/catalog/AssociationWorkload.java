package io.aifs.server.catalog;

import io.aifs.core.model.AssociationData;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random associations of every form of type; few ends, so that they meet. */
final class AssociationWorkload {
  static final AssociationTypeRow PLAIN = new AssociationTypeRow(16, new Name("seen"), 0);
  static final AssociationTypeRow ALIKE = new AssociationTypeRow(17, new Name("alike"), 17);
  static final AssociationTypeRow MAKES = new AssociationTypeRow(18, new Name("makes"), 19);
  static final AssociationTypeRow MADE_BY = new AssociationTypeRow(19, new Name("made-by"), 18);
  static final List<AssociationTypeRow> TYPES = List.of(PLAIN, ALIKE, MAKES, MADE_BY);

  private final Random random;

  AssociationWorkload(Random random) {
    this.random = random;
  }

  /** Declares the types of a namespace that has none; else writes or deletes some associations. */
  void step(CatalogWriter writer, long space, List<Digest> assets, int step) {
    if (writer.associations().types(space).isEmpty()) {
      writer.associations().declare(space, TYPES);
    } else if (random.nextInt(3) == 0) {
      writer.associations().deleteAll(space, keys(assets));
    } else {
      writer
          .associations()
          .putAll(space, keys(assets).stream().map(key -> row(key, step)).toList());
    }
  }

  private AssociationRow row(AssociationKey key, int step) {
    return new AssociationRow(
        key.id1(),
        key.type(),
        key.id2(),
        step - random.nextInt(3),
        random.nextBoolean() ? AssociationData.EMPTY : AssociationData.of("größe " + step));
  }

  List<AssociationKey> keys(List<Digest> assets) {
    List<AssociationKey> keys = new ArrayList<>();
    for (int i = random.nextInt(8); i >= 0; i--) {
      int type = TYPES.get(random.nextInt(TYPES.size())).number();
      keys.add(new AssociationKey(end(assets), type, end(assets)));
    }
    return keys;
  }

  private ObjectId end(List<Digest> assets) {
    return switch (random.nextInt(assets.isEmpty() ? 2 : 3)) {
      case 0 -> new ObjectId.External("run:" + random.nextInt(6));
      case 1 -> new ObjectId.Ref(new Name("b" + random.nextInt(3)));
      default -> new ObjectId.Asset(assets.get(random.nextInt(Math.min(5, assets.size()))));
    };
  }
}
