package dev.sluice.cli.score;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The objects of a JSON-lines file, one per line; lines without text are passed over. */
final class JsonLines {
  /** The longest line that is read, in bytes. */
  static final int MAX_LINE = 64 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;
  private long number;
  private long length;

  JsonLines(InputStream in) {
    this.in = in;
  }

  /** Moves to the next line that has text; returns false at the end of the file. */
  boolean advance() throws IOException {
    boolean text = false;
    while (!text) {
      if (at == end && !fill()) {
        return false;
      }
      line.reset();
      length = 0;
      number++;
      text = readLine();
    }
    return true;
  }

  /** Reads up to the end of the line; returns whether there is more than white space in it. */
  private boolean readLine() throws IOException {
    boolean text = false;
    while (at < end || fill()) {
      int start = at;
      while (at < end && buffer[at] != '\n') {
        text |= buffer[at] > ' ' || buffer[at] < 0;
        at++;
      }
      int kept = (int) Math.max(0, Math.min(at - start, MAX_LINE - length));
      line.write(buffer, start, kept);
      length += at - start;
      if (at < end) {
        at++; // the line feed
        return text;
      }
    }
    return text;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  /** Returns the line's number, from 1. */
  long number() {
    return number;
  }

  /** Returns the object that the line holds. */
  ObjectNode object() throws MalformedRowException {
    if (length > MAX_LINE) {
      throw new MalformedRowException(
          "the line has " + length + " bytes, expected at most " + MAX_LINE);
    }
    JsonNode node = parse(line.toByteArray());
    if (!(node instanceof ObjectNode object)) {
      throw new MalformedRowException(
          "the line is " + MalformedRowException.shown(node) + ", expected a JSON object");
    }
    return object;
  }

  private static JsonNode parse(byte[] bytes) throws MalformedRowException {
    try (JsonParser parser = new ExactNumbers(MAPPER.createParser(bytes))) {
      return tree(parser);
    } catch (JsonProcessingException e) {
      throw noJson("the line", e);
    } catch (IOException e) {
      throw new MalformedRowException("the line is no JSON: " + e.getMessage());
    }
  }

  /** Returns the JSON value that a text holds. */
  static JsonNode parse(String what, String text) throws MalformedRowException {
    try (JsonParser parser = new ExactNumbers(MAPPER.createParser(text))) {
      return tree(parser);
    } catch (JsonProcessingException e) {
      throw noJson(what, e);
    } catch (IOException e) {
      throw new MalformedRowException(what + " is no JSON: " + e.getMessage());
    }
  }

  private static JsonNode tree(JsonParser parser) throws IOException {
    JsonNode node = MAPPER.readTree(parser);
    return node == null ? MissingNode.getInstance() : node;
  }

  private static MalformedRowException noJson(String what, JsonProcessingException e) {
    String place = e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")";
    return new MalformedRowException(what + " is no JSON" + place + ": " + e.getOriginalMessage());
  }
}
