package io.aifs.server.crash;

import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.DumpVisitor;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** A catalog that does what another does, until a subclass changes something. */
class CatalogDecorator implements Catalog {
  private final Catalog catalog;

  CatalogDecorator(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public <T> T read(Function<CatalogReader, T> function) {
    return catalog.read(function);
  }

  @Override
  public <T> T readAside(Function<CatalogReader, T> function) {
    return catalog.readAside(function);
  }

  @Override
  public <T> T write(Function<CatalogWriter, T> function) {
    return catalog.write(function);
  }

  @Override
  public List<CatalogProblem> check() {
    return catalog.check();
  }

  @Override
  public void dump(int pageBytes, DumpVisitor visitor) throws IOException {
    catalog.dump(pageBytes, visitor);
  }

  @Override
  public long storedBytes() {
    return catalog.storedBytes();
  }

  @Override
  public void close() {
    catalog.close();
  }
}
