package io.aifs.server.grpc.audit;

import io.aifs.proto.v1.Options;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.List;
import java.util.Set;

/** What the log makes of calls of a method. */
enum MethodClass {
  /** It only reads: none but refused calls are recorded. */
  READING,
  /**
   * Every call is recorded, and made also while that cannot be done: who looks after the store
   * finds out what is wrong.
   */
  INSPECTING,
  /** Every call is recorded. */
  CHANGING,
  /** The same, and it makes room on a full disk. */
  FREEING;

  private static final String DELETE = "delete";
  private static final Set<String> CHANGES = Set.of("put", DELETE, "snapshot", "admin");

  /** An administrator's, which show what there is and repair. */
  private static final Set<String> INSPECTS =
      Set.of(
          "aifs.v1.Maintenance/Fsck",
          "aifs.v1.Maintenance/ListJobs",
          "aifs.v1.Audit/Read",
          "aifs.v1.Audit/Verify",
          "aifs.v1.Search/ListQuarantine",
          "aifs.v1.Tokens/List",
          "aifs.v1.Tokens/ListRevoked");

  /** By what of the methods make room, but for those that a token needs {@code delete} for. */
  private static final Set<String> COLLECTS =
      Set.of("aifs.v1.Maintenance/Collect", "aifs.v1.Search/DropIndex");

  /** As the proto option says: a method changes something if no token that reads allows it. */
  static MethodClass of(MethodDescriptor<?, ?> method) {
    List<String> words = words(method);
    if (words.isEmpty() || !CHANGES.containsAll(words)) {
      return READING;
    }
    if (INSPECTS.contains(method.getFullMethodName())) {
      return INSPECTING;
    }
    return words.contains(DELETE) || COLLECTS.contains(method.getFullMethodName())
        ? FREEING
        : CHANGING;
  }

  private static List<String> words(MethodDescriptor<?, ?> method) {
    return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema
        ? schema.getMethodDescriptor().getOptions().getExtension(Options.method)
        : List.of();
  }
}
