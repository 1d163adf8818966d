package io.aifs.server.catalog.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssociationData;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssociationRow;
import io.aifs.server.catalog.AssociationTypeRow;
import io.aifs.server.catalog.Catalog;
import java.util.List;

/** Some associations for the first namespace of a catalog, to plant mistakes in. */
final class AssociationRows {
  static void addTo(Catalog catalog) {
    ObjectId run = new ObjectId.External("run:größe");
    int added =
        catalog.write(
            writer -> {
              writer
                  .associations()
                  .declare(
                      1,
                      List.of(
                          new AssociationTypeRow(16, new Name("makes"), 17),
                          new AssociationTypeRow(17, new Name("made-by"), 16)));
              return writer
                  .associations()
                  .putAll(
                      1,
                      List.of(
                          row(run, new ObjectId.Asset(Digest.of(new byte[] {-1})), "x"),
                          row(run, new ObjectId.Ref(Name.MAIN_BRANCH), ""),
                          row(new ObjectId.Ref(Name.MAIN_BRANCH), run, "")));
            });
    assertThat(added).isEqualTo(3);
  }

  private static AssociationRow row(ObjectId from, ObjectId to, String data) {
    return new AssociationRow(from, 16, to, 5, AssociationData.of(data));
  }

  private AssociationRows() {}
}
