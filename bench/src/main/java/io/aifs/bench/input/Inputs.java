package io.aifs.bench.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes one input; see {@link #USAGE}. */
public final class Inputs {
  private static final String USAGE =
      """
      random DIRECTORY COUNT MIB     so many files of random bytes, each of so many MiB
      small DIRECTORY COUNT          so many files of 1 to 4 KiB
      model FILE BYTES               a small model with float32 tensors of so many bytes in all
      tuned MODEL DIRECTORY COUNT    the model and so many tuned copies of it
      versions MODEL DIRECTORY       the model as safetensors, and versions of it as training makes them
      tensor FILE MIB                one float32 tensor of so many MiB, as safetensors
      """;

  private Inputs() {}

  public static void main(String[] arguments) throws IOException {
    switch (List.of(arguments)) {
      case List<String> made when is(made, "random", 4) ->
          NoiseFiles.write(
              Path.of(made.get(1)), Integer.parseInt(made.get(2)), Integer.parseInt(made.get(3)));
      case List<String> made when is(made, "small", 3) ->
          SmallFiles.write(Path.of(made.get(1)), Integer.parseInt(made.get(2)));
      case List<String> made when is(made, "model", 3) ->
          ModelFile.write(Path.of(made.get(1)), Integer.parseInt(made.get(2)));
      case List<String> made when is(made, "tuned", 4) ->
          TunedModels.write(
              Path.of(made.get(1)), Path.of(made.get(2)), Integer.parseInt(made.get(3)));
      case List<String> made when is(made, "versions", 3) ->
          ModelVersions.write(Path.of(made.get(1)), Path.of(made.get(2)));
      case List<String> made when is(made, "tensor", 3) ->
          ModelVersions.writeTensor(Path.of(made.get(1)), Integer.parseInt(made.get(2)));
      default -> throw new IllegalArgumentException("one of:\n" + USAGE);
    }
  }

  private static boolean is(List<String> arguments, String name, int count) {
    return arguments.size() == count && arguments.getFirst().equals(name);
  }
}
