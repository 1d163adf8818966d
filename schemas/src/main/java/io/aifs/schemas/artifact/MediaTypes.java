package io.aifs.schemas.artifact;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;

/** Media types by the ends of names: the same on every machine. */
final class MediaTypes {
  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          entry("arrow", "application/vnd.apache.arrow.file"),
          entry("csv", "text/csv"),
          entry("gz", "application/gzip"),
          entry("html", "text/html"),
          entry("jpeg", "image/jpeg"),
          entry("jpg", "image/jpeg"),
          entry("json", "application/json"),
          entry("md", "text/markdown"),
          entry("parquet", "application/vnd.apache.parquet"),
          entry("pdf", "application/pdf"),
          entry("png", "image/png"),
          entry("py", "text/x-python"),
          entry("toml", "application/toml"),
          entry("tsv", "text/tab-separated-values"),
          entry("txt", "text/plain"),
          entry("xml", "application/xml"),
          entry("yaml", "application/yaml"),
          entry("yml", "application/yaml"),
          entry("zip", "application/zip"),
          entry("zst", "application/zstd"));

  static String of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return name.lastIndexOf('.') <= 0
        ? ArtifactFile.ANY_MEDIA_TYPE
        : BY_EXTENSION.getOrDefault(extension, ArtifactFile.ANY_MEDIA_TYPE);
  }

  private MediaTypes() {}
}
