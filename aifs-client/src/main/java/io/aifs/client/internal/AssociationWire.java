package io.aifs.client.internal;

import com.google.protobuf.UnsafeByteOperations;
import io.aifs.client.Associations;
import io.aifs.core.model.Association;
import io.aifs.core.model.AssociationData;
import io.aifs.core.model.AssociationType;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.proto.v1.AssociationAnswer;
import io.aifs.proto.v1.AssociationName;
import io.aifs.proto.v1.AssociationQuery;
import io.aifs.proto.v1.AssociationTimeRange;
import io.aifs.proto.v1.AssociationTypeInfo;
import io.aifs.proto.v1.AssociationWrite;
import io.aifs.proto.v1.CountAssociations;
import io.aifs.proto.v1.GetAssociations;
import java.util.List;
import java.util.Optional;

/** Associations between the wire and the model. */
final class AssociationWire {
  private AssociationWire() {}

  static AssociationType type(AssociationTypeInfo info) {
    Name name = new Name(info.getName());
    if (info.getSymmetric()) {
      return new AssociationType(name, Optional.of(name));
    }
    return new AssociationType(
        name, Optional.of(info.getInverse()).filter(text -> !text.isEmpty()).map(Name::new));
  }

  static AssociationWrite write(io.aifs.core.model.AssociationWrite write) {
    AssociationWrite.Builder wire =
        AssociationWrite.newBuilder()
            .setId1(write.name().id1().toString())
            .setType(write.name().type().value())
            .setId2(write.name().id2().toString())
            .setData(UnsafeByteOperations.unsafeWrap(write.data().bytes()));
    write.timeNanos().ifPresent(wire::setTimeNanos);
    return wire.build();
  }

  static AssociationName name(io.aifs.core.model.AssociationName name) {
    return AssociationName.newBuilder()
        .setId1(name.id1().toString())
        .setType(name.type().value())
        .setId2(name.id2().toString())
        .build();
  }

  static AssociationQuery query(Associations.Query query) {
    AssociationQuery.Builder wire =
        AssociationQuery.newBuilder().setId1(query.id1().toString()).setType(query.type().value());
    switch (query) {
      case Associations.Query.Count _ -> wire.setCount(CountAssociations.getDefaultInstance());
      case Associations.Query.Get get -> {
        GetAssociations.Builder of = wire.getGetBuilder();
        get.id2s().forEach(id2 -> of.addId2(id2.toString()));
        of.setLowNanos(get.times().lowNanos()).setHighNanos(get.times().highNanos());
      }
      case Associations.Query.Range range -> {
        AssociationTimeRange.Builder of = wire.getTimeRangeBuilder();
        of.setLimit(range.limit()).setPageToken(range.pageToken());
        of.setLowNanos(range.times().lowNanos()).setHighNanos(range.times().highNanos());
      }
    }
    return wire.build();
  }

  static Associations.Answer answer(Associations.Query query, AssociationAnswer answer) {
    List<Association> found =
        answer.getAssociationsList().stream()
            .map(
                one ->
                    new Association(
                        query.id1(),
                        query.type(),
                        ObjectId.parse(one.getId2()),
                        one.getTimeNanos(),
                        new AssociationData(one.getData().toByteArray())))
            .toList();
    return new Associations.Answer(found, answer.getCount(), answer.getNextPageToken());
  }
}
