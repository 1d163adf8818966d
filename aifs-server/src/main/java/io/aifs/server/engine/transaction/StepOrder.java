package io.aifs.server.engine.transaction;

import io.aifs.core.model.Name;
import io.aifs.server.engine.FilePut;
import java.util.List;

/** A step as somebody asks for it. */
public sealed interface StepOrder {
  /** Small files, links and directories, whose content is yet to be stored. */
  record PutFiles(Name branch, List<FilePut> files) implements StepOrder {
    public PutFiles {
      files = List.copyOf(files);
    }
  }

  /** Anything that needs nothing stored. */
  record Ready(StagedStep step) implements StepOrder {}
}
