package io.aifs.server.chunk;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.core.chunk.Codec;
import io.aifs.core.chunk.DictionarySample;
import io.aifs.core.chunk.ZstdDictionary;
import io.aifs.crypto.RecordType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The dictionaries of one domain: found when they are first needed, and made of the small chunks
 * that are put. Thread-safe.
 *
 * <p>A dictionary is in use only once it is durable, so whatever chunk survives a crash, what it
 * was compressed with does too. None is ever changed or deleted while its domain lives.
 */
final class Dictionaries implements DictionarySource {
  private static final System.Logger LOG = System.getLogger(Dictionaries.class.getName());

  private final DictionaryRecords records;
  private final ChunkCompressor compressor;
  private final DictionaryPlan plan;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile State state = State.UNKNOWN;

  private final Object sampling = new Object();

  /** What came since the last trial. Guarded by {@link #sampling}. */
  private DictionarySample sample = new DictionarySample();

  /** Bytes of small chunks before that. Guarded by {@link #sampling}. */
  private long seenBefore;

  /**
   * What is known.
   *
   * @param used how many codecs are taken: those of lost dictionaries too
   * @param trials how often a dictionary was tried for
   */
  private record State(boolean loaded, Map<Codec, ZstdDictionary> found, int used, int trials) {
    static final State UNKNOWN = new State(false, Map.of(), 0, 0);

    @Nullable ZstdDictionary newest() {
      ZstdDictionary newest = null;
      for (Codec codec : Codec.withDictionary()) {
        newest = found.getOrDefault(codec, newest);
      }
      return newest;
    }
  }

  Dictionaries(DictionaryRecords records, ChunkCompressor compressor, DictionaryPlan plan) {
    this.records = records;
    this.compressor = compressor;
    this.plan = plan;
  }

  @Override
  public Optional<ZstdDictionary> of(Codec codec) {
    try {
      load();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.ofNullable(state.found().get(codec));
  }

  /** What to compress a chunk with, null for nothing. */
  @Nullable ZstdDictionary forChunk(RecordType type, int length) {
    if (type != RecordType.CHUNK || length > ChunkCompressor.DICTIONARY_BYTES_MAX) {
      return null;
    }
    try {
      load();
    } catch (IOException _) {
      return null; // what ails the disk meets whoever has to read from it
    }
    return state.newest();
  }

  /** Shows a chunk that was put, as long as there will be another dictionary. */
  void show(RecordType type, Chunk chunk) {
    if (type == RecordType.CHUNK && state.used() < DictionaryPlan.count()) {
      synchronized (sampling) {
        sample.show(chunk.digest(), chunk.bytes(), chunk.offset(), chunk.length());
      }
    }
  }

  /** Makes the next dictionary if it is time. Call with nothing held. */
  void trainIfDue() {
    if (isDue() && changing.tryLock()) {
      try {
        if (isDue()) {
          train();
        }
      } finally {
        changing.unlock();
      }
    }
  }

  private boolean isDue() {
    State known = state;
    if (!known.loaded() || known.used() >= DictionaryPlan.count()) {
      return false;
    }
    synchronized (sampling) {
      return plan.isDue(known.trials(), seenBefore + sample.seenBytes());
    }
  }

  private void train() {
    State known = state;
    Codec codec = Codec.withDictionary().get(known.used());
    Map<Codec, ZstdDictionary> found = new EnumMap<>(Codec.class);
    found.putAll(known.found());
    DictionarySample taken;
    synchronized (sampling) {
      taken = sample;
      seenBefore += taken.seenBytes();
      sample = new DictionarySample();
    }
    Optional<ZstdDictionary> trained = taken.train(compressor, known.newest(), codec);
    int used = known.used();
    if (trained.isPresent()) {
      used++; // also if it fails: some of it may be there
      if (write(trained.get())) {
        found.put(codec, trained.get());
      }
    }
    state = new State(true, found, used, known.trials() + 1);
  }

  private boolean write(ZstdDictionary dictionary) {
    try {
      records.write(dictionary);
      return true;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a dictionary could not be stored: " + e);
      return false;
    }
  }

  /** Writes the copies anew that do not read back, of dictionaries that are still known. */
  void mend() throws IOException {
    load();
    state.found().values().forEach(this::write);
  }

  /** Finds the dictionaries, once; what a failing disk keeps from it is tried again. */
  void load() throws IOException {
    if (state.loaded()) {
      return;
    }
    changing.lock();
    try {
      if (state.loaded()) {
        return;
      }
      Map<Codec, ZstdDictionary> found = new EnumMap<>(Codec.class);
      int used = 0;
      for (Codec codec : Codec.withDictionary()) {
        DictionaryRecords.Found one = records.read(codec);
        one.dictionary().ifPresent(dictionary -> found.put(codec, dictionary));
        used = one.used() ? Codec.withDictionary().indexOf(codec) + 1 : used;
      }
      state = new State(true, found, used, used);
    } finally {
      changing.unlock();
    }
  }
}
