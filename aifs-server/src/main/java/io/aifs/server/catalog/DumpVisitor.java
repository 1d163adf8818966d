package io.aifs.server.catalog;

import java.io.IOException;

/** Takes a catalog as rows. An exception ends the dump. */
public interface DumpVisitor {
  /**
   * Comes first.
   *
   * @param format the format of the catalog that the rows are of
   * @param sequence of the newest transaction that the rows show
   */
  void begin(int format, long sequence) throws IOException;

  /** Pages of a table follow each other, in order of its key. */
  void page(TablePage page) throws IOException;
}
