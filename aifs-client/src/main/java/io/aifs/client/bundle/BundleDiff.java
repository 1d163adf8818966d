package io.aifs.client.bundle;

import io.aifs.client.AifsClient;
import io.aifs.client.ReadTarget;
import io.aifs.core.address.Ref;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.schemas.tensor.TensorDifference;
import io.aifs.schemas.tensor.TensorDifference.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * How two directories of tensors differ. Each file counts as its name in the directory says; those
 * that are one asset are equal, and nothing is asked about them. Thread-safe.
 */
public final class BundleDiff {
  private final AifsClient client;

  /**
   * @param client speaks of the directories' namespace
   */
  public BundleDiff(AifsClient client) {
    this.client = client;
  }

  /** A directory. */
  public record Side(Ref ref, TreePath directory) {}

  /**
   * Compares the files directly in two directories, ordered by name. Of equal ones no type is told.
   *
   * @param values whether to say by how much, for which both are read where they differ
   * @throws io.aifs.core.AifsException.Precondition with reason NOT_TENSORS if a file that differs
   *     holds none
   */
  public void compare(Side left, Side right, boolean values, Consumer<TensorDifference> receiver) {
    Map<String, ReadTarget.Found> before = files(left);
    Map<String, ReadTarget.Found> after = files(right);
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      ReadTarget.Found from = before.get(name);
      ReadTarget.Found to = after.get(name);
      if (from == null && to != null) {
        alone(name, to, false, receiver);
      } else if (to == null && from != null) {
        alone(name, from, true, receiver);
      } else if (to != null && from != null) {
        both(name, from, to, values, receiver);
      }
    }
  }

  private Map<String, ReadTarget.Found> files(Side side) {
    Map<String, ReadTarget.Found> files = new HashMap<>();
    for (Map.Entry<TreePath, TreeEntry.File> file :
        PathListing.files(client.tree(), side.ref(), side.directory()).entrySet()) {
      TreePath path = file.getKey();
      files.put(path.name(), new ReadTarget.Found(side.ref(), path, file.getValue().asset()));
    }
    return files;
  }

  private void both(
      String name,
      ReadTarget.Found from,
      ReadTarget.Found to,
      boolean values,
      Consumer<TensorDifference> receiver) {
    if (from.id().equals(to.id())) {
      receiver.accept(
          new TensorDifference(
              name, Kind.EQUAL, Optional.empty(), Optional.empty(), Optional.empty()));
      return;
    }
    List<TensorDifference> found = new ArrayList<>();
    client.tensors().diff(from, to, values, found::add);
    for (TensorDifference one : found) {
      receiver.accept(
          new TensorDifference(
              name(name, one.name(), found.size()),
              one.kind(),
              one.left(),
              one.right(),
              one.change()));
    }
  }

  private void alone(
      String name, ReadTarget.Found file, boolean isLeft, Consumer<TensorDifference> receiver) {
    var tensors = client.tensors().describe(file).layout().tensors();
    for (var tensor : tensors) {
      receiver.accept(
          new TensorDifference(
              name(name, tensor.name(), tensors.size()),
              isLeft ? Kind.REMOVED : Kind.ADDED,
              isLeft ? Optional.of(tensor.type()) : Optional.empty(),
              isLeft ? Optional.empty() : Optional.of(tensor.type()),
              Optional.empty()));
    }
  }

  /** A file of several tensors names each. */
  private static String name(String file, String tensor, int tensors) {
    return tensors == 1 ? file : file + ":" + tensor;
  }
}
