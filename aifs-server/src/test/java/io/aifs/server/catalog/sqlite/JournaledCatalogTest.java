package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.AssetContract;
import io.aifs.server.catalog.AssetFilterContract;
import io.aifs.server.catalog.AssociationContract;
import io.aifs.server.catalog.AuditContract;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.ConcurrencyContract;
import io.aifs.server.catalog.EmbeddingContract;
import io.aifs.server.catalog.EventContract;
import io.aifs.server.catalog.FakeTrees;
import io.aifs.server.catalog.LedgerContract;
import io.aifs.server.catalog.LineageContract;
import io.aifs.server.catalog.NamespaceContract;
import io.aifs.server.catalog.NewestFirstContract;
import io.aifs.server.catalog.PolicyContract;
import io.aifs.server.catalog.RandomAssociationContract;
import io.aifs.server.catalog.RandomTreeContract;
import io.aifs.server.catalog.RefContract;
import io.aifs.server.catalog.SnapshotContract;
import io.aifs.server.catalog.StagingContract;
import io.aifs.server.catalog.TokenContract;
import io.aifs.server.catalog.TreeContract;
import io.aifs.server.catalog.journal.Journal;
import io.aifs.server.catalog.journal.JournalOptions;
import io.aifs.server.catalog.journal.JournaledCatalog;
import io.aifs.server.catalog.journal.MemoryJournalLog;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Nested;

/** A catalog with a journal keeps every promise of a catalog. */
class JournaledCatalogTest {
  private static Catalog catalogIn(Path directory, FakeTrees trees) {
    SqliteCatalog catalog =
        SqliteCatalog.open(directory.resolve("catalog.db"), SqliteOptions.DEFAULT, trees);
    return new JournaledCatalog(
        catalog,
        Journal.follow(catalog, new MemoryJournalLog(), JournalOptions.DEFAULT, Clock.systemUTC()));
  }

  @Nested
  class Namespaces extends NamespaceContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class Assets extends AssetContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class NewestFirst extends NewestFirstContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class AssetFilters extends AssetFilterContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class Lineage extends LineageContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class Tree extends TreeContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class RandomTree extends RandomTreeContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class Events extends EventContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class Snapshots extends SnapshotContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class Refs extends RefContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class Associations extends AssociationContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class RandomAssociations extends RandomAssociationContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class Staging extends StagingContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class Audit extends AuditContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class Policies extends PolicyContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class Embeddings extends EmbeddingContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class Tokens extends TokenContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class Ledger extends LedgerContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }

  @Nested
  class Concurrency extends ConcurrencyContract {
    @Override
    protected Catalog open(Path directory) {
      return catalogIn(directory, trees);
    }
  }
}
