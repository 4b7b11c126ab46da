package dev.sluice.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Records and the model that scores them: what all contenders are given. The first field of a
 * record is its event time, which advances evenly, whatever the other fields are; so a second's
 * records are of a second, as they mostly are in a stream. All records are different as far as
 * there are real ones, since the same ones again make trees look faster. Used by one thread.
 */
interface Workload {
  /** Name of the field that holds the event time. */
  String EVENT_TIME = "ts";

  /** Event time of the first record, milliseconds since 1970. */
  long START = 1_700_000_000_000L;

  /** Rows of a batch, for the contenders that have batches: the job's default. */
  int BATCH_ROWS = 256;

  /** Returns the letter that the benchmark's options and reports name it by. */
  String name();

  /** Returns what it is, for a person. */
  String title();

  /** Returns how many records it has for each one that was asked for, which its cost suggests. */
  double share();

  /**
   * Returns how many records of the stream there are per millisecond of event time: a tenth of what
   * the job scores in one, as if it caught up with a stream that leaves it that much room. So a
   * window of a minute ends every six seconds.
   */
  int recordsPerMilli();

  /** Returns the event time of a record, milliseconds since 1970. */
  default long eventTime(long number) {
    return START + number / recordsPerMilli();
  }

  /** Returns which share of the records contenders score that run the model once per record. */
  double perRecordShare();

  /** Returns the schema of the records; its first field is {@link #EVENT_TIME}. */
  Schema schema();

  /** Returns the model package, or the model's file. */
  Path model();

  /** Returns the fields by model input where their names differ; by default none. */
  default Map<String, String> inputs() {
    return Map.of();
  }

  /** Returns of how many records at most, from the first on, the data profile is made. */
  default int profiled() {
    return 20_000;
  }

  /** Returns why the workload cannot be run on this machine, if it cannot; it can, by default. */
  default Optional<String> absence() {
    return Optional.empty();
  }

  /**
   * Encodes a record as plain Avro; the same number gives the same bytes.
   *
   * @param number 0 or more
   */
  byte[] record(long number);

  /** Returns what decodes records straight into the runtime's input buffers. */
  HandDecoder decoder(BareRuntime runtime);

  /** Returns one record as the model's inputs by name, batches of one row; the caller closes it. */
  Map<String, OnnxTensor> tensors(OrtEnvironment environment, GenericRecord record)
      throws OrtException;
}
