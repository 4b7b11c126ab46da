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
   * Hands on all records of a file in their order.
   *
   * @throws IllegalArgumentException if something in it is none of these records; the message names
   *     the place
   * @throws IOException if the file cannot be read
   */
  public static <T> void read(Path file, PublishedRecords<T> format, Consumer<T> taker)
      throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      in.mark(AVRO.length);
      boolean avro = Arrays.equals(in.readNBytes(AVRO.length), AVRO);
      in.reset();
      if (avro) {
        readAvro(file, in, format, taker);
      } else {
        readLines(file, in, format, taker);
      }
    }
  }

  private static <T> void readLines(
      Path file, InputStream in, PublishedRecords<T> format, Consumer<T> taker) throws IOException {
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
        T said;
        try {
          JsonNode node = MAPPER.readTree(line);
          JsonNode record = node.has("record") && node.has("type") ? node.get("record") : node;
          said = format.decode(JsonAvro.encode(format.schema(), record));
        } catch (JsonProcessingException e) {
          throw new IllegalArgumentException(
              "%s: line %d is no JSON, expected a %s per line: %s"
                  .formatted(file, number, format.what(), e.getOriginalMessage()),
              e);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "%s: line %d is no %s: %s".formatted(file, number, format.what(), e.getMessage()), e);
        }
        taker.accept(said);
      }
    }
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
