package dev.sluice.kafka;

import org.apache.flink.api.connector.source.SourceEvent;

/** Tells a reader that the partitions that are there have been given out, its own before this. */
record PartitionsAssigned() implements SourceEvent {
  private static final long serialVersionUID = 1L;
}
