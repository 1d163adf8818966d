package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.core.Reason;
import io.aifs.core.model.AssociationData;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationType;
import io.aifs.core.model.AssociationWrite;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.proto.v1.AssociationTypeInfo;
import io.aifs.proto.v1.FoundAssociation;
import io.aifs.server.catalog.AssociationPage;
import io.aifs.server.catalog.AssociationRow;
import io.aifs.server.engine.association.AssociationAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Associations between the wire and the model. What is malformed names its field. */
final class AssociationWire {
  private static final String ID_HINT =
      "write asset:<id>, snap:<id>, ref:<name>, or <scheme>:<rest> for something outside";

  private AssociationWire() {}

  static ObjectId id(String field, String value) {
    return Requests.parsed(Reason.ARGUMENT_INVALID, field, ID_HINT, () -> ObjectId.parse(value));
  }

  private static AssociationName name(String at, String id1, String type, String id2) {
    return new AssociationName(
        id(at + ".id1", id1), Requests.name(at + ".type", type), id(at + ".id2", id2));
  }

  /** Associations to write, of any message that holds some. */
  static List<AssociationWrite> writes(
      String field, List<io.aifs.proto.v1.AssociationWrite> values) {
    List<AssociationWrite> writes = new ArrayList<>(values.size());
    for (io.aifs.proto.v1.AssociationWrite value : values) {
      String at = field + "[" + writes.size() + "]";
      AssociationName name = name(at, value.getId1(), value.getType(), value.getId2());
      Optional<Long> time =
          value.hasTimeNanos() ? Optional.of(value.getTimeNanos()) : Optional.empty();
      writes.add(new AssociationWrite(name, time, data(at + ".data", value.getData())));
    }
    return writes;
  }

  private static AssociationData data(String field, ByteString value) {
    return value.isEmpty()
        ? AssociationData.EMPTY
        : Requests.parsed(
            Reason.LIMIT_EXCEEDED,
            field,
            "put large data as an asset and associate that",
            () -> new AssociationData(value.toByteArray()));
  }

  /** Names of associations, of any message that holds some. */
  static List<AssociationName> names(String field, List<io.aifs.proto.v1.AssociationName> values) {
    List<AssociationName> names = new ArrayList<>(values.size());
    for (io.aifs.proto.v1.AssociationName value : values) {
      String at = field + "[" + names.size() + "]";
      names.add(name(at, value.getId1(), value.getType(), value.getId2()));
    }
    return names;
  }

  static AssociationTypeInfo type(AssociationType type) {
    return AssociationTypeInfo.newBuilder()
        .setName(type.name().value())
        .setInverse(type.symmetric() ? "" : type.inverse().map(Name::value).orElse(""))
        .setSymmetric(type.symmetric())
        .setBuiltIn(type.builtIn())
        .build();
  }

  static io.aifs.proto.v1.AssociationAnswer answer(AssociationAnswer answer) {
    io.aifs.proto.v1.AssociationAnswer.Builder wire =
        io.aifs.proto.v1.AssociationAnswer.newBuilder();
    switch (answer) {
      case AssociationAnswer.Counted(long count) -> wire.setCount(count);
      case AssociationAnswer.Found(AssociationPage page) -> {
        page.rows().forEach(row -> wire.addAssociations(found(row)));
        page.next().ifPresent(next -> wire.setNextPageToken(AssociationQueries.token(next)));
      }
    }
    return wire.build();
  }

  private static FoundAssociation found(AssociationRow row) {
    return FoundAssociation.newBuilder()
        .setId2(row.id2().toString())
        .setTimeNanos(row.timeNanos())
        .setData(UnsafeByteOperations.unsafeWrap(row.data().bytes()))
        .build();
  }
}
