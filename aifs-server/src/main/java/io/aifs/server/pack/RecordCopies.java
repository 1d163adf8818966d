package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a store above finds out about single copies of records. Thread-safe. */
public interface RecordCopies {
  /** Of a store whose records have one copy each. */
  RecordCopies NONE =
      new RecordCopies() {
        @Override
        public Optional<PackRecord> genuine(Digest id, Function<PackRecord, Verdict> test) {
          return Optional.empty();
        }

        @Override
        public Optional<PackRecord> genuineBase(Digest id, Predicate<PackRecord> test) {
          return Optional.empty();
        }

        @Override
        public void opens(PackId pack, long position) {}

        @Override
        public void doesNotOpen(PackId pack, long position, Digest id) {}
      };

  /**
   * Reads every copy of a record until one passes the test. Those that do not are damaged from then
   * on.
   */
  Optional<PackRecord> genuine(Digest id, Function<PackRecord, Verdict> test) throws IOException;

  /** As {@link #genuine}, of copies that need no base. */
  Optional<PackRecord> genuineBase(Digest id, Predicate<PackRecord> test) throws IOException;

  /** What opening a copy tells of it. */
  enum Verdict {
    /** It opens to what it is named after. */
    GENUINE,
    /** It does not. */
    DAMAGED,
    /** That cannot be told now, as what it needs is lost or damaged itself. */
    UNKNOWN
  }

  /** The copy there opens to what it is named after: it is not damaged, if it was said to be. */
  void opens(PackId pack, long position);

  /** The copy there is as its checksum says and does not open to what it is named after. */
  void doesNotOpen(PackId pack, long position, Digest id);
}
