package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Packs, key files and kept requests. */
public abstract class LedgerContract extends CatalogContract {
  private static final PackId A = new PackId("a".repeat(32));
  private static final PackId B = new PackId("b".repeat(32));
  private static final PackId C = new PackId("c".repeat(32));

  @Test
  void packsOfADomainAreListedInOrder() {
    LivePack b = new LivePack(B, domain(1), 100, false);
    LivePack a = new LivePack(A, domain(1), 50, true);
    LivePack elsewhere = new LivePack(C, domain(2), 1, false);
    commit(List.of(b, a, elsewhere), List.of());
    reopen();

    assertThat(packs(1)).containsExactly(a, b);
    assertThat(packs(2)).containsExactly(elsewhere);
    assertThat(packs(3)).isEmpty();
  }

  @Test
  void syncedLengthNeverShrinksAndSealedStays() {
    commit(List.of(new LivePack(A, domain(1), 100, true)), List.of());
    commit(List.of(new LivePack(A, domain(1), 90, false)), List.of());
    assertThat(packs(1)).containsExactly(new LivePack(A, domain(1), 100, true));

    commit(List.of(new LivePack(A, domain(1), 110, false)), List.of());
    assertThat(packs(1)).containsExactly(new LivePack(A, domain(1), 110, true));
  }

  @Test
  void replacedPacksGoInTheSameStep() {
    commit(
        List.of(new LivePack(A, domain(1), 1, true), new LivePack(B, domain(1), 1, true)),
        List.of());
    commit(List.of(new LivePack(C, domain(1), 2, true)), List.of(A, B));

    assertThat(packs(1)).containsExactly(new LivePack(C, domain(1), 2, true));
  }

  @Test
  void packNeverChangesItsDomain() {
    commit(List.of(new LivePack(A, domain(1), 1, false)), List.of());

    assertThatThrownBy(() -> commit(List.of(new LivePack(A, domain(2), 2, false)), List.of()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(packs(1)).containsExactly(new LivePack(A, domain(1), 1, false));
  }

  private void commit(List<LivePack> added, List<PackId> replaced) {
    change(writer -> writer.ledger().commit(added, replaced));
  }

  private List<LivePack> packs(int domain) {
    return catalog.read(reader -> reader.ledger().packs(domain(domain)));
  }

  @Test
  void keyFilesAreKeptByName() {
    change(writer -> writer.ledger().putKeyFile("d1/1", new byte[] {1}));
    change(writer -> writer.ledger().putKeyFile("d1/2", new byte[] {2}));
    change(writer -> writer.ledger().putKeyFile("d1/1", new byte[] {3}));

    Map<String, byte[]> files = catalog.read(reader -> reader.ledger().keyFiles());

    assertThat(files).containsOnlyKeys("d1/1", "d1/2");
    assertThat(files.get("d1/1")).containsExactly(3);
  }

  @Test
  void requestIsAnsweredAgainUntilItIsForgotten() {
    RequestKey first = new RequestKey("default/family", "PutAsset", "r1");
    RequestKey second = new RequestKey("default/family", "PutAsset", "r2");
    KeptRequest outcome = new KeptRequest(id("request"), "{\"id\":1}", 1_000);
    change(writer -> writer.keepRequest(first, outcome, 0));

    assertThat(kept(first)).isEqualTo(List.of(outcome));
    assertThat(kept(new RequestKey("default/family", "DeleteAsset", "r1"))).isEmpty();
    assertThat(kept(new RequestKey("other/family", "PutAsset", "r1"))).isEmpty();

    change(writer -> writer.keepRequest(second, new KeptRequest(id("x"), "", 2_000), 1_001));
    assertThat(kept(first)).isEmpty();
    assertThat(kept(second)).hasSize(1);
  }

  @Test
  void manyOldRequestsRunOut() {
    change(
        writer -> {
          for (int i = 0; i < 500; i++) {
            RequestKey key = new RequestKey("s", "m", "old" + i);
            writer.keepRequest(key, new KeptRequest(id("x"), "", i), 0);
          }
        });
    for (int i = 0; i < 100; i++) {
      RequestKey key = new RequestKey("s", "m", "new" + i);
      change(writer -> writer.keepRequest(key, new KeptRequest(id("x"), "", 10_000), 5_000));
    }

    assertThat(kept(new RequestKey("s", "m", "old499"))).isEmpty();
    assertThat(kept(new RequestKey("s", "m", "new0"))).hasSize(1);
  }

  private List<KeptRequest> kept(RequestKey key) {
    List<KeptRequest> read = catalog.read(reader -> reader.findRequest(key)).stream().toList();
    assertThat(catalog.write(writer -> writer.findRequest(key)).stream().toList())
        .as("what a write sees")
        .isEqualTo(read);
    return read;
  }
}
