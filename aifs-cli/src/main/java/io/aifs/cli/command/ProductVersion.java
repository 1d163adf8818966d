package io.aifs.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version that the build wrote down. */
final class ProductVersion {
  private static final String RESOURCE = "/io/aifs/cli/version.properties";

  static String read() throws IOException {
    try (InputStream in = ProductVersion.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("this build lacks " + RESOURCE);
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "unknown");
    }
  }

  private ProductVersion() {}
}
