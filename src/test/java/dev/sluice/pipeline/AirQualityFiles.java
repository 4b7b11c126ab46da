package dev.sluice.pipeline;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.GZIPInputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;

/** The real readings of Beijing's air, from files to a topic; absent in some places. */
final class AirQualityFiles {
  static final Path DATA = Path.of("../shared/data");
  static final Path STREAM = DATA.resolve("beijing-air/stream.csv.gz");

  private AirQualityFiles() {}

  /** Produces all rows in the order of the file, a station's to one partition. */
  static void produce(JobRun run, Path file, int partitions) throws IOException {
    produce(run, file, partitions, 0);
  }

  /**
   * Produces all rows, each 50th as many rows later as said: the stream has twelve rows per hour.
   *
   * @param delay a number of rows, 0 for the order of the file
   */
  static void produce(JobRun run, Path file, int partitions, int delay) throws IOException {
    try (CsvReader<NamedCsvRecord> rows =
            CsvReader.builder().ofNamedCsvRecord(open(file), StandardCharsets.UTF_8);
        KafkaProducer<byte[], byte[]> producer = run.producer()) {
      Deque<GenericRecord> delayed = new ArrayDeque<>();
      int row = 0;
      for (NamedCsvRecord text : rows) {
        GenericRecord reading = reading(text);
        if (delay > 0 && row++ % 50 == 0) {
          delayed.add(reading);
        } else {
          send(run, producer, reading, partitions);
        }
        if (delayed.size() > delay / 50) {
          send(run, producer, delayed.remove(), partitions);
        }
      }
      delayed.forEach(reading -> send(run, producer, reading, partitions));
    }
  }

  private static void send(
      JobRun run, KafkaProducer<byte[], byte[]> producer, GenericRecord reading, int partitions) {
    String station = reading.get("station").toString();
    int partition = Math.floorMod(station.hashCode(), partitions);
    producer.send(run.feature(partition, Readings.key(station), Readings.bytes(reading)));
  }

  private static GenericRecord reading(NamedCsvRecord row) {
    GenericData.Record record = new GenericData.Record(Readings.SCHEMA);
    for (Schema.Field field : Readings.SCHEMA.getFields()) {
      String text = row.getField(field.name());
      record.put(
          field.pos(),
          switch (field.name()) {
            case "ts" -> millis(text);
            case "hour" -> Long.parseLong(text);
            case "station" -> text;
            case "wd" -> text.isEmpty() ? null : text;
            default -> text.isEmpty() ? null : Float.parseFloat(text);
          });
    }
    return record;
  }

  static long millis(String text) {
    return OffsetDateTime.parse(text).toInstant().toEpochMilli();
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }
}
