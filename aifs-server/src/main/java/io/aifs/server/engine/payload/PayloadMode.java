package io.aifs.server.engine.payload;

/** What is done about content that is not what its kind demands. */
public enum PayloadMode {
  /** Nobody looks. */
  OFF,

  /** It is stored, and the asset says what is wrong. */
  WARN,

  /** It is refused. */
  STRICT
}
