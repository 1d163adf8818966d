package io.aifs.server.crash;

import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.file.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The bugs that the simulation must find. */
final class Plants {
  /** Every third sync of a file does nothing. */
  static Plant skippedFileSync() {
    return onDisk(
        disk ->
            new DiskDecorator(disk) {
              private int syncs;

              @Override
              void sync(String name, AppendFile file) throws IOException {
                if (++syncs % 3 != 0) {
                  super.sync(name, file);
                }
              }
            });
  }

  /** Every third sync of a directory does nothing. */
  static Plant skippedDirectorySync() {
    return onDisk(
        disk ->
            new DiskDecorator(disk) {
              private int syncs;

              @Override
              public void syncDirectory(String directory) throws IOException {
                if (++syncs % 3 != 0) {
                  super.syncDirectory(directory);
                }
              }
            });
  }

  /** Every fourth rename does nothing. */
  static Plant droppedRename() {
    return onDisk(
        disk ->
            new DiskDecorator(disk) {
              private int renames;

              @Override
              public void rename(String from, String to) throws IOException {
                if (++renames % 4 != 0) {
                  super.rename(from, to);
                }
              }
            });
  }

  /** What was to be written first is written second, in one of five appends. */
  static Plant reorderedWrites() {
    return onDisk(
        disk ->
            new DiskDecorator(disk) {
              private int appends;

              @Override
              void append(AppendFile file, byte[] bytes, int offset, int length)
                  throws IOException {
                int half = ++appends % 5 == 0 ? length / 2 : 0;
                file.append(bytes, offset + half, length - half);
                file.append(bytes, offset, half);
              }
            });
  }

  /** A pack is synced after the catalog has recorded it. */
  static Plant catalogBeforeSync() {
    List<Disk.AppendFile> late = new ArrayList<>();
    return new Plant() {
      @Override
      public Disk disk(Disk disk) {
        return new DiskDecorator(disk) {
          @Override
          void sync(String name, AppendFile file) throws IOException {
            if (name.startsWith("packs/")) {
              late.add(file);
            } else {
              super.sync(name, file);
            }
          }

          @Override
          void close(AppendFile file) throws IOException {
            if (!late.contains(file)) {
              super.close(file);
            }
          }
        };
      }

      @Override
      public Catalog catalog(Catalog catalog, Disk disk) {
        return new CatalogDecorator(catalog) {
          @Override
          public <T> T write(Function<CatalogWriter, T> function) {
            T result = super.write(function);
            try {
              for (Disk.AppendFile file : late) {
                file.sync();
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            late.clear();
            return result;
          }
        };
      }
    };
  }

  /** A write returns before its commit, which comes with the next write or the end. */
  static Plant replyBeforeCommit() {
    return new Plant() {
      @Override
      public Catalog catalog(Catalog catalog, Disk disk) {
        return new EarlyReplies(catalog);
      }
    };
  }

  private static final class EarlyReplies extends CatalogDecorator {
    private final List<Function<CatalogWriter, ?>> owed = new ArrayList<>();

    EarlyReplies(Catalog catalog) {
      super(catalog);
    }

    /** Carries the result of a write that is undone. */
    private static final class Undo extends RuntimeException {
      private static final long serialVersionUID = 1L;

      private Undo() {
        super("undone", null, false, false);
      }
    }

    @Override
    public <T> T write(Function<CatalogWriter, T> function) {
      pay();
      List<T> result = new ArrayList<>();
      try {
        super.write(
            writer -> {
              result.add(function.apply(writer));
              throw new Undo();
            });
      } catch (Undo _) {
        owed.add(function);
      }
      return result.getLast();
    }

    @Override
    public void close() {
      pay();
      super.close();
    }

    private void pay() {
      for (Function<CatalogWriter, ?> function : List.copyOf(owed)) {
        owed.clear();
        Object _ = super.write(function);
      }
    }
  }

  /** A store that takes a pack to be good as far as its file goes. */
  static Plant believedFileLength() {
    return new Plant() {
      @Override
      public Catalog catalog(Catalog catalog, Disk disk) {
        return new BelievedLengths(catalog, disk);
      }
    };
  }

  private static Plant onDisk(Function<Disk, Disk> bug) {
    return new Plant() {
      @Override
      public Disk disk(Disk disk) {
        return bug.apply(disk);
      }
    };
  }

  private Plants() {}
}
