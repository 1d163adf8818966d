package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.aifs.crypto.testing.SeededTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Requests of any type, made of what answers held before and of what no honest client sends. Ids,
 * names and tokens that came back are used again, mostly in fields like those they came in, so that
 * many requests get past the first check.
 */
final class RandomMessages {
  private static final int KEPT_MAX = 40;
  private static final int DEPTH_MAX = 5;

  private static final List<String> WORDS =
      List.of(
          "",
          "main",
          "dev",
          "default",
          "v1",
          "data",
          "data/a.bin",
          "data/",
          "../x",
          "a//b",
          "/",
          "main~1",
          "main~1000000",
          "main~99999999999",
          "main@{2026-11-26T00:00:00Z}",
          "main@{9999-12-31T23:59:59Z}",
          "main@{0000-01-01}",
          "snap:" + "ab".repeat(16),
          "ab".repeat(16),
          "ab".repeat(32),
          "abcd",
          "2026-11-26",
          "+999999999-12-31T23:59:59Z",
          "-999999999-01-01T00:00:00Z",
          "2026-11-26T08:00:00.123456+00:00",
          "9999-12-31T23:59:59.999999+00:00",
          "asset:" + "ab".repeat(32),
          "run:812",
          "ref:main",
          "type=asset.*",
          "kind=TENSOR,path=\"a b\"",
          "*",
          "0",
          "-1",
          "9223372036854775807",
          "1:0",
          "9223372036854775807:2147483647",
          "5 64 " + "ab".repeat(32),
          "5 70 asset:" + "ab".repeat(32),
          "5 70 asset:" + "ab".repeat(32) + "9999:" + "x".repeat(9_999),
          "udata",
          "pdata",
          "\0",
          "gr\u00f6\u00dfe",
          "\ud83d\ude00",
          "x".repeat(300),
          "x/".repeat(2_000),
          "y".repeat(70_000),
          "{\"version\": 1}",
          "{\"version\": 1, \"metadata\": {\"*\": {\"pattern\": \"(a+)+$\"}}}",
          "0192f0c1-2345-7abc-8def-0123456789ab",
          "00000000-0000-7000-8000-000000000000");

  private static final String TOPICS = "ancpsildbmtrxyk";

  private static final long[] NUMBERS = {
    0,
    1,
    2,
    3,
    10,
    100,
    384,
    0644,
    4_096,
    65_536,
    1 << 20,
    -1,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final SplittableRandom random;
  private final Map<String, List<String>> kept = new TreeMap<>();
  private final List<ByteString> keptBytes = new ArrayList<>();

  RandomMessages(SplittableRandom random) {
    this.random = random;
  }

  Message next(Descriptor type) {
    return next(type, 0);
  }

  private Message next(Descriptor type, int depth) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      if (isWanted(field, depth)) {
        if (field.isRepeated()) {
          for (int i = random.nextInt(4); i > 0; i--) {
            message.addRepeatedField(field, value(field, depth));
          }
        } else {
          message.setField(field, value(field, depth));
        }
      }
    }
    return message.build();
  }

  private boolean isWanted(FieldDescriptor field, int depth) {
    boolean rare = field.getName().equals("namespace") || field.getName().equals("request_id");
    return random.nextInt(100) < (rare ? 15 : 65)
        && (depth < DEPTH_MAX || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE);
  }

  private Object value(FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case INT -> (int) number();
      case LONG -> number();
      case FLOAT -> random.nextBoolean() ? Float.NaN : (float) number();
      case DOUBLE -> random.nextBoolean() ? Double.NaN : (double) number();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text(field.getName());
      case BYTE_STRING -> bytes();
      case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(-1, 12));
      case MESSAGE -> next(field.getMessageType(), depth + 1);
    };
  }

  private long number() {
    return random.nextInt(3) == 0 ? random.nextInt(50) : NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private String text(String field) {
    int choice = random.nextInt(100);
    if (field.endsWith("page_token") && choice < 60) {
      return pageToken();
    }
    List<String> like = kept.getOrDefault(family(field), WORDS);
    if (choice < 70) {
      return any(like);
    }
    if (choice < 80) {
      return any(List.copyOf(kept.values()).isEmpty() ? WORDS : any(List.copyOf(kept.values())));
    }
    if (choice < 95) {
      return any(WORDS);
    }
    return any(like) + new String(SeededTest.bytes(random, 3), StandardCharsets.UTF_8);
  }

  private String pageToken() {
    String place = random.nextBoolean() ? any(WORDS) : text("asset_id");
    String token = "1" + TOPICS.charAt(random.nextInt(TOPICS.length())) + place;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(token.getBytes(StandardCharsets.UTF_8));
  }

  private ByteString bytes() {
    if (!keptBytes.isEmpty() && random.nextInt(3) == 0) {
      return any(keptBytes);
    }
    int[] lengths = {0, 1, 7, 32, 64, 96, 300, 1_536, 5_000};
    return ByteString.copyFrom(SeededTest.bytes(random, lengths[random.nextInt(lengths.length)]));
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** Fields that hold the same sort of thing. */
  private static String family(String field) {
    if (field.contains("asset_id") || field.contains("digest") || field.startsWith("id")) {
      return "asset_id";
    }
    if (field.contains("snapshot_id") || field.equals("ref") || field.equals("at")) {
      return "snapshot_id";
    }
    return switch (field) {
      case "from", "to" -> "snapshot_id";
      case "branch_name", "branch", "branches" -> "branch";
      case "tag_name", "tags" -> "tag";
      case "paths", "path", "from_path", "to_path" -> "path";
      case "token", "transaction" -> "transaction";
      default -> field;
    };
  }

  /** Remembers what an answer holds. */
  void learn(Message answer) {
    answer
        .getAllFields()
        .forEach(
            (field, value) -> {
              List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
              values.stream().limit(5).forEach(one -> learn(field, one));
            });
  }

  private void learn(FieldDescriptor field, Object value) {
    if (value instanceof Message message) {
      learn(message);
    } else if (value instanceof String text && text.length() < 5_000) {
      keep(kept.computeIfAbsent(family(field.getName()), _ -> new ArrayList<>()), text);
    } else if (value instanceof ByteString bytes && bytes.size() < 20_000) {
      keep(keptBytes, bytes);
    }
  }

  private <T> void keep(List<T> values, T value) {
    if (values.size() < KEPT_MAX) {
      values.add(value);
    } else {
      values.set(random.nextInt(KEPT_MAX), value);
    }
  }
}
