package dev.sluice.kafka;

import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Adds what a reader gives to a list. */
final class CollectedOutput<T> implements ReaderOutput<T> {
  private final List<T> given;

  CollectedOutput(List<T> given) {
    this.given = given;
  }

  @Override
  public void collect(T element) {
    given.add(element);
  }

  @Override
  public void collect(T element, long timestamp) {
    given.add(element);
  }

  @Override
  public void emitWatermark(Watermark watermark) {}

  @Override
  public void markIdle() {}

  @Override
  public void markActive() {}

  @Override
  public SourceOutput<T> createOutputForSplit(String split) {
    return this;
  }

  @Override
  public void releaseOutputForSplit(String split) {}
}
