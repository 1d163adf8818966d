package io.aifs.client.bundle;

import io.aifs.client.AifsClient;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Brings files of other tools into the store, so that it knows what is in them. A safetensors file
 * becomes an asset that is the file, byte for byte, and one of kind TENSOR for each of its tensors,
 * in the directory beside it that {@link TensorPaths} names; they share what they hold. An npy file
 * becomes an asset of kind TENSOR, an npz file one for each array. Arrow files of one tensor, Embed
 * payloads and artifacts are looked at and put as what they are. All of it appears at one instant;
 * what is there already is not put again.
 */
public final class BundleImport {
  private final AifsClient client;
  private final ImportListener listener;

  /**
   * @param client speaks of the namespace to put into
   */
  public BundleImport(AifsClient client, ImportListener listener) {
    this.client = client;
    this.listener = listener;
  }

  /**
   * Imports a file.
   *
   * @throws io.aifs.core.AifsException.InvalidRequest with reason PAYLOAD_INVALID if it is of no
   *     such format, or not as its format demands; nothing is put then
   * @throws io.aifs.core.AifsException.NotFound if the parent is not there
   * @throws io.aifs.core.AifsException.Conflict if somebody else changed the paths meanwhile
   * @throws IOException if it cannot be read
   */
  public ImportReport file(Path path, ImportOptions options) throws IOException {
    try (SourceFile file = SourceFile.open(path)) {
      if (FilePlanner.isNpz(file)) {
        return npz(file, options);
      }
      return put(new FilePlanner(file, options).plan(), file, options);
    }
  }

  private ImportReport npz(SourceFile file, ImportOptions options) throws IOException {
    try (NpzArrays arrays = NpzArrays.of(file.source())) {
      return put(FilePlanner.planOf(arrays, options), file, options);
    } catch (PayloadInvalidException e) {
      throw FilePlanner.refused(file, e);
    }
  }

  private ImportReport put(ImportPlan plan, SourceFile file, ImportOptions options)
      throws IOException {
    return new PlannedPut(client, options, file.attributes(), listener)
        .run(plan, file::requireUnchanged);
  }

  /**
   * Imports a directory as an artifact, which has the names and contents of its files, and neither
   * modes nor times. It is packed in the directory for temporary files first.
   *
   * @throws io.aifs.core.AifsException.InvalidRequest with reason PAYLOAD_INVALID if an artifact
   *     cannot hold it
   * @throws IOException if it cannot be read
   */
  public ImportReport directory(Path path, ImportOptions options) throws IOException {
    try (PackedDirectory packed = PackedDirectory.of(path, options.path().name());
        SourceFile file = SourceFile.open(packed.file())) {
      PlannedAsset artifact =
          PlannedAsset.of(options.path(), AssetKind.ARTIFACT, options.metadata(), file.source());
      FileAttributes attributes =
          new FileAttributes(
              FileAttributes.PLAIN_FILE.mode(), SourceFile.attributes(path).mtimeNanos());
      return new PlannedPut(client, options, attributes, listener)
          .run(ImportPlan.of(artifact), file::requireUnchanged);
    }
  }
}
