package io.aifs.core.model;

import io.aifs.core.AifsException;
import io.aifs.core.address.Address;
import io.aifs.core.address.AddressParser;
import io.aifs.core.address.Ref;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names, paths, ids, times and addresses, as people and programs send them. */
class ModelFuzzTest {
  private static final String ASSET = "0123456789abcdef".repeat(4);
  private static final String SNAPSHOT = "0123456789abcdef".repeat(2);
  private static final AddressParser ADDRESSES = new AddressParser(new Name("models"));

  @ParameterizedTest
  @MethodSource({"words", "ids", "addresses"})
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> words() {
    return List.of(
        FuzzTarget.text(Name.class, "new", Name::new, "main", "models_2026", "v1.0-rc")
            .hasOneText(Name::value),
        FuzzTarget.text(
                TreePath.class,
                "new",
                TreePath::new,
                "",
                "data/train/0001.bin",
                "gr\u00f6\u00dfe/\u6a21\u578b")
            .hasOneText(TreePath::value),
        FuzzTarget.bytes(
                AssociationData.class, "new", AssociationData::new, new byte[0], new byte[200])
            .hasOneForm(AssociationData::bytes),
        FuzzTarget.bytes(
                FloatVectors.class, "decode", FloatVectors::decode, new byte[0], new byte[64])
            .hasOneForm(FloatVectors::encode),
        FuzzTarget.text(AssociationData.class, "of", AssociationData::of, "", "{\"loss\": 0.1}"),
        FuzzTarget.text(
                Timestamps.class, "parse", Timestamps::parse, "2026-11-26T08:00:00.123456+00:00")
            .hasOneText(Timestamps::format),
        FuzzTarget.text(
            Timestamps.class,
            "parseAny",
            Timestamps::parseAny,
            "2026-11-26",
            "2026-11-26T08:00:00Z",
            "2026-11-26T08:00:00.123456789+01:00",
            "-999999999-01-01T00:00:00+18:00"));
  }

  static List<FuzzTarget<?>> ids() {
    UUID uuid = UUID.fromString("0192f0c1-2345-7abc-8def-0123456789ab");
    return List.of(
        FuzzTarget.text(SnapshotId.class, "new", SnapshotId::new, SNAPSHOT)
            .hasOneText(SnapshotId::hex),
        FuzzTarget.text(
                ObjectId.class,
                "parse",
                ObjectId::parse,
                "asset:" + ASSET,
                SNAPSHOT,
                "ref:main",
                "run:812/\u00e9")
            .hasStableText(ObjectId::toString),
        FuzzTarget.bytes(
                ObjectId.class,
                "fromBytes",
                ObjectId::fromBytes,
                ObjectId.parse("asset:" + ASSET).toBytes(),
                ObjectId.parse("snap:" + SNAPSHOT).toBytes(),
                ObjectId.parse("ref:main").toBytes(),
                ObjectId.parse("git:1a2b3c").toBytes())
            .hasOneForm(ObjectId::toBytes),
        FuzzTarget.text(
                ObjectId.External.class, "new", ObjectId.External::new, "run:812", "git:1a2b")
            .hasOneText(ObjectId.External::text),
        FuzzTarget.text(TransactionId.class, "parse", TransactionId::parse, uuid.toString())
            .hasOneText(TransactionId::toString),
        FuzzTarget.bytes(
                TransactionId.class,
                "fromBytes",
                TransactionId::fromBytes,
                new TransactionId(uuid).toBytes())
            .hasOneForm(TransactionId::toBytes));
  }

  static List<FuzzTarget<?>> addresses() {
    String[] full = {
      "aifs://" + ASSET,
      "aifs://models/" + ASSET,
      "aifs-snap://" + SNAPSHOT,
      "aifs://models/main/data/x.bin",
      "aifs://models/main~3/data/",
      "aifs://models/main@{2026-11-26T08:00:00Z}/data",
      "aifs://models/snap:" + SNAPSHOT + "/a"
    };
    String[] shorts = {"main:data/x", "./a:b", ASSET, SNAPSHOT, "abcdef12", "v1~2:", "data/x/"};
    return List.of(
        FuzzTarget.text(AddressParser.class, "parseFull", AddressParser::parseFull, full)
            .refusesWith(AifsException.InvalidRequest.class)
            .hasStableText(Address::toString),
        FuzzTarget.text(AddressParser.class, "parse", ADDRESSES::parse, shorts)
            .refusesWith(AifsException.InvalidRequest.class),
        FuzzTarget.text(
                AddressParser.class,
                "parseRef",
                ADDRESSES::parseRef,
                "main",
                "v1~2:data",
                SNAPSHOT,
                "main@{2026-11-26}:x")
            .refusesWith(AifsException.InvalidRequest.class),
        FuzzTarget.text(
                Ref.class,
                "parse",
                Ref::parse,
                "main",
                "v1~12",
                "snap:" + SNAPSHOT,
                "main@{2026-11-26}")
            .hasStableText(Ref::toString));
  }
}
