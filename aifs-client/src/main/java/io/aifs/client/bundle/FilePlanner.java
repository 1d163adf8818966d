package io.aifs.client.bundle;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.TreePath;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.layout.Layouts;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.layout.TensorFormat;
import io.aifs.schemas.layout.TensorLayout;
import io.aifs.schemas.numpy.NpyHeader;
import io.aifs.schemas.payload.Payloads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sees by its first bytes what a file is, and plans what becomes of it. */
final class FilePlanner {
  /** What lineage says of the way from a file to a tensor in it. */
  static final String TRANSFORM = "safetensors.tensor";

  private static final int START_BYTES = 16;
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] EMBED = {'A', 'I', 'F', 'E'};
  private static final int EMBED_AT = 4;

  private final SourceFile file;
  private final ImportOptions options;

  FilePlanner(SourceFile file, ImportOptions options) {
    this.file = file;
    this.options = options;
  }

  /**
   * @throws AifsException.InvalidRequest if it cannot be imported
   */
  ImportPlan plan() throws IOException {
    try {
      return planned();
    } catch (PayloadInvalidException e) {
      throw refused(file, e);
    }
  }

  static AifsException refused(SourceFile file, PayloadInvalidException e) {
    return new AifsException.InvalidRequest(
        Reason.PAYLOAD_INVALID,
        "file",
        file.path() + " cannot be imported: " + e.getMessage(),
        "'aifs put' takes any file, and does not look into it");
  }

  private ImportPlan planned() throws PayloadInvalidException, IOException {
    ByteSource source = file.source();
    byte[] start = source.read(0, (int) Math.min(START_BYTES, source.size()));
    if (holds(start, 0, ZIP)) {
      return payload(AssetKind.ARTIFACT);
    }
    if (holds(start, EMBED_AT, EMBED)) {
      return payload(AssetKind.EMBED);
    }
    if (NpyHeader.begins(start, start.length)) {
      return npy();
    }
    TensorLayout layout =
        Layouts.read(source)
            .orElseThrow(
                () ->
                    new PayloadInvalidException(
                        "byte 0",
                        "is no safetensors, npy, npz, Arrow or Embed file, and no artifact"));
    return layout.format() == TensorFormat.ARROW ? payload(AssetKind.TENSOR) : safetensors(layout);
  }

  /** Whether a file is a ZIP of arrays: such a one has no sign of its own but its name. */
  static boolean isNpz(SourceFile file) throws IOException {
    ByteSource source = file.source();
    byte[] start = source.read(0, (int) Math.min(START_BYTES, source.size()));
    return holds(start, 0, ZIP) && file.path().toString().toLowerCase(Locale.ROOT).endsWith(".npz");
  }

  /** One asset for each array, all in the directory of tensors. */
  static ImportPlan planOf(NpzArrays npz, ImportOptions options) throws IOException {
    TreePath directory = TensorPaths.directory(options.path());
    ByteSource values = npz.values();
    List<PlannedAsset> tensors = new ArrayList<>();
    for (NpzArrays.Array array : npz.arrays()) {
      TreePath path = TensorPaths.of(directory, array.name());
      tensors.add(
          PlannedAsset.tensor(path, array.name(), array.type(), values, array.offset())
              .with(options.metadata()));
    }
    return new ImportPlan(Optional.empty(), tensors, "");
  }

  private static boolean holds(byte[] start, int at, byte[] sign) {
    return start.length >= at + sign.length
        && Arrays.equals(start, at, at + sign.length, sign, 0, sign.length);
  }

  private ImportPlan payload(AssetKind kind) throws PayloadInvalidException, IOException {
    Payloads.validate(kind, file.source());
    return ImportPlan.of(PlannedAsset.of(options.path(), kind, options.metadata(), file.source()));
  }

  private ImportPlan npy() throws PayloadInvalidException, IOException {
    NpyHeader header = NpyHeader.read(file.source());
    NpyValues values = new NpyValues(header, file.source());
    return ImportPlan.of(
        PlannedAsset.tensor(options.path(), "", header.type(), values::open)
            .with(options.metadata()));
  }

  private ImportPlan safetensors(TensorLayout layout) {
    PlannedAsset main =
        PlannedAsset.of(options.path(), AssetKind.BLOB, metadata(layout.metadata()), file.source());
    TreePath directory = TensorPaths.directory(options.path());
    List<PlannedAsset> tensors = new ArrayList<>(layout.tensors().size());
    for (TensorEntry entry : layout.tensors()) {
      tensors.add(
          PlannedAsset.tensor(
              TensorPaths.of(directory, entry.name()),
              entry.name(),
              entry.type(),
              file.source(),
              entry.offset()));
    }
    return new ImportPlan(Optional.of(main), tensors, TRANSFORM);
  }

  /** What the file says of itself, as far as it fits, under names of its own. */
  private Map<String, String> metadata(Map<String, String> said) {
    Map<String, String> metadata = new HashMap<>(options.metadata());
    metadata.putIfAbsent("format", "safetensors");
    long bytes = metadata.entrySet().stream().mapToLong(FilePlanner::bytes).sum();
    for (Map.Entry<String, String> entry : new TreeMap<>(said).entrySet()) {
      String key = "safetensors." + entry.getKey();
      long more = bytes(Map.entry(key, entry.getValue()));
      if (metadata.size() < Limits.METADATA_ENTRIES_MAX
          && bytes + more <= Limits.METADATA_BYTES_MAX
          && length(key) <= Limits.METADATA_KEY_BYTES_MAX
          && length(entry.getValue()) <= Limits.METADATA_VALUE_BYTES_MAX
          && metadata.putIfAbsent(key, entry.getValue()) == null) {
        bytes += more;
      }
    }
    return metadata;
  }

  private static long bytes(Map.Entry<String, String> entry) {
    return (long) length(entry.getKey()) + length(entry.getValue());
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
