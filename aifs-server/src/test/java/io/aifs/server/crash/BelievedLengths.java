package io.aifs.server.crash;

import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.AssetReader;
import io.aifs.server.catalog.AssociationReader;
import io.aifs.server.catalog.AuditReader;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CollectionReader;
import io.aifs.server.catalog.DamageReader;
import io.aifs.server.catalog.EmbeddingReader;
import io.aifs.server.catalog.EventReader;
import io.aifs.server.catalog.JournalReader;
import io.aifs.server.catalog.KeptRequest;
import io.aifs.server.catalog.LedgerReader;
import io.aifs.server.catalog.LineageReader;
import io.aifs.server.catalog.NamespaceReader;
import io.aifs.server.catalog.PolicyReader;
import io.aifs.server.catalog.RefReader;
import io.aifs.server.catalog.RequestKey;
import io.aifs.server.catalog.SnapshotReader;
import io.aifs.server.catalog.StagingReader;
import io.aifs.server.catalog.TokenReader;
import io.aifs.server.catalog.TreeReader;
import io.aifs.server.catalog.WorkingReader;
import io.aifs.server.file.Disk;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A catalog whose ledger says of each pack that it is synced as far as its file goes. */
final class BelievedLengths extends CatalogDecorator {
  private final Disk disk;

  BelievedLengths(Catalog catalog, Disk disk) {
    super(catalog);
    this.disk = disk;
  }

  @Override
  public <T> T read(Function<CatalogReader, T> function) {
    return super.read(reader -> function.apply(new Reader(reader)));
  }

  @Override
  public <T> T readAside(Function<CatalogReader, T> function) {
    return super.readAside(reader -> function.apply(new Reader(reader)));
  }

  private LivePack asFarAsItsFile(LivePack pack) {
    String name = "packs/" + pack.id().hex().substring(0, 2) + "/" + pack.id().hex() + ".pack";
    try (Disk.ReadFile file = disk.open(name)) {
      return new LivePack(pack.id(), pack.domain(), file.length(), pack.sealed());
    } catch (NoSuchFileException _) {
      return pack;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Reader implements CatalogReader {
    private final CatalogReader reader;

    Reader(CatalogReader reader) {
      this.reader = reader;
    }

    @Override
    public Optional<String> storeId() {
      return reader.storeId();
    }

    @Override
    public NamespaceReader namespaces() {
      return reader.namespaces();
    }

    @Override
    public AssetReader assets() {
      return reader.assets();
    }

    @Override
    public TreeReader tree() {
      return reader.tree();
    }

    @Override
    public WorkingReader working() {
      return reader.working();
    }

    @Override
    public EventReader events() {
      return reader.events();
    }

    @Override
    public JournalReader journal() {
      return reader.journal();
    }

    @Override
    public SnapshotReader snapshots() {
      return reader.snapshots();
    }

    @Override
    public RefReader refs() {
      return reader.refs();
    }

    @Override
    public LineageReader lineage() {
      return reader.lineage();
    }

    @Override
    public AssociationReader associations() {
      return reader.associations();
    }

    @Override
    public StagingReader staging() {
      return reader.staging();
    }

    @Override
    public AuditReader audit() {
      return reader.audit();
    }

    @Override
    public EmbeddingReader embeddings() {
      return reader.embeddings();
    }

    @Override
    public PolicyReader policies() {
      return reader.policies();
    }

    @Override
    public TokenReader tokens() {
      return reader.tokens();
    }

    @Override
    public CollectionReader collection() {
      return reader.collection();
    }

    @Override
    public DamageReader damage() {
      return reader.damage();
    }

    @Override
    public Optional<KeptRequest> findRequest(RequestKey key) {
      return reader.findRequest(key);
    }

    @Override
    public LedgerReader ledger() {
      LedgerReader ledger = reader.ledger();
      return new LedgerReader() {
        @Override
        public List<LivePack> packs(DomainId domain) {
          return ledger.packs(domain).stream().map(BelievedLengths.this::asFarAsItsFile).toList();
        }

        @Override
        public List<LivePack> packs() {
          return ledger.packs().stream().map(BelievedLengths.this::asFarAsItsFile).toList();
        }

        @Override
        public Map<String, byte[]> keyFiles() {
          return ledger.keyFiles();
        }
      };
    }
  }
}
