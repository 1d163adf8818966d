package io.aifs.server.grpc.attack;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.function.Consumer;

/** Takes from what a party was answered all that can be named in other calls. */
final class Harvest {
  private final Consumer<Thing> found;

  Harvest(Consumer<Thing> found) {
    this.found = found;
  }

  /** The answers are those of the two stores to one call. */
  void take(Answer here, Answer there) {
    for (int i = 0; i < here.replies().size(); i++) {
      take(here.replies().get(i), there.replies().get(i));
    }
  }

  private void take(Message here, Message there) {
    for (FieldDescriptor field : here.getDescriptorForType().getFields()) {
      Object one = here.getField(field);
      Object other = there.getField(field);
      if (field.isRepeated()) {
        List<?> many = (List<?>) one;
        for (int i = 0; i < many.size(); i++) {
          take(field, many.get(i), ((List<?>) other).get(i));
        }
      } else {
        take(field, one, other);
      }
    }
  }

  private void take(FieldDescriptor field, Object here, Object there) {
    if (here instanceof Message message) {
      take(message, (Message) there);
    } else if (here instanceof String text && !text.isEmpty()) {
      ThingKind kind = kindOf(field);
      if (kind != ThingKind.VALUE) {
        found.accept(new Thing(kind, text, (String) there));
      }
    }
  }

  private static ThingKind kindOf(FieldDescriptor field) {
    return switch (field.getFullName()) {
      case "aifs.v1.TransactionInfo.id" -> ThingKind.TRANSACTION;
      case "aifs.v1.SigningKeyInfo.key_id" -> ThingKind.SIGNING_KEY;
      case "aifs.v1.TokenInfo.token_id" -> ThingKind.TOKEN;
      default ->
          switch (field.getName()) {
            case "snapshot_id", "base_snapshot_id", "to_snapshot_id" -> ThingKind.SNAPSHOT;
            case "next_page_token" -> ThingKind.PAGE;
            case "event_id", "resume_after" -> ThingKind.EVENT;
            default -> ThingKind.VALUE;
          };
    };
  }
}
