package dev.sluice.report.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * The files of the page: those of a list and no others, so that no path leads anywhere else. Read
 * once, held in memory.
 */
final class Assets {
  private static final String OWN = "/dev/sluice/report/";
  private static final String CHARTS =
      "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final String PAGE = "text/html; charset=utf-8";

  /**
   * A file.
   *
   * @param type its media type
   * @param zipped its bytes compressed by gzip
   * @param tag what tells it from other versions of it, with its quotes
   */
  record Asset(String type, byte[] bytes, byte[] zipped, String tag) {}

  private final Map<String, Asset> assets = new TreeMap<>();

  /** Reads the files. */
  Assets() {
    assets.put("/", read(OWN + "console.html", PAGE));
    for (String script : ConsoleScripts.OWN) {
      assets.put("/assets/" + script, read(OWN + script, SCRIPT));
    }
    for (String style : ConsoleScripts.STYLES) {
      assets.put("/assets/" + style, read(OWN + style, STYLE));
    }
    assets.put("/assets/chart.js", read(CHARTS, SCRIPT));
  }

  /** Returns the file of a path, if there is one. */
  Optional<Asset> of(String path) {
    return Optional.ofNullable(assets.get(path));
  }

  private static Asset read(String resource, String type) {
    try (InputStream stream = Assets.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the class path has no " + resource);
      }
      byte[] bytes = stream.readAllBytes();
      return new Asset(type, bytes, zipped(bytes), tag(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  /** Returns bytes compressed by gzip. */
  static byte[] zipped(byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(zipped)) {
      stream.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return zipped.toByteArray();
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
