package io.aifs.cli.output;

import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a JSON object, in the order in which they are added. */
public final class Fields {
  private final Map<String, Object> values = new LinkedHashMap<>();

  public static Fields of(String name, Object value) {
    return new Fields().with(name, value);
  }

  /** Adds a field: text, a number, a truth value, a map, a list, or an optional of these. */
  public Fields with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  public Map<String, Object> map() {
    return values;
  }
}
