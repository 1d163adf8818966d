package io.aifs.client.bundle;

import static java.util.Objects.requireNonNull;

import io.aifs.client.AifsClient;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.layout.Layouts;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.layout.TensorLayout;
import io.aifs.schemas.numpy.NpyHeader;
import io.aifs.schemas.safetensors.SafetensorsWriter;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Writes tensors of the store as files of other tools. Thread-safe. */
public final class TensorExport {
  private final AifsClient client;

  /**
   * @param client speaks of the tensors' namespace
   */
  public TensorExport(AifsClient client) {
    this.client = client;
  }

  /**
   * The tensors of an asset, found in what is read of it here.
   *
   * @param bytes length of the asset
   * @throws AifsException.Precondition with reason NOT_TENSORS if it has none
   */
  public List<StoredTensor> tensors(ReadTarget target, long bytes) throws IOException {
    List<StoredTensor> tensors = new ArrayList<>();
    for (TensorEntry entry : layout(target, bytes).tensors()) {
      tensors.add(new StoredTensor(target, bytes, entry));
    }
    return tensors;
  }

  private TensorLayout layout(ReadTarget target, long bytes) throws IOException {
    try {
      return Layouts.read(new AssetSource(client.assets(), target, bytes))
          .orElseThrow(() -> noTensors("it is no Arrow, safetensors or npy file"));
    } catch (PayloadInvalidException e) {
      throw noTensors(e.getMessage() + "");
    }
  }

  private static AifsException.Precondition noTensors(String why) {
    return new AifsException.Precondition(
        Reason.NOT_TENSORS,
        "the asset has no tensors to export: " + why,
        "'aifs get' gives the bytes as they are");
  }

  /**
   * The tensors of all files directly in a directory, in order of their paths.
   *
   * @throws AifsException.Precondition with reason NOT_TENSORS if a file is none
   */
  public List<StoredTensor> below(Ref ref, TreePath directory) throws IOException {
    List<StoredTensor> tensors = new ArrayList<>();
    for (Map.Entry<TreePath, TreeEntry.File> file :
        PathListing.files(client.tree(), ref, directory).entrySet()) {
      tensors.addAll(
          tensors(
              new ReadTarget.Found(ref, file.getKey(), file.getValue().asset()),
              file.getValue().size()));
    }
    return tensors;
  }

  /**
   * Writes an npy file.
   *
   * @throws AifsException.InvalidRequest if NumPy does not have the type
   */
  public void npy(StoredTensor tensor, OutputStream out) throws IOException {
    if (!NpyHeader.canHold(tensor.type().element())) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "format",
          "NumPy has no type for " + tensor.type().element(),
          "write a .safetensors or .arrow file");
    }
    out.write(NpyHeader.write(tensor.type()));
    tensor.copyValues(client.assets(), out);
  }

  /** Writes an Arrow file. */
  public void arrow(StoredTensor tensor, OutputStream out) throws IOException {
    out.write(TensorCodec.fileHead(tensor.name(), tensor.type()));
    tensor.copyValues(client.assets(), out);
    out.write(TensorCodec.fileTail(tensor.name(), tensor.type()));
  }

  /**
   * Writes a safetensors file, in the order of the format's own writer.
   *
   * @param tensors of one namespace; names of dimensions are left out
   * @param metadata what the file says of itself
   * @throws AifsException.InvalidRequest if two have one name, or one has none that the format
   *     takes
   */
  public void safetensors(
      List<StoredTensor> tensors, Map<String, String> metadata, OutputStream out)
      throws IOException {
    Map<String, StoredTensor> byName = new HashMap<>();
    Map<String, TensorType> types = new HashMap<>();
    for (StoredTensor tensor : tensors) {
      types.put(tensor.name(), tensor.type());
      if (tensor.name().isEmpty() || byName.put(tensor.name(), tensor) != null) {
        throw new AifsException.InvalidRequest(
            Reason.ARGUMENT_INVALID,
            "name",
            tensor.name().isEmpty()
                ? "a tensor has no name"
                : "two tensors are named '" + tensor.name() + "'",
            "write them into different files");
      }
    }
    SequencedMap<String, TensorType> ordered = SafetensorsWriter.inOrder(types);
    out.write(head(metadata, ordered));
    for (String name : ordered.keySet()) {
      requireNonNull(byName.get(name)).copyValues(client.assets(), out);
    }
  }

  private static byte[] head(
      Map<String, String> metadata, SequencedMap<String, TensorType> tensors) {
    try {
      return SafetensorsWriter.head(metadata, tensors);
    } catch (IllegalArgumentException e) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID, "name", e.getMessage() + "", "write fewer or others");
    }
  }
}
