package io.aifs.server.engine;

import io.aifs.core.model.Name;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The domains of a store with their namespaces. The journal's is not among them. */
final class CollectedDomains {
  private static final int NAMESPACES_AT_A_TIME = 1_000;

  private final Catalog catalog;
  private final ChunkStores chunkStores;

  CollectedDomains(Catalog catalog, ChunkStores chunkStores) {
    this.catalog = catalog;
    this.chunkStores = chunkStores;
  }

  List<CollectedDomain> all() {
    Map<DomainId, List<NamespaceRow>> byDomain = new LinkedHashMap<>();
    Optional<Name> after = Optional.empty();
    boolean more = true;
    while (more) {
      Optional<Name> from = after;
      List<NamespaceRow> page =
          catalog.read(reader -> reader.namespaces().list(from, NAMESPACES_AT_A_TIME));
      for (NamespaceRow row : page) {
        byDomain.computeIfAbsent(row.domain(), _ -> new ArrayList<>()).add(row);
      }
      more = page.size() == NAMESPACES_AT_A_TIME;
      after = more ? Optional.of(page.getLast().name()) : after;
    }
    List<CollectedDomain> all = new ArrayList<>();
    byDomain.forEach((domain, namespaces) -> all.add(of(domain, namespaces)));
    return all;
  }

  /** One domain, as far as a call needs it that looks at no namespace. */
  CollectedDomain of(DomainId domain, List<NamespaceRow> namespaces) {
    return new CollectedDomain(
        domain, namespaces, catalog, chunkStores.of(domain), chunkStores.collector(domain));
  }
}
