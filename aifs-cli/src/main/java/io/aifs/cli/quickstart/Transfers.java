package io.aifs.cli.quickstart;

import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.progress.Tally;
import io.aifs.cli.transfer.DirectoryDownload;
import io.aifs.cli.transfer.DownloadOptions;
import io.aifs.cli.transfer.DownloadReport;
import io.aifs.cli.transfer.FileDownload;
import io.aifs.cli.transfer.IgnoreRules;
import io.aifs.cli.transfer.Notices;
import io.aifs.cli.transfer.TemporaryFiles;
import io.aifs.cli.transfer.Upload;
import io.aifs.cli.transfer.UploadOptions;
import io.aifs.cli.transfer.UploadReport;
import io.aifs.client.AifsClient;
import java.io.IOException;
import java.nio.file.Path;

/** Puts and gets whole directories, as the commands do. */
record Transfers(
    AifsClient client, Place.OfPath place, int jobs, TemporaryFiles temporaries, Notices notices) {
  UploadReport put(Path directory, IgnoreRules rules) throws IOException {
    UploadOptions options = UploadOptions.plain(jobs).withRules(rules);
    try (Upload upload = new Upload(client, options, new Tally(), notices, _ -> {})) {
      upload.putDirectory(directory, place.path());
      return upload.finish();
    }
  }

  DownloadReport get(Path directory) throws IOException {
    DownloadOptions options = new DownloadOptions(false, false, jobs);
    FileDownload files = new FileDownload(client, options, temporaries, new Tally());
    return new DirectoryDownload(place, directory, files, options, notices)
        .run(new Entries(client, place));
  }
}
