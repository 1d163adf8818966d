package io.aifs.server.engine.association;

import io.aifs.server.catalog.AssociationPage;

/** What a query found. */
public sealed interface AssociationAnswer {
  /** Of a get, whose page never goes on, or a range. */
  record Found(AssociationPage page) implements AssociationAnswer {}

  record Counted(long count) implements AssociationAnswer {}
}
