package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventItemsTest {
  private static List<Digest> assets(List<EventItem> items) {
    return items.stream().map(EventItem::asset).flatMap(Optional::stream).toList();
  }

  private static EventItem random(SplittableRandom random) {
    Optional<TreePath> path =
        random.nextBoolean()
            ? Optional.of(new TreePath("a/" + "é".repeat(random.nextInt(4)) + random.nextInt(30)))
            : Optional.empty();
    if (path.isPresent() && random.nextInt(3) == 0) {
      return new EventItem(Optional.empty(), Optional.empty(), path, random.nextBoolean());
    }
    Digest asset = Digest.of(new byte[] {(byte) random.nextInt()});
    Optional<EventItem.About> about =
        random.nextInt(4) == 0
            ? Optional.empty()
            : Optional.of(
                new EventItem.About(
                    AssetKind.ofCode(random.nextInt(4)), random.nextLong(Long.MAX_VALUE)));
    return new EventItem(Optional.of(asset), about, path, false);
  }

  @Test
  void itemsAreReadAsTheyWereWritten() {
    SeededTest.run(
        200,
        random -> {
          List<EventItem> items = new ArrayList<>();
          for (int i = random.nextInt(40); i > 0; i--) {
            EventItem item = random(random);
            for (int again = random.nextInt(3); again >= 0; again--) {
              items.add(item);
            }
          }
          assertThat(EventItems.decode(EventItems.encode(items), assets(items))).isEqualTo(items);
        });
  }

  @Test
  void bytesAreThoseOfTheFormatsPage() {
    List<EventItem> items =
        List.of(
            EventItem.of(Digest.of(new byte[] {1}), AssetKind.TENSOR, 300)
                .at(new TreePath("data/a")),
            EventItem.of(Digest.of(new byte[] {2}), AssetKind.TENSOR, 7).at(new TreePath("data/b")),
            new EventItem(
                Optional.empty(), Optional.empty(), Optional.of(new TreePath("data")), true));

    assertThat(HexFormat.of().formatHex(EventItems.encode(items)))
        .isEqualTo("01" + "0a02" + "ac02" + "0006646174612f61" + "07" + "050162" + "1801" + "0400");
  }

  @Test
  void pathsOfOneDirectoryTakeFewBytes() {
    List<EventItem> items = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      items.add(
          EventItem.of(Digest.of(new byte[] {(byte) i}), AssetKind.BLOB, 1_000 + i)
              .at(new TreePath("src/main/java/io/aifs/%04d.java".formatted(i))));
    }
    assertThat(EventItems.encode(items).length).isLessThan(1_000 * 14);
  }

  @Test
  void anythingElseIsRefusedWithoutAnOtherFailure() {
    SeededTest.run(
        50,
        random -> {
          List<EventItem> items = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            items.add(random(random));
          }
          byte[] bytes = EventItems.encode(items);
          for (int i = 0; i < 200; i++) {
            byte[] changed = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            try {
              assertThat(EventItems.decode(changed, assets(items))).isNotNull();
            } catch (IllegalArgumentException e) {
              assertThat(e).hasMessageContaining("");
            }
          }
        });
  }

  @Test
  void itemsThatDoNotFitTheAssetsAreRefused() {
    Digest id = Digest.of(new byte[] {1});
    byte[] one = EventItems.encode(List.of(EventItem.of(id, AssetKind.BLOB, 1)));

    assertThatThrownBy(() -> EventItems.decode(one, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fewer assets");
    assertThatThrownBy(() -> EventItems.decode(one, List.of(id, id)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more assets");
    assertThatThrownBy(() -> EventItems.decode(new byte[] {9}, List.of()))
        .hasMessageContaining("version");
  }
}
