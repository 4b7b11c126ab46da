package dev.sluice.expect.gx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.record.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A suite of Great Expectations, read from its file but not translated yet. */
public final class GreatExpectationsSuite {
  /** The largest file that is read, in bytes. */
  public static final int MAX_BYTES = 16 << 20;

  private final String name;
  private final List<SuiteEntry> entries;
  private final Map<String, JsonNode> parameters;

  GreatExpectationsSuite(String name, List<SuiteEntry> entries, Map<String, JsonNode> parameters) {
    this.name = name;
    this.entries = List.copyOf(entries);
    this.parameters = new LinkedHashMap<>(parameters);
  }

  /**
   * Reads a suite.
   *
   * @throws SuiteException if it is none; the message names file and place
   * @throws IOException if the file cannot be read
   */
  public static GreatExpectationsSuite read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    }
  }

  /**
   * Reads a suite up to the end of the stream, which stays open.
   *
   * @param name the file's name for messages
   * @throws SuiteException if it is none; the message names the place
   * @throws IOException if the stream cannot be read
   */
  public static GreatExpectationsSuite read(InputStream in, String name) throws IOException {
    return SuiteFile.read(in, name);
  }

  /** Returns the suite's own name, empty where it states none. */
  public String name() {
    return name;
  }

  /** Returns how many expectations it has. */
  public int size() {
    return entries.size();
  }

  /**
   * Translates all entries for records of these columns.
   *
   * @param given values for {@code $PARAMETER}, by name: JSON where they are some, else texts; they
   *     come before those that the suite itself states
   * @param severity the severity of entries that state none
   */
  public SuiteTranslation translate(
      SuiteColumns columns, Map<String, String> given, Severity severity) {
    Map<String, JsonNode> values = new LinkedHashMap<>(parameters);
    given.forEach((key, text) -> values.put(key, SuiteFile.value(text)));
    return new SuiteTranslator(columns, new SuiteParameters(values), severity).translate(entries);
  }
}
