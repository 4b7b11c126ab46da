package dev.sluice.kafka;

import dev.sluice.config.KafkaOptions;
import java.util.Map;

/** Which of the options' client properties hold. */
enum ClientSide {
  /** Those that read: {@code kafka.source.properties} win. */
  SOURCE(KafkaOptions.SOURCE_PROPERTIES.key()),
  /** Those that write: {@code kafka.sink.properties} win. */
  SINKS(KafkaOptions.SINK_PROPERTIES.key()),
  /** Those that do neither: {@code kafka.properties} alone. */
  ANY(KafkaOptions.PROPERTIES.key());

  private final String option;

  ClientSide(String option) {
    this.option = option;
  }

  /** Returns the properties of these clients, the general ones among them. */
  Map<String, String> properties(KafkaOptions kafka) {
    return switch (this) {
      case SOURCE -> kafka.sourceProperties();
      case SINKS -> kafka.sinkProperties();
      case ANY -> kafka.properties();
    };
  }

  /**
   * Returns the option that a property's value comes from; where it is not set, the one that would
   * set it for all clients.
   */
  String option(KafkaOptions kafka, String property) {
    String value = properties(kafka).get(property);
    boolean own = value != null && !value.equals(kafka.properties().get(property));
    return (own ? option : KafkaOptions.PROPERTIES.key()) + "." + property;
  }
}
