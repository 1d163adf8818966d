package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.AssociationKey;
import io.aifs.server.catalog.AssociationRow;
import io.aifs.server.catalog.AssociationTypeRow;
import io.aifs.server.catalog.CatalogWriter;
import java.util.List;

/** Changes of associations; each as the method of {@code AssociationWriter} that has its name. */
public sealed interface AssociationOp extends JournalOp {
  record Declare(long namespace, List<AssociationTypeRow> types) implements AssociationOp {
    public Declare {
      types = List.copyOf(types);
    }

    @Override
    public void apply(CatalogWriter writer) {
      writer.associations().declare(namespace, types);
    }
  }

  record PutAll(long namespace, List<AssociationRow> rows) implements AssociationOp {
    public PutAll {
      rows = List.copyOf(rows);
    }

    @Override
    public void apply(CatalogWriter writer) {
      writer.associations().putAll(namespace, rows);
    }
  }

  record DeleteAll(long namespace, List<AssociationKey> keys) implements AssociationOp {
    public DeleteAll {
      keys = List.copyOf(keys);
    }

    @Override
    public void apply(CatalogWriter writer) {
      writer.associations().deleteAll(namespace, keys);
    }
  }
}
