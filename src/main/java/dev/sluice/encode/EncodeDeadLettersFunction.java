package dev.sluice.encode;

import static java.util.Objects.requireNonNull;

import dev.sluice.metric.StageMetrics;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.KafkaMessage;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;

/**
 * One message per dead letter. Metric: {@code dead_letters_total} by {@code kind}; their sum is
 * that of records malformed, rejected and failed, and of tombstones failed.
 */
public final class EncodeDeadLettersFunction extends RichMapFunction<DeadLetter, KafkaMessage> {
  private static final long serialVersionUID = 1L;

  private final DeadLetterEncoder encoder;
  private transient Map<DeadLetter.Kind, Counter> written;

  public EncodeDeadLettersFunction(DeadLetterEncoder encoder) {
    this.encoder = requireNonNull(encoder, "encoder is null");
  }

  @Override
  public void open(OpenContext context) {
    StageMetrics metrics = StageMetrics.of(getRuntimeContext().getMetricGroup());
    written = new EnumMap<>(DeadLetter.Kind.class);
    for (DeadLetter.Kind kind : DeadLetter.Kind.values()) {
      written.put(kind, metrics.by("kind", kind.name()).counter("dead_letters_total"));
    }
  }

  @Override
  public KafkaMessage map(DeadLetter letter) {
    written.get(letter.kind()).inc();
    return encoder.map(letter);
  }
}
