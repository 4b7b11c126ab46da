package dev.sluice.cli.letters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * A file of records that a job published → what they say: JSON lines, as {@code demo} writes them
 * and as {@code tail --json} prints them, or an Avro file.
 */
public final class RecordFile {
  private static final byte[] AVRO = {'O', 'b', 'j', 1};

  /** The longest line that is read, in characters: that of a window of thousands of columns. */
  static final int MAX_LINE = 64 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RecordFile() {}

  /**
   * Hands on all records of a file in their order. Of messages as {@code tail --json} prints them,
   * those that are none of these are passed over, as they are where the topic itself is read.
   *
   * @param notes takes one line for a person that counts such messages, if there are any
   * @throws IllegalArgumentException if something in it is none of these records; the message names
   *     the place
   * @throws IOException if the file cannot be read
   */
  public static <T> void read(
      Path file, PublishedRecords<T> format, Consumer<T> taker, Consumer<String> notes)
      throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      in.mark(AVRO.length);
      boolean avro = Arrays.equals(in.readNBytes(AVRO.length), AVRO);
      in.reset();
      if (avro) {
        readAvro(file, in, format, taker);
      } else {
        PassedOver foreign = new PassedOver();
        readLines(file, in, format, taker, foreign);
        foreign.tell(file.toString(), format.what(), notes);
      }
    }
  }

  private static <T> void readLines(
      Path file, InputStream in, PublishedRecords<T> format, Consumer<T> taker, PassedOver foreign)
      throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    StringBuilder room = new StringBuilder();
    for (long number = 1; readLine(lines, room); number++) {
      if (room.length() > MAX_LINE) {
        throw new IllegalArgumentException(
            "%s: line %d has more characters than expected, at most %d"
                .formatted(file, number, MAX_LINE));
      }
      String line = room.toString();
      if (!line.isBlank()) {
        JsonNode node = json(file, number, line, format);
        T said = null;
        try {
          said = isTombstone(node) ? null : decode(node, format);
        } catch (IllegalArgumentException e) {
          String what = "line %d is no %s: %s".formatted(number, format.what(), e.getMessage());
          if (!isMessage(node)) {
            throw new IllegalArgumentException(file + ": " + what, e);
          }
          foreign.add(what);
        }
        if (said != null) {
          taker.accept(said);
        }
      }
    }
  }

  private static JsonNode json(Path file, long number, String line, PublishedRecords<?> format) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s: line %d is no JSON, expected a %s per line: %s"
              .formatted(file, number, format.what(), e.getOriginalMessage()),
          e);
    }
  }

  private static <T> T decode(JsonNode node, PublishedRecords<T> format) {
    if (isMessage(node) && node.get("type").isNull()) {
      throw new IllegalArgumentException("it has no record, expected one");
    }
    JsonNode record = node.has("record") && node.has("type") ? node.get("record") : node;
    return format.decode(JsonAvro.encode(format.schema(), record));
  }

  /** Returns whether it is what {@link MessageJson} makes of a message, whatever its value is. */
  private static boolean isMessage(JsonNode node) {
    return node.has("topic") && node.has("offset") && node.has("type");
  }

  private static boolean isTombstone(JsonNode node) {
    return isMessage(node) && node.get("type").isNull() && node.path("value").isNull();
  }

  /**
   * Reads a line, up to the first character that is too many.
   *
   * @return whether there was one
   */
  private static boolean readLine(BufferedReader lines, StringBuilder line) throws IOException {
    line.setLength(0);
    int next = lines.read();
    boolean any = next >= 0;
    for (; next >= 0 && next != '\n' && line.length() <= MAX_LINE; next = lines.read()) {
      line.append((char) next);
    }
    return any;
  }

  private static <T> void readAvro(
      Path file, InputStream in, PublishedRecords<T> format, Consumer<T> taker) throws IOException {
    GenericDatumReader<GenericRecord> reader =
        new GenericDatumReader<>(null, format.schema(), new GenericData());
    GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(format.schema());
    long number = 0;
    try (DataFileStream<GenericRecord> records = new DataFileStream<>(in, reader)) {
      while (records.hasNext()) {
        number++;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        writer.write(records.next(), encoder);
        encoder.flush();
        taker.accept(format.decode(bytes.toByteArray()));
      }
    } catch (AvroRuntimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: record %d is no %s: %s".formatted(file, number, format.what(), e.getMessage()), e);
    }
  }
}
