package io.aifs.server.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.EventItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFilterTest {
  private static final List<String> TYPES =
      List.of("asset.put", "asset.update", "tree.put", "tree.remove", "tree.move", "lineage.add");
  private static final List<String> PATHS =
      List.of("", "data", "data/a", "data/a/x", "data2", "src", "src/data");
  private static final List<String> BRANCHES = List.of("main", "dev");

  private static <T> T any(SplittableRandom random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static FeedEvent event(SplittableRandom random) {
    Map<String, String> details = new HashMap<>();
    if (random.nextBoolean()) {
      details.put("branch", any(random, BRANCHES));
    }
    if (random.nextInt(4) == 0) {
      details.put("from_path", any(random, PATHS));
    }
    boolean asset = random.nextBoolean();
    boolean path = random.nextBoolean();
    return new FeedEvent(
        EventId.START,
        any(random, TYPES),
        Instant.EPOCH,
        asset ? Optional.of(Digest.of(new byte[] {1})) : Optional.empty(),
        asset && random.nextInt(5) > 0
            ? Optional.of(new EventItem.About(AssetKind.ofCode(random.nextInt(4)), 1))
            : Optional.empty(),
        path ? Optional.of(new TreePath(any(random, PATHS))) : Optional.empty(),
        path && random.nextBoolean(),
        details);
  }

  /** What a subscriber asks for, as text, and what it means said plainly. */
  private static final class Model {
    final List<String> types = new ArrayList<>();
    final List<String> paths = new ArrayList<>();
    final List<String> kinds = new ArrayList<>();
    final List<String> branches = new ArrayList<>();
    boolean lineage;

    static Model random(SplittableRandom random) {
      Model model = new Model();
      for (int i = random.nextInt(3); i > 0; i--) {
        model.types.add(any(random, List.of("asset.*", "tree.put", "lineage.add", "*", "tree.*")));
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        model.paths.add(any(random, PATHS));
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        model.kinds.add(AssetKind.ofCode(random.nextInt(4)).name());
      }
      for (int i = random.nextInt(2); i > 0; i--) {
        model.branches.add(any(random, BRANCHES));
      }
      model.lineage = random.nextBoolean();
      return model;
    }

    String text(SplittableRandom random) {
      List<String> terms = new ArrayList<>();
      types.forEach(type -> terms.add("type=" + type));
      paths.forEach(path -> terms.add("path=\"" + path + (path.isEmpty() ? "" : "/") + "\""));
      kinds.forEach(kind -> terms.add("kind=" + kind));
      branches.forEach(branch -> terms.add("branch=" + branch));
      return String.join(random.nextBoolean() ? "," : "  ", terms);
    }

    boolean wants(FeedEvent event) {
      boolean ofLineage = event.type().equals("lineage.add");
      boolean type = types.isEmpty() && !ofLineage;
      for (String each : types) {
        type |= event.type().matches(each.replace(".", "\\.").replace("*", ".*"));
      }
      type |= ofLineage && lineage;
      boolean path = paths.isEmpty();
      for (String each : paths) {
        path |= event.path().filter(at -> touches(each, at.value(), event.directory())).isPresent();
        String from = event.details().get("from_path");
        path |= from != null && touches(each, from, event.directory());
      }
      boolean kind = kinds.isEmpty();
      for (String each : kinds) {
        kind |= event.about().filter(about -> about.kind().name().equals(each)).isPresent();
      }
      boolean branch = branches.isEmpty() || branches.contains(event.details().get("branch"));
      return type && path && kind && branch;
    }

    private static boolean touches(String wanted, String path, boolean directory) {
      String below = wanted.isEmpty() ? "" : wanted + "/";
      String all = path.isEmpty() ? "" : path + "/";
      return (path + "/").startsWith(below) || (directory && (wanted + "/").startsWith(all));
    }
  }

  @Test
  void filtersMeanWhatThePlainModelMeans() {
    SeededTest.run(
        300,
        random -> {
          Model model = Model.random(random);
          EventFilter filter = FilterText.parse(model.text(random), model.lineage);
          for (int i = 0; i < 50; i++) {
            FeedEvent event = event(random);
            assertThat(filter.wants(event))
                .as("%s of %s", filter, event)
                .isEqualTo(model.wants(event));
          }
        });
  }

  @Test
  void aWordAloneIsWhatTypesBeginWith() {
    EventFilter filter = FilterText.parse(" asset,tree.p ", false);
    assertThat(filter.types()).containsExactly("asset*", "tree.p*");
    assertThat(FilterText.parse("", true)).isEqualTo(EventFilter.ALL);
  }

  @Test
  void quotesHoldWhatElseEndsATerm() {
    EventFilter filter =
        FilterText.parse("path=\"a b,c/d=\\\"e\\\"\",kind=tensor branch=main", false);
    assertThat(filter.paths()).containsExactly(new TreePath("a b,c/d=\"e\""));
    assertThat(filter.kinds()).containsExactly(AssetKind.TENSOR);
    assertThat(filter.branches()).containsExactly(new Name("main"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour=red",
        "kind=PICTURE",
        "path=/a",
        "path=a/../b",
        "path=\"a",
        "path=\"a\"b",
        "type=ASSET",
        "type=a*b",
        "branch=Ü",
        "=",
        "*x"
      })
  void anythingElseIsRefusedByName(String text) {
    assertThatThrownBy(() -> FilterText.parse(text, false))
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessageContaining("the filter cannot be read");
  }

  @Test
  void aFilterHasLimits() {
    assertThatThrownBy(() -> FilterText.parse("a ".repeat(FilterText.TERMS_MAX + 1), false))
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessageContaining("terms");
    assertThatThrownBy(() -> FilterText.parse("a".repeat(20_000), false))
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessageContaining("characters");
  }
}
