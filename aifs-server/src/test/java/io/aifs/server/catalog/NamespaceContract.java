package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Namespaces and what belongs to the catalog as a whole. */
public abstract class NamespaceContract extends CatalogContract {
  @Test
  void namespaceIsFoundAsItWasMade() {
    NamespaceRow made = catalog.write(writer -> writer.namespaces().create(namespace("photos")));
    reopen();

    NamespaceRow found =
        catalog.read(reader -> reader.namespaces().find(new Name("photos"))).orElseThrow();

    assertThat(found).isEqualTo(made);
    assertThat(found)
        .usingRecursiveComparison()
        .ignoringFields("number")
        .isEqualTo(namespace("photos"));
    assertThat(
            catalog.<Optional<NamespaceRow>>read(
                reader -> reader.namespaces().find(new Name("none"))))
        .isEmpty();
  }

  @Test
  void nameIsTakenOnce() {
    assertThatThrownBy(() -> createNamespace("default")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void namespacesAreListedByNameInPages() {
    List<String> names = List.of("a-b", "a.b", "ab", "b", "zz");
    for (String name : names.reversed()) {
      createNamespace(name);
    }

    List<String> seen = new ArrayList<>();
    Optional<Name> after = Optional.empty();
    List<NamespaceRow> page = page(after);
    while (!page.isEmpty()) {
      page.forEach(row -> seen.add(row.name().value()));
      after = Optional.of(page.getLast().name());
      page = page(after);
    }

    assertThat(seen).containsExactly("a-b", "a.b", "ab", "b", "default", "zz");
  }

  private List<NamespaceRow> page(Optional<Name> after) {
    return catalog.read(reader -> reader.namespaces().list(after, 2));
  }

  @Test
  void namespacesOfOneDomainShareIt() {
    NamespaceRow model = namespace("alone");
    NamespaceRow alone =
        catalog.write(
            writer ->
                writer
                    .namespaces()
                    .create(
                        new NamespaceRow(
                            0,
                            model.name(),
                            model.description(),
                            model.createdAt(),
                            model.metadata(),
                            domain(2),
                            model.chunker())));
    assertThat(catalog.<Boolean>read(reader -> reader.namespaces().sharesDomain(alone))).isFalse();

    NamespaceRow second = catalog.write(writer -> writer.namespaces().create(namespace("second")));

    assertThat(catalog.<Boolean>read(reader -> reader.namespaces().sharesDomain(second))).isTrue();
    assertThat(catalog.<Boolean>read(reader -> reader.namespaces().sharesDomain(alone))).isFalse();
  }

  @Test
  void nothingIsSeenFromAnotherNamespace() {
    put(id("one"));
    long other = createNamespace("other");

    assertThat(catalog.<Optional<AssetRow>>read(reader -> reader.assets().find(other, id("one"))))
        .isEmpty();
    assertThat(
            catalog.<List<AssetRow>>read(
                reader -> reader.assets().listById(other, Optional.empty(), 9)))
        .isEmpty();
    assertThat(catalog.<List<EventRow>>read(reader -> reader.events().after(other, 0, 9)))
        .isEmpty();
    assertThat(catalog.<AssetTotals>read(reader -> reader.assets().totals(other)))
        .isEqualTo(new AssetTotals(0, 0));
  }

  @Test
  void storeIdIsSetOnceForGood() {
    assertThat(catalog.read(CatalogReader::storeId)).isEmpty();
    change(writer -> writer.setStoreId("store-1"));
    change(writer -> writer.setStoreId("store-1"));
    reopen();

    assertThat(catalog.read(CatalogReader::storeId)).hasValue("store-1");
    assertThatThrownBy(() -> change(writer -> writer.setStoreId("store-2")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("store-1");
  }
}
