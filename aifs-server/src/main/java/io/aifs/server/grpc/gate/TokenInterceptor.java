package io.aifs.server.grpc.gate;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.server.auth.Caller;
import io.aifs.server.auth.Permission;
import io.aifs.server.auth.TokenVerifier;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one authorisation gate: every call passes it, and a call whose method does not say what it
 * needs does not pass. Thread-safe.
 */
public final class TokenInterceptor implements ServerInterceptor {
  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<String> NAMESPACE =
      Metadata.Key.of("aifs-namespace", Metadata.ASCII_STRING_MARSHALLER);

  private static final String SCHEME = "Bearer ";
  private static final Caller NOBODY =
      new Caller("nobody", EnumSet.noneOf(Permission.class), Optional.of(Set.of()));

  private final TokenVerifier verifier;
  private final boolean dev;
  private final Map<String, MethodRule> rules = new ConcurrentHashMap<>();

  /**
   * @param dev allow calls without a token; one that is sent must be good all the same
   */
  public TokenInterceptor(TokenVerifier verifier, boolean dev) {
    this.verifier = verifier;
    this.dev = dev;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Caller caller = callerOf(call.getMethodDescriptor(), headers.get(AUTHORIZATION));
    CallScope scope = new CallScope(caller, CallGuard.requestId(), namespaces(headers));
    Context context = Context.current().withValue(CallScope.KEY, scope);
    return Contexts.interceptCall(context, call, headers, next);
  }

  private Caller callerOf(MethodDescriptor<?, ?> method, @Nullable String header) {
    MethodRule rule = rules.computeIfAbsent(method.getFullMethodName(), _ -> MethodRule.of(method));
    return switch (rule) {
      case MethodRule.Open _ -> NOBODY;
      case MethodRule.AnyToken _ -> authenticate(header);
      case MethodRule.AnyOf(Set<Permission> permissions) -> {
        Caller caller = authenticate(header);
        caller.require(permissions);
        yield caller;
      }
      case MethodRule.Closed _ ->
          throw new AifsException.Denied(
              Reason.TOKEN_NOT_ALLOWED,
              "no token allows " + method.getFullMethodName(),
              "report this: the method does not say what it needs");
    };
  }

  private Caller authenticate(@Nullable String header) {
    String token = header == null ? "" : withoutScheme(header.strip());
    if (token.isEmpty()) {
      if (dev) {
        return Caller.DEV;
      }
      throw new AifsException.Unauthenticated(
          Reason.TOKEN_MISSING,
          "the call has no token",
          "send one in the metadata key authorization as 'Bearer <token>', or give the command"
              + " --token-file");
    }
    if (token.length() > Limits.TOKEN_BYTES_MAX) {
      throw new AifsException.Denied(
          Reason.TOKEN_INVALID,
          "the token is over " + Limits.TOKEN_BYTES_MAX + " bytes",
          "get a new token from whoever runs the store");
    }
    return verifier.verify(token);
  }

  private static String withoutScheme(String value) {
    return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? value.substring(SCHEME.length()).strip()
        : value;
  }

  private static List<String> namespaces(Metadata headers) {
    Iterable<String> values = headers.getAll(NAMESPACE);
    return values == null
        ? List.of()
        : StreamSupport.stream(values.spliterator(), false).map(String::strip).toList();
  }
}
