package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The outbox. */
public abstract class EventContract extends CatalogContract {
  @Test
  void eventIsReadAsItWasAppendedUnderTheSequenceAnnounced() {
    EventRow sent =
        new EventRow(
            77, space, "tree.move", NOON, List.of(id("a"), id("b")), Map.of("from", "a/ü"));

    List<Long> sequences =
        catalog.write(writer -> List.of(writer.events().next(), writer.events().append(sent)));
    long sequence = sequences.getLast();
    reopen();

    EventRow expected =
        new EventRow(sequence, space, sent.type(), sent.at(), sent.assets(), sent.details());
    assertThat(sequence).isEqualTo(sequences.getFirst());
    assertThat(catalog.<List<EventRow>>read(reader -> reader.events().after(space, 0, 10)))
        .containsExactly(expected);
    assertThat(catalog.<Long>read(reader -> reader.events().newest())).isEqualTo(sequence);
  }

  @Test
  void itemsAreReadAsTheyWereAppended() {
    EventRow sent =
        EventRow.of(
            space,
            "tree.put",
            NOON,
            List.of(
                EventItem.of(id("a"), AssetKind.TENSOR, 300).at(new TreePath("data/a")),
                new EventItem(
                    Optional.empty(), Optional.empty(), Optional.of(new TreePath("data")), true),
                EventItem.of(id("b"), AssetKind.BLOB, 0)),
            Map.of("branch", "main"));

    long sequence = catalog.write((CatalogWriter writer) -> writer.events().append(sent));
    reopen();

    assertThat(catalog.<Optional<EventRow>>read(reader -> reader.events().find(space, sequence)))
        .contains(sent.withSequence(sequence));
    assertThat(sent.assets()).containsExactly(id("a"), id("b"));
  }

  @Test
  void anEventIsFoundInItsNamespaceOnly() {
    long other = createNamespace("other");
    long first = put(id("a"));
    change(writer -> writer.events().append(event(other, "t")));
    long last = put(id("b"));

    assertThat(catalog.<Optional<EventRow>>read(reader -> reader.events().find(space, first)))
        .isPresent();
    assertThat(catalog.<Optional<EventRow>>read(reader -> reader.events().find(other, first)))
        .isEmpty();
    assertThat(catalog.<Optional<EventReader.Span>>read(reader -> reader.events().span(space)))
        .contains(new EventReader.Span(first, last));
    assertThat(catalog.<Optional<EventReader.Span>>read(reader -> reader.events().span(77)))
        .isEmpty();
  }

  @Test
  void followerSeesEachEventOfItsNamespaceOnce() {
    long other = createNamespace("other");
    for (int i = 0; i < 10; i++) {
      String type = "t" + i;
      change(writer -> writer.events().append(event(space, type)));
      change(writer -> writer.events().append(event(other, type)));
    }

    List<String> seen = new ArrayList<>();
    long after = 0;
    List<EventRow> page = page(after);
    while (!page.isEmpty()) {
      page.forEach(row -> seen.add(row.type()));
      after = page.getLast().sequence();
      page = page(after);
    }

    assertThat(seen).containsExactly("t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9");
  }

  private List<EventRow> page(long after) {
    return catalog.read(reader -> reader.events().after(space, after, 3));
  }

  @Test
  void pageOfLargeEventsEndsEarlyButNeverEmpty() {
    Digest[] many = IntStream.range(0, 40_000).mapToObj(i -> id("m" + i)).toArray(Digest[]::new);
    for (int i = 0; i < 3; i++) {
      change(writer -> writer.events().append(event(space, "big", many)));
    }

    List<EventRow> first = catalog.read(reader -> reader.events().after(space, 0, 100));
    List<EventRow> second =
        catalog.read(reader -> reader.events().after(space, first.getLast().sequence(), 100));

    assertThat(first).hasSize(2);
    assertThat(second).hasSize(1);
    assertThat(second.getFirst().assets()).containsExactly(many);
  }

  @Test
  void sequencesRiseAcrossWritesThatFail() {
    long before = put(id("a"));
    assertThatThrownBy(
            () ->
                change(
                    writer -> {
                      put(writer, space, id("b"));
                      throw new UnsupportedOperationException("no");
                    }))
        .isInstanceOf(UnsupportedOperationException.class);

    long after = put(id("c"));

    assertThat(after).isGreaterThan(before);
    assertThat(catalog.<List<EventRow>>read(reader -> reader.events().after(space, 0, 10)))
        .extracting(EventRow::sequence)
        .containsExactly(before, after);
  }
}
