package io.aifs.cli.command;

import io.aifs.cli.statcache.FileMemory;
import io.aifs.cli.statcache.StatCache;
import io.aifs.cli.transfer.StatCacheFile;
import io.aifs.client.AifsClient;
import io.aifs.core.AifsException;
import io.aifs.crypto.RandomBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a put remembers of files from puts before it, kept for those after it when closed. */
final class PutMemory implements AutoCloseable {
  /** A store id becomes the name of a directory: a server must not choose another one. */
  private static final Pattern STORE_ID = Pattern.compile("[0-9a-f]{8,64}");

  private final @Nullable StatCacheFile file;
  private final @Nullable StatCache cache;

  private PutMemory(@Nullable StatCacheFile file, @Nullable StatCache cache) {
    this.file = file;
    this.cache = cache;
  }

  /**
   * That of the client's store and namespace; of nothing, if the store does not say which it is.
   */
  static PutMemory open(Invocation invocation, AifsClient client) throws IOException {
    String store = storeId(client);
    if (!STORE_ID.matcher(store).matches()) {
      return new PutMemory(null, null);
    }
    Path path =
        invocation
            .settings()
            .homes()
            .cacheDirectory()
            .resolve(store)
            .resolve(client.namespace() + ".stat");
    StatCache.Limit limit = StatCache.Limit.ofMemory(Runtime.getRuntime().maxMemory());
    StatCacheFile file = new StatCacheFile(path, limit, invocation.temporaries());
    return new PutMemory(
        file, file.load(RandomBytes.secure(), invocation.surroundings().clock().instant()));
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

  @Override
  public void close() {
    if (file != null && cache != null) {
      file.save(cache);
    }
  }
}
