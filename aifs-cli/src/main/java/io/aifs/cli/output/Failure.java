package io.aifs.cli.output;

import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Why a command ends: a word for programs, an exit code, and what people are told. */
public record Failure(String code, ExitCode exit, String message, String hint, String requestId) {

  private static Failure of(Reason reason, ExitCode exit, String message, String hint) {
    return new Failure(reason.name(), exit, message, hint, "");
  }

  /** A command line that makes no sense. */
  public static Failure usage(String message, String hint) {
    return of(Reason.ARGUMENT_INVALID, ExitCode.USAGE, message, hint);
  }

  /** The one place that gives every exception its exit code and words. */
  public static Failure of(Throwable thrown) {
    return switch (thrown) {
      case AifsException e ->
          new Failure(
              e.reason().name(), ExitCode.of(e), e.getMessage() + "", e.hint(), e.requestId());
      case UncheckedIOException e when e.getCause() != null -> of(e.getCause());
      case InterruptedException _ -> of(Reason.CANCELLED, ExitCode.INTERRUPTED, "interrupted", "");
      case IOException e -> ofFiles(e);
      case OutOfMemoryError _ ->
          of(
              Reason.MEMORY_BUDGET,
              ExitCode.EXHAUSTED,
              "out of memory",
              "allow more with AIFS_JAVA_OPTS=-Xmx1g, or work on fewer files at once with -j 1");
      default ->
          of(
              Reason.INTERNAL,
              ExitCode.FAILED,
              "this should not have happened: " + thrown,
              "run it again with -v and report what it prints");
    };
  }

  private static Failure ofFiles(IOException e) {
    String subject = e instanceof FileSystemException f && f.getFile() != null ? f.getFile() : "";
    return switch (e) {
      case NoSuchFileException _ ->
          of(
              Reason.PATH_NOT_FOUND,
              ExitCode.NOT_FOUND,
              subject + ": no such file or directory",
              "check the spelling; 'ls' shows what is there");
      case AccessDeniedException _ ->
          of(
              Reason.FILE_ACCESS_DENIED,
              ExitCode.DENIED,
              subject + ": permission denied",
              "look at the permissions with 'ls -ld'");
      case FileAlreadyExistsException _ ->
          of(
              Reason.PATH_EXISTS,
              ExitCode.CONFLICT,
              subject + ": already exists",
              "choose another name, or remove it first");
      case NotDirectoryException _ ->
          of(
              Reason.NOT_A_DIRECTORY,
              ExitCode.CONFLICT,
              subject + ": not a directory",
              "choose another name");
      default -> ofMessage(e);
    };
  }

  private static Failure ofMessage(IOException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    if (message.toLowerCase(Locale.ROOT).contains("no space left")
        || message.contains("quota exceeded")) {
      return of(
          Reason.DISK_FULL,
          ExitCode.EXHAUSTED,
          message,
          "make room on the disk and run it again; what is already done is kept");
    }
    return of(
        Reason.IO_FAILED, ExitCode.FAILED, message, "look at the disk and at the file it names");
  }
}
