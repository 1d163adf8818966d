package io.aifs.cli.command;

import io.aifs.cli.config.Setting;
import io.aifs.cli.config.TokenText;
import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.AifsClient;
import io.aifs.client.Tokens;
import io.aifs.core.ExitCode;
import io.aifs.core.token.TokenFacts;
import io.aifs.crypto.Macaroon;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs token}: the group; its members do the work. */
@Command(
    name = "token",
    header = "Say who may do what.",
    customSynopsis = "aifs token mint|attenuate|inspect|revoke|list|revoked [OPTIONS]",
    description = {
      "A token is a secret: whoever has it may do what it allows. Commands read tokens from files",
      "or standard input, never from their arguments, which other users can see."
    },
    footer = {
      "Examples:",
      "  aifs token mint --methods get,list --ns papers --expires 7d --out reader.token",
      "  aifs token attenuate --path data/train < reader.token > train.token",
      "  aifs token revoke --family 5f0c9c0ba3f94b0e8e3f6f0a1d2b3c4d --reason 'laptop lost'"
    })
final class TokenCommand {
  /** {@code aifs token mint}. */
  @Command(
      name = "mint",
      header = "Make a token.",
      customSynopsis = "aifs token mint [OPTIONS]",
      description = {
        "It allows at most what the token allows that this command sends. Without --expires it",
        "ends after 30 days. All options must hold at once; lists have commas between."
      },
      footer = {
        "Examples:",
        "  aifs token mint --methods put --ns uploads --note 'CI of lab 3' --out ci.token",
        "  aifs token mint --methods get,list --ns papers --path data/train --expires 7d"
      })
  static final class Mint extends AifsAction {
    @Mixin private CaveatOptions caveats = new CaveatOptions();
    @Mixin private TokenOutput target = new TokenOutput();

    @Option(
        names = "--note",
        paramLabel = "TEXT",
        description = "what it is for; 'aifs token list' shows it, the token does not hold it")
    private String note = "";

    Mint(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      List<String> texts = caveats.texts(invocation().surroundings().clock().instant());
      target.requireFree(invocation());
      Tokens.Minted minted = invocation().client().tokens().mint(texts, note);
      target.write(this, Macaroon.parse(minted.token()), TokenPrinter.fields(minted.info()));
      return ExitCode.OK;
    }
  }

  /** {@code aifs token attenuate}. */
  @Command(
      name = "attenuate",
      header = "Make a token that allows less, from one that you have. Asks no server.",
      customSynopsis = "aifs token attenuate [OPTIONS] [--token-file FILE]",
      description = {
        "The token is that of --token-file, else what comes on standard input. What it allowed less",
        "before it still does: nothing can be taken out of a token."
      },
      footer = {
        "Examples:",
        "  aifs token attenuate --expires 1h --path data/train < reader.token > train.token",
        "  aifs token attenuate --token-file reader.token --client 10.0.0.0/8 --out lab.token"
      })
  static final class Attenuate extends AifsAction {
    @Mixin private CaveatOptions caveats = new CaveatOptions();
    @Mixin private TokenOutput target = new TokenOutput();

    Attenuate(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      List<String> texts = caveats.texts(invocation().surroundings().clock().instant());
      if (texts.isEmpty()) {
        throw Usage.error(
            "this would be the same token", "say what it shall allow, such as --methods get");
      }
      target.requireFree(invocation());
      Macaroon token = TokenInput.read(invocation(), source(invocation(), Optional.empty()));
      for (String text : texts) {
        token = attenuate(token, text);
      }
      target.write(this, token, TokenPrinter.fields(TokenFacts.of(token)));
      return ExitCode.OK;
    }

    private static Macaroon attenuate(Macaroon token, String caveat) {
      try {
        return token.attenuate(caveat);
      } catch (IllegalArgumentException e) {
        throw Usage.error(e.getMessage() + "", "put less into it");
      }
    }
  }

  /** The file that was named, in one of the two ways; else standard input. */
  private static String source(Invocation invocation, Optional<String> argument) {
    Optional<String> option =
        Optional.ofNullable(invocation.options().flags().get(Setting.TOKEN_FILE));
    if (argument.isPresent() && option.isPresent()) {
      throw Usage.error("FILE and --token-file name two tokens", "give one of them");
    }
    return argument.or(() -> option).orElse("-");
  }

  /** {@code aifs token inspect}. */
  @Command(
      name = "inspect",
      header = "Show what is in a token, and never the token.",
      customSynopsis = "aifs token inspect [OPTIONS] [FILE|-]",
      description = {
        "Its id, its family, and what restricts it. Asks no server, so it cannot say whether the",
        "token is good: --server-view asks the store, with that token."
      },
      footer = {
        "Examples:",
        "  aifs token inspect reader.token",
        "  aifs token inspect --server-view reader.token -o json"
      })
  static final class Inspect extends AifsAction {
    @Parameters(
        paramLabel = "FILE|-",
        arity = "0..1",
        description = "holds the token (default: --token-file, else standard input)")
    private Optional<String> file = Optional.empty();

    @Option(names = "--server-view", description = "ask the store what it knows of the token")
    private boolean serverView;

