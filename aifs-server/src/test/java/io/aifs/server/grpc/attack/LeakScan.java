package io.aifs.server.grpc.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.DynamicMessage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for names and ids of a party in what somebody else was answered. */
final class LeakScan {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{16,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Party owner;
  private final Pattern word;

  LeakScan(Party owner) {
    this.owner = owner;
    this.word = Pattern.compile(owner.names().mark() + "[0-9]{0," + Names.DIGITS + "}");
  }

  /**
   * The first word or id of the owner in an answer.
   *
   * @param allowed those that may be in it
   */
  Optional<String> find(Answer answer, Predicate<String> allowed) {
    Optional<String> found =
        inText(answer.message() + "\n" + answer.details() + "\n" + answer.pageTokens(), allowed);
    for (DynamicMessage reply : answer.replies()) {
      if (found.isEmpty()) {
        byte[] bytes = reply.toByteArray();
        found = inText(new String(bytes, ISO_8859_1), allowed).or(() -> inBytes(bytes, allowed));
      }
    }
    return found;
  }

  private Optional<String> inText(String text, Predicate<String> allowed) {
    if (text.contains(owner.names().mark())) {
      Optional<String> found =
          word.matcher(text).results().map(hit -> hit.group()).filter(allowed.negate()).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    Matcher ids = ID.matcher(text);
    while (ids.find()) {
      Optional<String> id = owner.idOf(Party.keyOf(ids.group())).filter(allowed.negate());
      if (id.isPresent()) {
        return id;
      }
    }
    return Optional.empty();
  }

  /** Digests that are not written in digits. */
  private Optional<String> inBytes(byte[] bytes, Predicate<String> allowed) {
    for (int at = 0; at + Long.BYTES <= bytes.length; at++) {
      Optional<String> id = owner.idOf((long) LONG.get(bytes, at)).filter(allowed.negate());
      if (id.isPresent()
          && id.get().indexOf('-') < 0
          && isAt(bytes, at, HexFormat.of().parseHex(id.get()))) {
        return id;
      }
    }
    return Optional.empty();
  }

  private static boolean isAt(byte[] bytes, int at, byte[] id) {
    for (int i = 0; i < id.length; i++) {
      if (at + i == bytes.length || bytes[at + i] != id[i]) {
        return false;
      }
    }
    return true;
  }

  /** All that is in these texts, whatever it is. */
  static Predicate<String> within(List<String> texts) {
    return word -> texts.stream().anyMatch(text -> text.contains(word));
  }
}
