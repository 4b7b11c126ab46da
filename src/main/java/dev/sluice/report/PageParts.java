package dev.sluice.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** The scripts and styles that the pages are made of. */
public final class PageParts {
  /** The scripts that draw, in the order in which they build on each other. */
  public static final List<String> SCRIPTS =
      List.of("format.js", "charts.js", "timelines.js", "card.js", "lists.js", "views.js");

  /** The style sheet. */
  public static final String STYLE = "style.css";

  /** The one place that has the version besides pom.xml. */
  private static final String CHART =
      "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

  private PageParts() {}

  /**
   * Returns a file of the pages.
   *
   * @param name its name beside this package's classes
   * @throws IllegalArgumentException if there is none of this name
   */
  public static String text(String name) {
    return read("/dev/sluice/report/" + name);
  }

  /** Returns Chart.js, without the line that leads to its source map. */
  public static String chart() {
    return read(CHART).replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }

  private static String read(String path) {
    try (InputStream in = PageParts.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "there is no " + path + ", expected it among the classes");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  /** Returns a text's source for a content security policy: {@code 'sha256-…'}. */
  static String hash(String text) {
    byte[] digest = sha256(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  /** Returns the 32 bytes of a file's SHA-256, by which browsers tell versions apart. */
  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
