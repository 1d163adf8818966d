package io.aifs.schemas.layout;

/** Formats in which files hold tensors that can be read where they lie. */
public enum TensorFormat {
  ARROW,
  SAFETENSORS,
  NPY
}
