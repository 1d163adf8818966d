package io.aifs.server.grpc;

import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreeEntry;
import io.aifs.server.engine.FilePut;
import java.util.ArrayList;
import java.util.List;

/** From the entries of a batched put to the model. */
final class FilePuts {
  private FilePuts() {}

  /** The entries, all of which the call's token lets its holder put into the branch. */
  static List<FilePut> of(Name branch, List<io.aifs.proto.v1.FilePut> files) {
    if (files.isEmpty() || files.size() > Limits.BATCH_ENTRIES_MAX) {
      throw Requests.invalid(
          Reason.LIMIT_EXCEEDED,
          "files",
          "a batch is 1 to " + Limits.BATCH_ENTRIES_MAX + " entries: " + files.size(),
          "split it");
    }
    List<FilePut> puts = new ArrayList<>(files.size());
    for (int at = 0; at < files.size(); at++) {
      puts.add(of("files[" + at + "]", files.get(at)));
    }
    Scope.current().requirePuts(branch, puts);
    return puts;
  }

  private static FilePut of(String field, io.aifs.proto.v1.FilePut file) {
    FilePut.What what = what(field, file);
    return new FilePut(
        Requests.path(field + ".path", file.getPath()),
        what,
        attributes(field, what, file),
        Requests.kind(file.getKindValue()),
        file.getMetadataMap(),
        Requests.parents(field + ".parents", file.getParentsList()));
  }

  private static FilePut.What what(String field, io.aifs.proto.v1.FilePut file) {
    return switch (file.getContentCase()) {
      case DATA -> new FilePut.What.Data(file.getData().toByteArray());
      case ASSET_ID ->
          new FilePut.What.Known(Requests.assetId(field + ".asset_id", file.getAssetId()));
      case SYMLINK -> new FilePut.What.Symlink(target(field, file.getSymlink().getTarget()));
      case DIRECTORY -> new FilePut.What.Directory();
      case CONTENT_NOT_SET ->
          throw Requests.invalid(
              Reason.ARGUMENT_MISSING,
              field,
              "entry '" + file.getPath() + "' has no content",
              "send data, an asset id, a link target or a directory");
    };
  }

  private static String target(String field, String target) {
    return Requests.parsed(
        Reason.ARGUMENT_INVALID,
        field + ".symlink.target",
        "send the target as the link has it",
        () -> new TreeEntry.Symlink(target, FileAttributes.PLAIN_FILE).target());
  }

  private static FileAttributes attributes(
      String field, FilePut.What what, io.aifs.proto.v1.FilePut file) {
    if (!file.hasAttributes()) {
      return what instanceof FilePut.What.Directory
          ? FileAttributes.PLAIN_DIRECTORY
          : FileAttributes.PLAIN_FILE;
    }
    return Requests.attributes(
        field + ".attributes",
        file.getAttributes().getMode(),
        file.getAttributes().getMtimeNanos());
  }
}
