package io.aifs.server.engine.event;

import io.aifs.core.AifsException;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What subscribers send: filters, and the place from which they go on. */
class EventTextFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    return List.of(
        FuzzTarget.text(
                FilterText.class,
                "parse",
                text -> FilterText.parse(text, false),
                "",
                "type=asset.*, path=data/ kind=TENSOR branch=main",
                "path=\"a b\",asset.put",
                "tree")
            .refusesWith(AifsException.InvalidRequest.class)
            .allocates(1 << 20, 256),
        FuzzTarget.text(FilterText.class, "path", FilterText::path, "data/", "a/b")
            .refusesWith(AifsException.InvalidRequest.class),
        FuzzTarget.text(FilterText.class, "type", FilterText::type, "asset.*", "tree.put")
            .refusesWith(AifsException.InvalidRequest.class),
        FuzzTarget.text(
                EventId.class,
                "parse",
                EventId::parse,
                EventId.START.toString(),
                new EventId(1_795_000_000_000L, new FeedPosition(812, 3)).toString())
            .hasOneText(id -> id.orElseThrow().toString()));
  }
}
