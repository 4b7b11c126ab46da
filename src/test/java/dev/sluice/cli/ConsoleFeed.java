package dev.sluice.cli;

import dev.sluice.encode.AlarmEncoder;
import dev.sluice.encode.ProfileEncoder;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.record.KafkaMessage;
import dev.sluice.report.console.SampleWindows;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What a job publishes for the console: windows in the topics {@code in} and {@code out}, alarms in
 * {@code bells}.
 *
 * @param topic whose broker has these topics, too
 * @param column name of the second column of windows
 */
record ConsoleFeed(LetterTopic topic, String column) {
  void publish(DataProfile... profiles) {
    ProfileEncoder encoder = new ProfileEncoder();
    try (KafkaProducer<byte[], byte[]> producer = topic.producer(Map.of())) {
      for (DataProfile profile : profiles) {
        KafkaMessage message = encoder.map(profile);
        String name = profile.kind() == ProfileKind.INPUT ? "in" : "out";
        producer.send(new ProducerRecord<>(name, message.key(), message.value()));
      }
    }
  }

  void publish(Alarm alarm) {
    try (KafkaProducer<byte[], byte[]> producer = topic.producer(Map.of())) {
      KafkaMessage message = new AlarmEncoder().map(alarm);
      producer.send(new ProducerRecord<>("bells", message.key(), message.value()));
    }
  }

  /**
   * Publishes an hour of three columns and an output, of which one column drifts from hour 3 on.
   */
  void hour(int hour) {
    double shift = hour < 3 ? 0 : hour;
    publish(
        SampleWindows.column(ProfileKind.INPUT, hour, "", "TEMP", 20 + shift, 0.02 + shift / 10),
        SampleWindows.column(ProfileKind.INPUT, hour, "", column, 5, 0.03),
        SampleWindows.column(ProfileKind.INPUT, hour, "", "PRES", 1000, 0.01),
        SampleWindows.column(ProfileKind.INPUT, hour, "north", "TEMP", 20, 0.02),
        SampleWindows.summary(ProfileKind.INPUT, hour, "north"),
        SampleWindows.summary(ProfileKind.INPUT, hour, ""),
        SampleWindows.column(ProfileKind.OUTPUT, hour, "", "score", 0.5, 0.04),
        SampleWindows.summary(ProfileKind.OUTPUT, hour, ""));
  }
}
