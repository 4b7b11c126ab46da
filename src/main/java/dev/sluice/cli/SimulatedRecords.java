package dev.sluice.cli;

import static java.util.Objects.requireNonNull;

import dev.sluice.cli.produce.RecordSource;
import org.apache.avro.generic.GenericRecord;

/** Drawn records as a source of records to send: whole ones, whatever a simulation breaks later. */
final class SimulatedRecords implements RecordSource {
  private final RecordSimulator simulator;

  SimulatedRecords(RecordSimulator simulator) {
    this.simulator = requireNonNull(simulator, "simulator is null");
  }

  @Override
  public GenericRecord next() {
    return simulator.draw();
  }

  @Override
  public long position() {
    return simulator.drawn();
  }

  @Override
  public void close() {
    simulator.close();
  }
}
