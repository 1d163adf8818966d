package io.aifs.server.grpc;

import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.TensorTarget;
import io.aifs.server.catalog.NamespaceRow;

/** Which asset a target names, as far as the call's token lets its holder read it. Thread-safe. */
final class TensorTargets {
  private final ScopedReads paths;

  TensorTargets(ScopedReads paths) {
    this.paths = paths;
  }

  /**
   * The asset of a target.
   *
   * @param field the message's field
   * @throws io.aifs.core.AifsException.NotFound if there is none, or not for this caller
   * @throws io.aifs.core.AifsException.Denied if the token does not allow the ref or path, or
   *     reading by id
   */
  Digest asset(NamespaceRow namespace, String field, TensorTarget target) {
    return switch (target.getTargetCase()) {
      case ASSET_ID -> {
        Digest id = Requests.assetId(field + ".asset_id", target.getAssetId());
        requireReadable(namespace, field, id, target);
        yield id;
      }
      case PATH -> {
        Ref ref = Requests.ref(field + ".ref", target.getRef());
        TreePath path = Requests.path(field + ".path", target.getPath());
        Scope.current().requireOnWay(path);
        yield paths.read(namespace, ref, queries -> queries.requireFile(path)).asset();
      }
      case TARGET_NOT_SET ->
          throw Requests.invalid(
              Reason.ARGUMENT_MISSING,
              field,
              field + " names neither an asset id nor a path",
              "send one of them");
    };
  }

  private void requireReadable(
      NamespaceRow namespace, String field, Digest id, TensorTarget target) {
    if (!target.getFoundPath().isEmpty()) {
      var _ = Requests.ref(field + ".ref", target.getRef());
      var _ = Requests.path(field + ".found_path", target.getFoundPath());
    }
    paths.requireReadable(namespace, id, target.getRef(), target.getFoundPath());
  }
}
