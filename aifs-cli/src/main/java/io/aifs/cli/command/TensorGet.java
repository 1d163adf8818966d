package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.progress.ProgressDisplay;
import io.aifs.cli.progress.Tally;
import io.aifs.cli.tensor.SliceText;
import io.aifs.cli.tensor.TensorText;
import io.aifs.cli.terminal.Printable;
import io.aifs.cli.transfer.MadeFile;
import io.aifs.client.AifsClient;
import io.aifs.client.ReadTarget;
import io.aifs.client.bundle.SliceCopy;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Reason;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.layout.TensorLayout;
import io.aifs.schemas.numpy.NpyHeader;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of {@code aifs get} for a tensor or a part of one, and what they do. */
final class TensorGet {
  @Option(
      names = "--tensor",
      paramLabel = "NAME",
      description = "only this tensor of a safetensors, npy or Arrow file, as .npy or Arrow")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--slice",
      paramLabel = "RANGES",
      description = "only this part of it, as in NumPy: 0:10,3,:,-5:")
  private Optional<String> slice = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "npy or arrow (default: by the name of DST; npy)")
  private Optional<String> format = Optional.empty();

  private enum Format {
    NPY,
    ARROW
  }

  boolean isWanted() {
    return name.isPresent() || slice.isPresent() || format.isPresent();
  }

  /** Where it goes. */
  record To(String target, Path path, boolean force) {
    boolean isOutput() {
      return target.equals("-");
    }
  }

  ExitCode get(Invocation invocation, AifsClient client, ReadTarget source, To to)
      throws IOException {
    Optional<SliceText> part = slice.map(TensorGet::parse);
    Format chosen = format(to);
    TensorEntry tensor = tensor(client.tensors().describe(source).layout());
    SliceCopy copy = copy(client, source, tensor, part);
    if (chosen == Format.NPY && !NpyHeader.canHold(copy.type().element())) {
      throw Usage.error(
          "NumPy has no type for " + tensor.type().element(), "write Arrow with --format arrow");
    }
    if (to.isOutput()) {
      write(copy, tensor.name(), chosen, invocation.output().bytes());
      return ExitCode.OK;
    }
    Tally tally = new Tally();
    try (ProgressDisplay progress = invocation.progress(tally, false)) {
      tally.setTotal(new Tally.Total(1, copy.type().bytes()));
      new MadeFile(to.path(), to.force(), tally)
          .write(
              out -> write(copy, tensor.name(), chosen, out),
              invocation.temporaries(),
              invocation.surroundings().clock());
      progress.end();
      report(invocation, tensor.name(), copy.type(), to, progress);
    }
    return ExitCode.OK;
  }

  static SliceText parse(String text) {
    try {
      return SliceText.parse(text);
    } catch (IllegalArgumentException e) {
      throw Usage.error("--slice: " + e.getMessage(), "write it as 0:10,3,:,-5:");
    }
  }

  private Format format(To to) {
    if (format.isPresent()) {
      return switch (format.get()) {
        case "npy" -> Format.NPY;
        case "arrow" -> Format.ARROW;
        default ->
            throw Usage.error("--format '" + format.get() + "' is unknown", "it is npy or arrow");
      };
    }
    return to.target().toLowerCase(Locale.ROOT).endsWith(".arrow") ? Format.ARROW : Format.NPY;
  }

  private TensorEntry tensor(TensorLayout layout) {
    if (name.isEmpty()) {
      if (layout.tensors().size() == 1) {
        return layout.tensors().getFirst();
      }
      throw Usage.error(
          "the file has " + Sizes.count(layout.tensors().size(), "tensor"),
          "name one with --tensor; 'aifs stat' lists them");
    }
    return layout
        .find(name.get())
        .orElseThrow(
            () ->
                new AifsException.NotFound(
                    Reason.TENSOR_NOT_FOUND,
                    "the file has no tensor '" + name.get() + "'",
                    "'aifs stat' lists them"));
  }

  private static SliceCopy copy(
      AifsClient client, ReadTarget source, TensorEntry tensor, Optional<SliceText> part) {
    try {
      return new SliceCopy(
          client.tensors(),
          source,
          tensor,
          part.map(text -> text.of(tensor.type().shape())).orElse(List.of()));
    } catch (IllegalArgumentException e) {
      throw Usage.error(
          "--slice: " + e.getMessage(),
          "the tensor is "
              + TensorText.type(tensor.type())
              + "; numbers below 0 count from the end");
    }
  }

  private static void write(SliceCopy copy, String name, Format format, OutputStream out)
      throws IOException {
    switch (format) {
      case NPY -> {
        out.write(NpyHeader.write(copy.type()));
        copy.copy(out);
      }
      case ARROW -> {
        out.write(TensorCodec.fileHead(name, copy.type()));
        copy.copy(out);
        out.write(TensorCodec.fileTail(name, copy.type()));
      }
    }
  }

  private static void report(
      Invocation invocation, String name, TensorType type, To to, ProgressDisplay progress)
      throws IOException {
    Fields fields = Fields.of("target", to.path()).with("name", name);
    TensorText.fields(type).map().forEach(fields::with);
    invocation.output().object(fields.with("millis", progress.elapsed().toMillis()));
    invocation.say(
        "got %s %s (%s) to %s in %s"
            .formatted(
                Printable.of(TensorText.name(name)),
                TensorText.type(type),
                Sizes.bytes(type.bytes()),
                Printable.of(to.path().toString()),
                Sizes.duration(progress.elapsed())));
  }
}
