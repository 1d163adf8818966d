package io.aifs.server.catalog;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Random changes of every kind that a catalog knows, each in a transaction of its own. */
public final class CatalogWorkload {
  private static final Name MAIN = Name.MAIN_BRANCH;
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456789Z");
  private static final DomainId DOMAIN = DomainId.parse("d0".repeat(16));

  private final Random random;
  private final List<Long> spaces = new ArrayList<>();
  private final List<Digest> assets = new ArrayList<>();
  private final HistoryWorkload history;
  private final AssociationWorkload associations;
  private int step;

  public CatalogWorkload(Random random) {
    this.random = random;
    this.history = new HistoryWorkload(random);
    this.associations = new AssociationWorkload(random);
  }

  /** Makes one change. */
  public void step(Catalog catalog) {
    step++;
    if (spaces.isEmpty() || random.nextInt(40) == 0) {
      createNamespace(catalog);
      return;
    }
    long space = spaces.get(random.nextInt(spaces.size()));
    var _ = catalog.<Boolean>write(writer -> change(writer, space));
  }

  private void createNamespace(Catalog catalog) {
    NamespaceRow row =
        new NamespaceRow(
            0,
            new Name("space-" + step),
            "größe ☃",
            NOON.plusNanos(step),
            Map.of("step", "" + step),
            DOMAIN,
            ChunkerParameters.DEFAULT);
    spaces.add(catalog.write(writer -> writer.namespaces().create(row)).number());
    if (spaces.size() == 1) {
      var _ = catalog.<Boolean>write(CatalogWorkload::begin);
    }
  }

  private static boolean begin(CatalogWriter writer) {
    writer.setStoreId("00112233445566778899aabbccddeeff");
    writer.ledger().putKeyFile("keys/a/1.key", new byte[] {1, 2, 3});
    return true;
  }

