package dev.sluice.report.console;

import dev.sluice.report.PageParts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    assets.put("/", asset(PageParts.text("console.html"), PAGE));
    for (String script : ConsoleScripts.OWN) {
      assets.put("/assets/" + script, asset(PageParts.text(script), SCRIPT));
    }
    for (String style : ConsoleScripts.STYLES) {
      assets.put("/assets/" + style, asset(PageParts.text(style), STYLE));
    }
    assets.put("/assets/chart.js", asset(PageParts.chart(), SCRIPT));
  }

  /** Returns the file of a path, if there is one. */
  Optional<Asset> of(String path) {
    return Optional.ofNullable(assets.get(path));
  }

  private static Asset asset(String text, String type) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String tag = '"' + HexFormat.of().formatHex(PageParts.sha256(bytes), 0, 16) + '"';
    return new Asset(type, bytes, zipped(bytes), tag);
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
}
