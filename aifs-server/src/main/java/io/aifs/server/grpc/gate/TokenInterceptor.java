package io.aifs.server.grpc.gate;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.server.auth.Caller;
import io.aifs.server.auth.Permission;
import io.aifs.server.auth.TokenVerifier;
import io.aifs.server.auth.VerifiedToken;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
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
      Caller.of("nobody", EnumSet.noneOf(Permission.class), Optional.of(Set.of()));

  private final TokenVerifier verifier;
  private final LiveCalls live;
  private final boolean dev;
  private final Map<String, MethodRule> rules = new ConcurrentHashMap<>();

  /**
   * @param live keeps the calls that are let through
   * @param dev allow calls without a token; one that is sent must be good all the same
   */
  public TokenInterceptor(TokenVerifier verifier, LiveCalls live, boolean dev) {
    this.verifier = verifier;
    this.live = live;
    this.dev = dev;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Optional<InetAddress> client = clientOf(call);
    MethodRule rule =
        rules.computeIfAbsent(
            call.getMethodDescriptor().getFullMethodName(),
            _ -> MethodRule.of(call.getMethodDescriptor()));
    Optional<VerifiedToken> token =
        rule instanceof MethodRule.Open
            ? Optional.empty()
            : authenticate(headers.get(AUTHORIZATION), client);
    Caller caller = callerOf(call.getMethodDescriptor(), rule, token);
    CallScope scope = new CallScope(caller, token, CallGuard.requestId(), namespaces(headers));
    Context context = Context.current().withValue(CallScope.KEY, scope);
    return token.isPresent()
        ? live(call, headers, next, context, token.get(), client)
        : Contexts.interceptCall(context, call, headers, next);
  }

  private <Q, R> ServerCall.Listener<Q> live(
      ServerCall<Q, R> call,
      Metadata headers,
      ServerCallHandler<Q, R> next,
      Context context,
      VerifiedToken token,
      Optional<InetAddress> client) {
    Context.CancellableContext cancellable = context.withCancellation();
    LiveCalls.LiveCall<Q, R> begun = live.begin(call, cancellable, token, client);
    try {
      return begun.watched(Contexts.interceptCall(cancellable, begun, headers, next));
    } catch (RuntimeException e) {
      live.end(begun);
      throw e;
    }
  }

  /** Empty for a caller in this process or on its Unix socket. */
  private static Optional<InetAddress> clientOf(ServerCall<?, ?> call) {
    SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return switch (remote) {
      case InetSocketAddress tcp -> Optional.of(tcp.getAddress());
      case null -> Optional.of(new InetSocketAddress(0).getAddress()); // nobody's, so not local
      default -> Optional.empty();
    };
  }

  /** Whether this is who calls what needs no token. */
  @SuppressWarnings("ReferenceEquality") // a token may call itself anything
  static boolean isNobody(Caller caller) {
    return caller == NOBODY;
  }

  private static Caller callerOf(
      MethodDescriptor<?, ?> method, MethodRule known, Optional<VerifiedToken> token) {
    Caller caller = token.map(VerifiedToken::caller).orElse(Caller.DEV);
    return switch (known) {
      case MethodRule.Open _ -> NOBODY;
      case MethodRule.AnyToken _ -> caller;
      case MethodRule.AnyOf rule -> {
        rule.check(caller);
        yield caller;
      }
      case MethodRule.Closed _ ->
          throw new AifsException.Denied(
              Reason.TOKEN_NOT_ALLOWED,
              "no token allows " + method.getFullMethodName(),
              "report this: the method does not say what it needs");
    };
  }

  /** Empty for a call without a token in dev mode. */
  private Optional<VerifiedToken> authenticate(
      @Nullable String header, Optional<InetAddress> client) {
    String token = header == null ? "" : withoutScheme(header.strip());
    if (token.isEmpty()) {
      if (dev) {
        CallNotes.current().caller(Caller.DEV);
        return Optional.empty();
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
    VerifiedToken authentic = verifier.authentic(token);
    CallNotes.current().caller(authentic.caller()); // also of one that is refused now
    verifier.admit(authentic, client);
    return Optional.of(authentic);
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
