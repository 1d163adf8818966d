package io.aifs.server.grpc.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that a client gets to see of a call.
 *
 * @param details of the failure and the names of its trailers, as text
 */
record Answer(Status.Code code, String message, String details, List<DynamicMessage> replies) {
  private static final Pattern ID = Pattern.compile("(?:[0-9a-f]{2}){8,32}");

  Answer {
    replies = List.copyOf(replies);
  }

  boolean isOk() {
    return code == Status.Code.OK;
  }

  /** Whether it has this word, or this id in digits or in bytes. */
  boolean tells(String word) {
    String raw =
        ID.matcher(word).matches() ? new String(HexFormat.of().parseHex(word), ISO_8859_1) : word;
    return (message + details).contains(word)
        || pageTokens().stream().anyMatch(text -> text.contains(word))
        || replies.stream()
            .map(reply -> new String(reply.toByteArray(), ISO_8859_1))
            .anyMatch(text -> text.contains(word) || text.contains(raw));
  }

  /** What is inside the page tokens: they are opaque, but not secret. */
  List<String> pageTokens() {
    List<String> inside = new ArrayList<>();
    for (DynamicMessage reply : replies) {
      FieldDescriptor field = reply.getDescriptorForType().findFieldByName("next_page_token");
      if (field != null) {
        byte[] bytes = Base64.getUrlDecoder().decode((String) reply.getField(field));
        inside.add(new String(bytes, ISO_8859_1));
      }
    }
    return inside;
  }

  static Answer ok(List<DynamicMessage> replies) {
    return new Answer(Status.Code.OK, "", "", replies);
  }

  static Answer failed(StatusRuntimeException failure, List<DynamicMessage> before) {
    Status status = failure.getStatus();
    return new Answer(
        status.getCode(),
        String.valueOf(status.getDescription()),
        details(StatusProto.fromThrowable(failure)) + keys(failure.getTrailers()),
        before);
  }

  private static String details(com.google.rpc.@Nullable Status status) {
    List<String> details = new ArrayList<>();
    if (status != null) {
      for (Any detail : status.getDetailsList()) {
        details.add(detail.getTypeUrl() + detail.getValue().toStringUtf8());
      }
    }
    return String.join("\n", details);
  }

  private static String keys(@Nullable Metadata trailers) {
    return trailers == null ? "" : new TreeSet<>(trailers.keys()).toString();
  }

  static DynamicMessage parsed(com.google.protobuf.Descriptors.Descriptor type, byte[] bytes) {
    try {
      return DynamicMessage.parseFrom(type, bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
