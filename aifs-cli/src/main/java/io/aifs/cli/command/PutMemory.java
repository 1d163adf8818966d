package io.aifs.cli.command;

import io.aifs.cli.statcache.FileMemory;
import io.aifs.cli.statcache.StatCache;
import io.aifs.cli.transfer.RateFile;
import io.aifs.cli.transfer.StatCacheFile;
import io.aifs.cli.transfer.UploadReport;
import io.aifs.client.AifsClient;
import io.aifs.core.AifsException;
import io.aifs.crypto.RandomBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a put remembers of files from puts before it, kept for those after it when closed. */
final class PutMemory implements AutoCloseable {
  /** A store id becomes the name of a directory: a server must not choose another one. */
  private static final Pattern STORE_ID = Pattern.compile("[0-9a-f]{8,64}");

  private final @Nullable StatCacheFile file;
  private final @Nullable StatCache cache;
  private final Optional<RateFile> rate;

  private PutMemory(
      @Nullable StatCacheFile file, @Nullable StatCache cache, Optional<RateFile> rate) {
    this.file = file;
    this.cache = cache;
    this.rate = rate;
  }

  /**
   * That of the client's store and namespace; of nothing, if the store does not say which it is.
   */
  static PutMemory open(Invocation invocation, AifsClient client) throws IOException {
    String store = storeId(client);
    if (!STORE_ID.matcher(store).matches()) {
      return new PutMemory(null, null, Optional.empty());
    }
    Path directory = invocation.settings().homes().cacheDirectory().resolve(store);
    Path path = directory.resolve(client.namespace() + ".stat");
    Path rate = directory.resolve(client.namespace() + ".rate");
    StatCache.Limit limit = StatCache.Limit.ofMemory(Runtime.getRuntime().maxMemory());
    StatCacheFile file = new StatCacheFile(path, limit, invocation.temporaries());
    return new PutMemory(
        file,
        file.load(RandomBytes.secure(), invocation.surroundings().clock().instant()),
        Optional.of(new RateFile(rate, invocation.temporaries())));
  }

  private static String storeId(AifsClient client) {
    try {
      return client.maintenance().status().storeId();
    } catch (AifsException _) {
      return ""; // what is wrong shows in what is really wanted
    }
  }

  /** What to ask about files, and to tell. */
  FileMemory files() {
    return cache == null ? FileMemory.NONE : cache;
  }

  /** Learns from a put how fast new content travels. */
  void timed(UploadReport report, Duration elapsed) {
    rate.ifPresent(file -> file.learn(report.newBytes(), report.bytes(), elapsed));
  }

  /** About how long a put of so much new content takes; empty if none was timed yet. */
  Optional<Duration> timeFor(long newBytes) {
    return rate.flatMap(file -> file.timeFor(newBytes));
  }

  @Override
  public void close() {
    if (file != null && cache != null) {
      file.save(cache);
    }
  }
}
