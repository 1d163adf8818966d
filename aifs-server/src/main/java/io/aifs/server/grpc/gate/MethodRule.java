package io.aifs.server.grpc.gate;

import com.google.protobuf.Descriptors;
import io.aifs.proto.v1.Options;
import io.aifs.server.auth.Caller;
import io.aifs.server.auth.Permission;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a token must allow for a method, as its proto option says. */
sealed interface MethodRule {
  /** Needs no token. */
  record Open() implements MethodRule {}

  /** Needs a valid token and nothing more. */
  record AnyToken() implements MethodRule {}

  /**
   * Needs a token that allows any of these.
   *
   * @param also and all of these
   * @param storeWide a token that names namespaces does not do
   * @param restricted a token that is restricted to paths, refs, kinds or assets does
   */
  record AnyOf(
      Set<Permission> permissions, Set<Permission> also, boolean storeWide, boolean restricted)
      implements MethodRule {
    public AnyOf {
      permissions = Set.copyOf(permissions);
      also = Set.copyOf(also);
    }

    /**
     * Returns if the caller may make the call.
     *
     * @throws io.aifs.core.AifsException.Denied otherwise
     */
    void check(Caller caller) {
      caller.require(permissions);
      caller.requireAll(also);
      if (storeWide) {
        caller.requireWholeStore();
      }
      if (!restricted) {
        caller.requireUnrestricted();
      }
    }
  }

  /** Says nothing: nobody may call it. */
  record Closed() implements MethodRule {}

  static MethodRule of(MethodDescriptor<?, ?> method) {
    return switch (String.valueOf(method.getServiceName())) {
      case "grpc.health.v1.Health" -> new Open();
      case "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection" ->
          new AnyToken();
      default ->
          method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema
              ? of(schema.getMethodDescriptor())
              : new Closed();
    };
  }

  static MethodRule of(Descriptors.MethodDescriptor method) {
    List<String> words = method.getOptions().getExtension(Options.method);
    if (words.isEmpty()) {
      return new Closed();
    }
    if (words.contains("open")) {
      return new Open();
    }
    if (words.contains("any")) {
      return new AnyToken();
    }
    return new AnyOf(
        permissions(method, words),
        permissions(method, method.getOptions().getExtension(Options.also)),
        method.getOptions().getExtension(Options.storeWide),
        method.getOptions().getExtension(Options.restricted));
  }

  private static Set<Permission> permissions(
      Descriptors.MethodDescriptor method, List<String> words) {
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    for (String word : words) {
      permissions.add(
          Permission.ofWord(word)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          method.getFullName() + " names an unknown method: " + word)));
    }
    return permissions;
  }
}
