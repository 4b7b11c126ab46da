import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends air quality readings and prints their predictions, from the root of the project:
 *
 * <pre>java -cp 'target/lib/*' deploy/example/AirQuality.java [READINGS [BOOTSTRAP_SERVERS]]</pre>
 *
 * <p>A Kafka record is one Avro record in plain binary form: no header, no schema id.
 */
public final class AirQuality {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  public static void main(String[] args) throws Exception {
    int readings = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    String servers = args.length > 1 ? args[1] : "127.0.0.1:9092";
    Schema readingSchema = new Schema.Parser().parse(new File("schemas/AirQualityReading.avsc"));
    Schema predictionSchema = new Schema.Parser().parse(new File("schemas/Prediction.avsc"));
    Map<String, Object> clients = Map.of("bootstrap.servers", servers);
    try (var consumer =
            new KafkaConsumer<>(clients, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var producer =
            new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor("predictions").stream().map(AirQuality::partition).toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      Random random = new Random(1);
      Set<String> waitedFor = new HashSet<>();
      for (int i = 0; i < readings; i++) {
        GenericRecord reading = reading(readingSchema, random);
        byte[] key = reading.get("station").toString().getBytes();
        RecordMetadata sent =
            producer.send(new ProducerRecord<>("features", key, encode(reading))).get();
        waitedFor.add(sent.partition() + ":" + sent.offset());
      }
      Instant end = Instant.now().plus(PATIENCE);
      while (!waitedFor.isEmpty() && Instant.now().isBefore(end)) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
          GenericRecord prediction = decode(predictionSchema, message.value());
          // Others write to the features topic, too.
          if (waitedFor.remove(prediction.get("partition") + ":" + prediction.get("offset"))) {
            System.out.println(prediction);
          }
        }
      }
      System.out.printf(
          "sent %d readings, got %d predictions%n", readings, readings - waitedFor.size());
    }
  }

  private static TopicPartition partition(PartitionInfo info) {
    return new TopicPartition(info.topic(), info.partition());
  }

  private static GenericRecord reading(Schema schema, Random random) {
    Instant now = Instant.now();
    GenericRecord reading = new GenericData.Record(schema);
    reading.put("ts", now.truncatedTo(ChronoUnit.HOURS).toEpochMilli());
    reading.put("station", "Dongsi");
    reading.put("SO2", 2 + 20 * random.nextFloat());
    reading.put("NO2", 20 + 60 * random.nextFloat());
    reading.put("CO", 300 + 2000 * random.nextFloat());
    reading.put("O3", 5 + 100 * random.nextFloat());
    reading.put("TEMP", 25 * random.nextFloat());
    reading.put("PRES", 1000 + 25 * random.nextFloat());
    reading.put("DEWP", -10 + 20 * random.nextFloat());
    reading.put("RAIN", 0f);
    reading.put("wd", "NNE");
    reading.put("WSPM", 4 * random.nextFloat());
    reading.put("hour", (long) now.atOffset(ZoneOffset.ofHours(8)).getHour());
    reading.put("PM10", 20 + 150 * random.nextFloat());
    return reading;
  }

  private static byte[] encode(GenericRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static GenericRecord decode(Schema schema, byte[] bytes) throws IOException {
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
  }
}
