package io.aifs.client;

/** What a ranged read wants of its proof. */
public enum ProofDemand {
  /**
   * The range is verified here if the server proves it, and believed otherwise: a server that is
   * older, or pretends to be, is not found out.
   */
  IF_OFFERED,
  /** Without a proof there is no read. */
  REQUIRED
}
