package dev.sluice.cli.letters;

import dev.sluice.cli.inspect.Shown;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/** Predictions for a person: what the model said, of which record, and what was odd about it. */
final class PredictionText {
  private PredictionText() {}

  /** Returns the lines of a message whose content is a prediction. */
  static List<String> of(TopicMessage message, GenericRecord prediction) {
    Block block = new Block(message, "Prediction");
    for (Object item : (List<?>) prediction.get("outputs")) {
      GenericRecord output = (GenericRecord) item;
      block.line("output", Shown.text(output.get("name")) + " = " + value(output));
    }
    for (Object item : (List<?>) prediction.get("warnings")) {
      block.line("warning", ViolationText.of((GenericRecord) item));
    }
    block.line(
        "record",
        "%s-%s@%s, event time %s"
            .formatted(
                Shown.text(prediction.get("topic")),
                prediction.get("partition"),
                prediction.get("offset"),
                Instant.ofEpochMilli((Long) prediction.get("eventTime"))));
    block.key(message.message().key());
    block.headers(message.message().headers());
    ((Map<?, ?>) prediction.get("features"))
        .forEach(
            (name, value) -> block.line("feature", Shown.text(name) + " = " + Shown.text(value)));
    block.model(
        prediction.get("modelName"),
        prediction.get("modelVersion"),
        prediction.get("modelSha256"),
        null);
    return block.lines();
  }

  private static String value(GenericRecord output) {
    if (output.get("value") instanceof GenericRecord several) {
      List<?> shape = (List<?>) output.get("shape");
      String of = shape.size() < 2 ? "" : " of shape " + RecordText.shape(shape);
      return RecordText.value(
              several.getSchema().getField("values").schema(), several.get("values"))
          + of;
    }
    return Shown.text(output.get("value"));
  }
}