  private boolean change(CatalogWriter writer, long space) {
    switch (random.nextInt(16)) {
      case 0 -> delete(writer, space);
      case 1 -> writer.tree().removeBelow(space, MAIN, path(1));
      case 2 -> writer.tree().removeAll(space, MAIN, List.of(path(2), path(2), path(1)));
      case 3 -> move(writer, space);
      case 4 -> ledger(writer);
      case 5 -> keep(writer);
      case 6 -> removePathsOfOne(writer, space);
      case 7 -> history.step(writer, space, step);
      case 8 -> history.tag(writer, space, step);
      case 9, 10 -> associations.step(writer, space, assets, step);
      case 11 -> policy(writer, space);
      case 12 -> token(writer);
      case 13 -> writer.audit().keepHead(head());
      default -> put(writer, space, 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 4));
    }
    return true;
  }

  private void put(CatalogWriter writer, long space, int count) {
    long born = writer.events().next();
    List<AssetRow> rows = new ArrayList<>();
    List<PathEntry> entries = new ArrayList<>();
    List<Digest> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Digest id = Digest.of((space + " " + random.nextInt(500)).getBytes(StandardCharsets.UTF_8));
      AssetRow known = writer.assets().find(space, id).orElse(null);
      if (known == null && !ids.contains(id)) {
        ids.add(id);
        rows.add(row(id, born));
      }
      entries.add(new PathEntry(path(2), file(id)));
    }
    writer.assets().putAll(space, rows);
    entries.add(new PathEntry(path(1), new TreeEntry.Symlink("to/é", FileAttributes.PLAIN_FILE)));
    entries.add(new PathEntry(path(3), new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY)));
    writer.tree().putAll(space, MAIN, entries);
    if (!ids.isEmpty()) {
      lineage(writer, space, ids.getFirst());
      writer.events().append(event(space, EventRow.ASSET_PUT, ids));
      assets.addAll(ids);
    } else {
      writer.events().append(event(space, "tree.put", List.of()));
    }
  }

  private AssetRow row(Digest id, long born) {
    byte[] manifest = new byte[random.nextInt(3) == 0 ? random.nextInt(100) : 0];
    random.nextBytes(manifest);
    Map<String, String> metadata =
        random.nextInt(4) == 0 ? Map.of("k", "v" + step, "ä", "") : Map.of();
    return new AssetRow(
        id,
        AssetKind.BLOB,
        7,
        NOON.plusNanos(step),
        born,
        random.nextBoolean(),
        false,
        manifest,
        metadata);
  }

  private void lineage(CatalogWriter writer, long space, Digest child) {
    for (Digest parent : assets.stream().skip(Math.max(0, assets.size() - 2)).toList()) {
      if (writer.assets().find(space, parent).isPresent() && !parent.equals(child)) {
        writer
            .assets()
            .addParents(
                space,
                child,
                List.of(new ParentEdge(parent, "step", "v" + step)),
                NOON.plusSeconds(step));
      }
    }
    if (random.nextInt(5) == 0) {
      embed(writer, space, child);
    }
  }

  /** Some parts of it, some of them in quarantine; sometimes one goes, or is approved. */
  private void embed(CatalogWriter writer, long space, Digest asset) {
    Digest content = Digest.of(asset.toBytes());
    for (int i = random.nextInt(3); i >= 0; i--) {
      CatalogContract.embed(
          writer,
          space,
          new EmbeddingRow(
              asset,
              random.nextBoolean() ? "clip" : "text",
              random.nextBoolean() ? "" : "seite " + random.nextInt(3),
              512,
              content,
              random.nextBoolean()
                  ? Optional.empty()
                  : Optional.of(
                      new EmbeddingRow.Quarantine("/embeddings/review", NOON.plusNanos(step)))));
    }
    for (EmbeddingRow waiting : writer.embeddings().quarantined(space, Optional.empty(), 1)) {
      if (random.nextBoolean()) {
        var _ = writer.embeddings().remove(space, waiting.key());
      } else {
        writer
            .embeddings()
            .put(
                space,
                new EmbeddingRow(
                    waiting.asset(),
                    waiting.space(),
                    waiting.part(),
                    waiting.dimension(),
                    waiting.content(),
                    Optional.empty()));
      }
    }
  }

  private void delete(CatalogWriter writer, long space) {
    Optional<AssetRow> victim =
        writer.assets().listById(space, Optional.empty(), 50).stream()
            .skip(random.nextInt(50))
            .findFirst();
    victim.ifPresent(
        row -> {
          writer
              .assets()
              .delete(
                  space,
                  new Tombstone(row.id(), row.kind(), row.size(), NOON, "ada", "why " + step));
          writer.events().append(event(space, "asset.delete", List.of(row.id())));
        });
  }

  private void removePathsOfOne(CatalogWriter writer, long space) {
    if (!assets.isEmpty()) {
      CatalogContract.removePathsOf(writer, space, assets.get(random.nextInt(assets.size())));
    }
  }

  private void move(CatalogWriter writer, long space) {
    TreePath from = path(1);
    TreePath to = path(2);
    if (!from.contains(to) && !to.contains(from) && writer.tree().find(space, MAIN, to).isEmpty()) {
      writer.tree().move(space, MAIN, from, to);
    }
  }

  private void ledger(CatalogWriter writer) {
    LivePack pack =
        new LivePack(
            new PackId("%032x".formatted(random.nextInt(20))),
            DOMAIN,
            random.nextInt(1 << 20),
            random.nextInt(4) == 0);
    writer
        .ledger()
        .commit(List.of(pack), List.of(new PackId("%032x".formatted(100 + random.nextInt(20)))));
  }

  private void policy(CatalogWriter writer, long space) {
    String document = random.nextInt(3) == 0 ? "" : "{\"größe\":" + step + "}";
    writer
        .policies()
        .add(
            space,
            new PolicyRow(
                writer.policies().newest(space) + 1,
                document,
                NOON.plusNanos(step),
                "ada",
                "why " + step));
    writer.events().append(event(space, "policy.set", List.of()));
  }

  private void token(CatalogWriter writer) {
    String family = "%032x".formatted(random.nextInt(20));
    if (writer.tokens().find(family).isEmpty()) {
      writer
          .tokens()
          .add(
              new TokenFamilyRow(
                  family,
                  "1",
                  List.of("namespace = größe", "step = " + step).subList(0, random.nextInt(3)),
                  NOON.plusNanos(step),
                  random.nextBoolean() ? "" : "%032x".formatted(random.nextInt(20)),
                  "note " + step,
                  random.nextBoolean() ? Optional.empty() : Optional.of(NOON)));
    } else if (random.nextBoolean()) {
      writer.tokens().used(family, NOON.plusNanos(random.nextInt(1_000)));
    } else {
      RevokedName.Kind kind =
          random.nextBoolean() ? RevokedName.Kind.FAMILY : RevokedName.Kind.TOKEN;
      var _ =
          writer
              .tokens()
              .revoke(
                  new RevocationRow(
                      new RevokedName(kind, family), NOON.plusNanos(step), "ada", "why " + step));
    }
    writer.ledger().putKeyFile("keys/store/token-9.key", new byte[] {(byte) step});
    if (random.nextBoolean()) {
      writer.tokens().forgetKey("keys/store/token-9.key");
    }
  }

  private AuditHeadRow head() {
    Digest digest = Digest.of(new byte[] {(byte) step});
    return new AuditHeadRow(step, digest, digest);
  }

  private void keep(CatalogWriter writer) {
    writer.keepRequest(
        new RequestKey("default/family", "PutAsset", "r" + random.nextInt(30)),
        new KeptRequest(Digest.of(new byte[] {(byte) step}), "{\"step\":" + step + "}", step),
        step - 100);
  }

  private static TreeEntry file(Digest id) {
    return new TreeEntry.File(id, AssetKind.BLOB, 7, FileAttributes.PLAIN_FILE);
  }

  private static EventRow event(long space, String type, List<Digest> ids) {
    return new EventRow(0, space, type, NOON, ids, Map.of("of", type));
  }

  private TreePath path(int segments) {
    TreePath path = TreePath.ROOT;
    for (int i = 0; i < segments; i++) {
      path = path.resolve("n" + (char) ('a' + random.nextInt(i == 0 ? 6 : 12)) + "é");
    }
    return path;
  }
}
