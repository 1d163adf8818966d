package io.aifs.server.grpc.attack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A call with everything chosen that it names. */
record Filled(Template template, List<Choice> choices) {
  private static final int PREFIX_DIGITS = 12;

  Filled {
    choices = List.copyOf(choices);
  }

  static Filled of(Template template, Chooser chooser) {
    List<Choice> choices = new ArrayList<>();
    var _ =
        template.filled(
            (blank, digit) -> {
              choices.add(chooser.choose(blank, digit));
              return "";
            });
    return new Filled(template, choices);
  }

  boolean namesTheirs() {
    return choices.stream().anyMatch(choice -> choice.elsewhere().isPresent());
  }

  /** Whether it names something of somebody else that is of one of these kinds. */
  boolean namesTheirs(Set<ThingKind> kinds) {
    return choices.stream()
        .anyMatch(
            choice -> choice.elsewhere().isPresent() && kinds.contains(choice.thing().kind()));
  }

  /** The ids of the contents that it brings. */
  Set<String> ids() {
    return choices.stream()
        .map(Choice::thing)
        .filter(thing -> thing.kind() == ThingKind.CONTENT)
        .map(thing -> Party.idOf(thing.here()))
        .collect(Collectors.toSet());
  }

  /** The messages with what is chosen, as it is named in the store of both. */
  List<String> here() {
    return with(choice -> choice.thing().here());
  }

  /** The same in the store of one. */
  List<String> there() {
    return with(choice -> choice.thing().there());
  }

  /**
   * The same call about things that are nowhere instead of those of somebody else.
   *
   * @param nowhere makes another request id, as it is another request
   */
  Filled elsewhere(Names nowhere) {
    return new Filled(
        template,
        choices.stream()
            .map(
                choice ->
                    otherName(choice, nowhere)
                        .map(
                            name ->
                                new Choice(
                                    choice.lead(),
                                    Thing.same(choice.thing().kind(), name),
                                    choice.elsewhere(),
                                    choice.made()))
                        .orElse(choice))
            .toList());
  }

  private static Optional<String> otherName(Choice choice, Names nowhere) {
    return choice.thing().kind() == ThingKind.REQUEST
        ? Optional.of(nowhere.nameOf(ThingKind.REQUEST))
        : choice.elsewhere();
  }

  /** How what this names is called in another filling of the same template. */
  static Map<String, String> renamed(
      Filled from, Function<Thing, String> fromName, Filled to, Function<Thing, String> toName) {
    Map<String, String> renamed = new HashMap<>();
    for (int i = 0; i < from.choices.size(); i++) {
      Thing before = from.choices.get(i).thing();
      Thing after = to.choices.get(i).thing();
      add(renamed, fromName.apply(before), toName.apply(after));
      if (before.kind() == ThingKind.PATH) {
        addEach(renamed, fromName.apply(before), toName.apply(after));
      } else if (before.kind() == ThingKind.CONTENT) {
        add(renamed, Party.idOf(fromName.apply(before)), Party.idOf(toName.apply(after)));
      }
    }
    return renamed;
  }

  /** A directory of a path may be named without the rest. */
  private static void addEach(Map<String, String> renamed, String from, String to) {
    String[] before = from.split("/", -1);
    String[] after = to.split("/", -1);
    for (int i = 0; i < Math.min(before.length, after.length); i++) {
      add(renamed, before[i], after[i]);
    }
  }

  private static void add(Map<String, String> renamed, String from, String to) {
    if (!from.isEmpty() && !from.equals(to)) {
      renamed.put(from, to);
    }
  }

  private List<String> with(Function<Choice, String> naming) {
    Iterator<Choice> next = choices.iterator();
    return template.filled(
        (blank, _) -> {
          Choice choice = next.next();
          return choice.lead() + text(blank, naming.apply(choice));
        });
  }

  private static String text(String blank, String name) {
    return switch (blank) {
      case "digest" -> escaped(name);
      case "prefix" -> name.substring(0, Math.min(PREFIX_DIGITS, name.length()));
      case "dir" -> name.substring(0, Math.max(0, name.lastIndexOf('/')));
      default -> name;
    };
  }

  private static String escaped(String hex) {
    StringBuilder escaped = new StringBuilder();
    for (byte one : HexFormat.of().parseHex(hex)) {
      escaped.append('\\').append("%03o".formatted(one & 0xff));
    }
    return escaped.toString();
  }
}
