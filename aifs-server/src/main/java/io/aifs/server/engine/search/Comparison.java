package io.aifs.server.engine.search;

/** How a condition compares what an asset has with a value. */
enum Comparison {
  EQUAL("="),
  DIFFERENT("!="),
  LEAST(">="),
  ABOVE(">"),
  MOST("<="),
  BELOW("<");

  private final String text;

  Comparison(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