    Inspect(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Macaroon token = TokenInput.read(invocation(), source(invocation(), file));
      TokenFacts facts = TokenFacts.of(token);
      Fields fields = TokenPrinter.fields(facts);
      output().table(TokenPrinter.table(facts, invocation().surroundings().clock().instant()));
      for (String caveat : facts.notUnderstood()) {
        invocation()
            .say("servers of this version refuse it, because of '" + Printable.of(caveat) + "'");
      }
      if (serverView) {
        try (AifsClient client = invocation().access().openWith(token.serialize())) {
          Tokens.TokenInfo info = client.tokens().describe();
          output().table(TokenPrinter.table(info));
          fields.with("server", TokenPrinter.fields(info).map());
        }
      }
      output().object(fields);
      return ExitCode.OK;
    }
  }

  /** {@code aifs token revoke}. */
  @Command(
      name = "revoke",
      header = "Take tokens back, at once and for good.",
      customSynopsis = {
        "aifs token revoke [OPTIONS] ID",
        "aifs token revoke [OPTIONS] --family FAMILY [--also-minted]"
      },
      description = {
        "ID is one token, with all that were attenuated from it; a family is all tokens that come",
        "from one that was minted. Calls that are under way with them end within seconds."
      },
      footer = {
        "Examples:",
        "  aifs token inspect reader.token",
        "  aifs token revoke 0c7d5f0e5b3d4a7f8e9d0c1b2a394857",
        "  aifs token revoke --family 5f0c9c0ba3f94b0e8e3f6f0a1d2b3c4d --also-minted"
      })
  static final class Revoke extends AifsAction {
    @Parameters(paramLabel = "ID", arity = "0..1", description = "what 'aifs token inspect' says")
    private Optional<String> id = Optional.empty();

    @Option(names = "--family", paramLabel = "FAMILY", description = "all tokens of this family")
    private Optional<String> family = Optional.empty();

    @Option(
        names = "--also-minted",
        description = "with --family: all families that it minted, too, and so on")
    private boolean alsoMinted;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, for who asks later")
    private String reason = "";

    Revoke(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      id.ifPresent(TokenText::refuseIn);
      family.ifPresent(TokenText::refuseIn);
      if (id.isPresent() == family.isPresent()) {
        throw Usage.error("this asks for one token or one family", "give ID or --family FAMILY");
      }
      if (alsoMinted && family.isEmpty()) {
        throw Usage.error("--also-minted is about families", "give --family FAMILY");
      }
      if (id.isPresent() && !id.get().matches("[0-9a-f]{32}")) {
        throw Usage.error(
            "'" + Printable.of(id.get()) + "' is no id of a token: these have 32 hex digits",
            "'aifs token inspect FILE' shows it");
      }
      Tokens tokens = invocation().client().tokens();
      Tokens.Revocation done =
          id.isPresent()
              ? tokens.revoke(id.get(), reason)
              : tokens.revokeFamily(family.orElse(""), alsoMinted, reason);
      output().object(Fields.of("revoked", done.revoked()).with("ended_calls", done.endedCalls()));
      invocation().say(said(done));
      return ExitCode.OK;
    }

    private String said(Tokens.Revocation done) {
      String what =
          done.revoked() == 0
              ? "it was revoked before"
              : "revoked "
                  + (family.isPresent() ? Sizes.count(done.revoked(), "family") : "the token");
      return done.endedCalls() == 0
          ? what
          : what + " and ended " + Sizes.count(done.endedCalls(), "call");
    }
  }

  /** {@code aifs token list}. */
  @Command(
      name = "list",
      header = "List the tokens that were minted.",
      customSynopsis = "aifs token list [OPTIONS]",
      description = {
        "Family, when it was minted (UTC), its end, its last use, its note; newest first. The tokens",
        "themselves are not known to the store."
      },
      footer = {"Examples:", "  aifs token list", "  aifs token list --all -o jsonl"})
  static final class ListAll extends AifsAction {
    @Option(names = "--all", description = "revoked and expired ones too")
    private boolean all;

    @Option(
        names = "--minted-by",
        paramLabel = "FAMILY",
        description = "only those that a token of this family minted")
    private Optional<String> mintedBy = Optional.empty();

    @Mixin private CountLimit limit = new CountLimit();

    ListAll(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      mintedBy.ifPresent(TokenText::refuseIn);
      list(
          "tokens",
          limit.of(invocation().client().tokens().list(all, mintedBy)),
          TokenPrinter::line,
          TokenPrinter::fields);
      return ExitCode.OK;
    }
  }

  /** {@code aifs token revoked}. */
  @Command(
      name = "revoked",
      header = "List what was revoked.",
      customSynopsis = "aifs token revoked [OPTIONS]",
      description = "When (UTC), what, by which family, why; newest first.",
      footer = {"Examples:", "  aifs token revoked", "  aifs token revoked -o jsonl"})
  static final class Revoked extends AifsAction {
    @Mixin private CountLimit limit = new CountLimit();

    Revoked(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      list(
          "revoked",
          limit.of(invocation().client().tokens().revoked()),
          TokenPrinter::line,
          TokenPrinter::fields);
      return ExitCode.OK;
    }
  }
}
