package io.aifs.server.crash;

/** The store broke a promise. */
final class SimulationFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SimulationFailure(String what) {
    super(what);
  }

  SimulationFailure(String what, Throwable cause) {
    super(what, cause);
  }
}
