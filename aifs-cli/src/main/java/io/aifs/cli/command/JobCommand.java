package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.Jobs;
import io.aifs.client.Jobs.JobInfo;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code aifs job}: the group; its members do the work. */
@Command(
    name = "job",
    header = "See and steer what a served store does by itself.",
    customSynopsis = "aifs job list|run|cancel [OPTIONS]",
    footer = {"Examples:", "  aifs job list", "  aifs job run scrub", "  aifs job cancel scrub"})
final class JobCommand {
  private static String state(JobInfo job) {
    return job.state().name().toLowerCase(Locale.ROOT);
  }

  private static String time(Optional<Instant> time) {
    return time.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("never");
  }

  /** What people want to know first: is it well, when does it run again, what went wrong. */
  private static String text(JobInfo job) {
    StringBuilder text =
        new StringBuilder("%-10s  %-8s".formatted(job.name(), state(job)))
            .append("  every ")
            .append(Sizes.duration(job.interval()))
            .append(", last good ")
            .append(time(job.lastSuccess()));
    job.nextRun().ifPresent(next -> text.append(", next ").append(time(Optional.of(next))));
    if (!job.lastResult().isEmpty()) {
      text.append("\n  ").append(Printable.of(job.lastResult()));
    }
    if (!job.lastError().isEmpty()) {
      text.append("\n  ")
          .append(job.failures() > 0 ? "FAILED " : "failed earlier, ")
          .append(time(job.lastFailure()))
          .append(job.failures() > 1 ? ", " + job.failures() + " times: " : ": ")
          .append(Printable.of(job.lastError()));
    }
    return text.toString();
  }

  private static Fields fields(JobInfo job) {
    return Fields.of("name", job.name())
        .with("state", state(job))
        .with("interval_millis", job.interval().toMillis())
        .with("last_start", job.lastStart())
        .with("last_success", job.lastSuccess())
        .with("last_duration_millis", job.lastDuration().toMillis())
        .with("last_result", job.lastResult())
        .with("last_failure", job.lastFailure())
        .with("last_error", job.lastError())
        .with("failures", job.failures())
        .with("next_run", job.nextRun());
  }

  /** {@code aifs job list}. */
  @Command(
      name = "list",
      header = "Say how each job fares.",
      customSynopsis = "aifs job list [OPTIONS]",
      description = "Exit code 1 if the last turn of one failed.",
      footer = {"Examples:", "  aifs job list", "  aifs job list -o jsonl"})
  static final class ListAll extends AifsAction {
    ListAll(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      boolean failing = false;
      try (Rows rows = output().rows("jobs")) {
        for (JobInfo job : invocation().client().jobs().list()) {
          rows.add(text(job), fields(job));
          failing |= job.failures() > 0;
        }
      }
      return failing ? ExitCode.FAILED : ExitCode.OK;
    }
  }

  /** What is done to one job. */
  abstract static class OneJob extends AifsAction {
    @Parameters(paramLabel = "NAME", description = "the job")
    private String name = "";

    OneJob(Invocation invocation) {
      super(invocation);
    }

    /** Does it, and returns how the job is now. */
    abstract JobInfo act(Jobs jobs, String name);

    /** What became of the job, for people. */
    abstract String outcome(JobInfo job);

    @Override
    final ExitCode run() throws IOException {
      JobInfo job = act(invocation().client().jobs(), name);
      output().object(fields(job));
      invocation().say("job " + job.name() + " " + outcome(job));
      return ExitCode.OK;
    }
  }

  /** {@code aifs job run}. */
  @Command(
      name = "run",
      header = "Begin a turn of a job now.",
      customSynopsis = "aifs job run [OPTIONS] NAME",
      description = "Does not wait for its end; 'aifs job list' tells how it went.",
      footer = {"Examples:", "  aifs job run scrub"})
  static final class Run extends OneJob {
    Run(Invocation invocation) {
      super(invocation);
    }

    @Override
    JobInfo act(Jobs jobs, String name) {
      return jobs.run(name);
    }

    @Override
    String outcome(JobInfo job) {
      return "is " + state(job);
    }
  }

  /** {@code aifs job cancel}. */
  @Command(
      name = "cancel",
      header = "End the running turn of a job early.",
      customSynopsis = "aifs job cancel [OPTIONS] NAME",
      description = "A job that failed is not tried again before its next regular turn.",
      footer = {"Examples:", "  aifs job cancel scrub"})
  static final class Cancel extends OneJob {
    Cancel(Invocation invocation) {
      super(invocation);
    }

    @Override
    JobInfo act(Jobs jobs, String name) {
      return jobs.cancel(name);
    }

    @Override
    String outcome(JobInfo job) {
      return "is asked to end its turn";
    }
  }
}
