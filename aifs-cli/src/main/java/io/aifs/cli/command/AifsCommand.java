package io.aifs.cli.command;

import picocli.CommandLine.Command;

/** {@code aifs} itself: only the name that the commands hang on. */
@Command(
    name = "aifs",
    header = "A content-addressed, encrypted, versioned store for machine-learning data.",
    customSynopsis = "aifs COMMAND [OPTIONS] ...",
    description = {
      "ADDR is aifs://NAMESPACE/BRANCH/PATH, or short main:PATH or PATH, or an asset's id, or the",
      "first 8 or more digits of one. 'aifs help COMMAND' says more, with examples."
    },
    footer = {
      "Exit codes: 0 ok, 1 failed, 2 usage, 3 partial, 4 denied, 5 not found, 6 conflict,",
      "7 integrity, 8 exhausted, 9 unavailable, 10 locked, 12 not supported, 130 interrupted.",
      "",
      "New here? aifs quickstart"
    })
final class AifsCommand {}
