package io.aifs.server.grpc.attack;

/** What a call can name. */
enum ThingKind {
  ASSET,
  CONTENT,
  SNAPSHOT,
  TRANSACTION,
  PATH,
  BRANCH,
  TAG,
  TYPE,
  OBJECT,
  KEY,
  VALUE,
  TRANSFORM,
  REQUEST,
  PAGE,
  EVENT,
  SIGNING_KEY,
  TOKEN
}
