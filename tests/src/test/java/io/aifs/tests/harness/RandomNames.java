package io.aifs.tests.harness;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** File names of every kind that Unicode and a file system allow. */
public final class RandomNames {
  /** Names that programs stumble over; each is a legal file name. */
  public static final List<String> DIFFICULT =
      List.of(
          "plain.txt",
          "with space",
          " leading and trailing ",
          "-rf",
          "--help",
          "new\nline",
          "tab\tand\u0001control\u007f",
          "carriage\rreturn",
          "quote'and\"quotes`",
          "back\\slash",
          "star*?[glob]{a,b}",
          "$HOME;echo & | > <",
          "#comment",
          "~tilde",
          "%41%00percent",
          "aifs:colon@{now}~1",
          "...",
          ".hidden",
          "e\u0301 decomposed",
          "\u00e9 composed",
          "\u0628\u062d\u0631 \u202eoverride",
          "\ud83d\udc69\u200d\ud83d\udcbb emoji",
          "\u65e5\u672c\u8a9e",
          "\ufeffbyte order mark",
          "\u200b\u2028separators\u2029",
          "\ufffd replacement",
          "\ue000 private",
          "\udbff\udffd last plane",
          "x".repeat(255),
          "\u00fc".repeat(127),
          "\ud83d\ude80".repeat(63));

  private static final int NAME_BYTES_MAX = 255;

  private final SplittableRandom random;

  public RandomNames(SplittableRandom random) {
    this.random = random;
  }

  /** A legal name; rarely the same one twice. */
  public String next() {
    StringBuilder name = new StringBuilder();
    int length = random.nextInt(1, random.nextInt(8) == 0 ? 60 : 12);
    for (int i = 0; i < length; i++) {
      name.appendCodePoint(codePoint());
    }
    String text = name.toString();
    return isLegal(text) ? text : "name " + Long.toHexString(random.nextLong());
  }

  private int codePoint() {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt(0x20, 0x7f);
      case 1 -> random.nextInt(0x300, 0x370);
      case 2 -> random.nextInt(0x590, 0x700);
      case 3 -> random.nextInt(0x1f300, 0x1f700);
      case 4 -> random.nextInt(0x4e00, 0x9fff);
      default -> random.nextInt('a', 'z' + 1);
    };
  }

  private static boolean isLegal(String name) {
    return name.indexOf('/') < 0
        && !name.equals(".")
        && !name.equals("..")
        && !name.equals(".aifsignore")
        && name.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES_MAX;
  }
}
