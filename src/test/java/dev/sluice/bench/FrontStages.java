package dev.sluice.bench;

import dev.sluice.config.DriftOptions;
import dev.sluice.config.ProfileOptions;
import dev.sluice.decode.MalformedRecordException;
import dev.sluice.decode.RecordDecoder;
import dev.sluice.decode.RecordDecoding;
import dev.sluice.model.ModelIdentity;
import dev.sluice.monitor.Monitor;
import dev.sluice.monitor.Segments;
import dev.sluice.monitor.WindowPartial;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.validate.RecordValidator;
import java.time.Duration;
import org.apache.avro.Schema;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/**
 * The stages before the model, as the job chains them and with its defaults: decode, validate,
 * append to a batch, profile the batch. Between them there is no Flink; it calls the profiling
 * operator once per batch.
 */
final class FrontStages implements AutoCloseable {
  /** The job's default. */
  static final int BATCH = 256;

  private final RecordDecoder decoder;
  private final RecordValidator validator;
  private final FeatureRow row;
  private final FeatureBatch batch;
  private final StreamRecord<FeatureBatch> element;
  private final OneInputStreamOperatorTestHarness<FeatureBatch, WindowPartial> profile;

  /**
   * @param schema of the records, plain Avro, whose event time is {@link FloatRecords#EVENT_TIME}
   * @param baseline what they are validated and profiled against
   */
  FrontStages(Schema schema, FeatureLayout layout, DataProfile baseline) throws Exception {
    this(schema, layout, baseline, BATCH);
  }

  /**
   * @param rows how many a batch has
   */
  FrontStages(Schema schema, FeatureLayout layout, DataProfile baseline, int rows)
      throws Exception {
    this(schema, layout, baseline, Segments.NONE, rows);
  }

  /**
   * @param segments that rows are profiled by
   */
  FrontStages(
      Schema schema, FeatureLayout layout, DataProfile baseline, Segments segments, int rows)
      throws Exception {
    decoder = RecordDecoder.open(RecordDecoding.plain(schema), layout, FloatRecords.EVENT_TIME);
    validator =
        RecordValidator.compile(layout, baseline, FloatRecords.EVENT_TIME, Duration.ofHours(1));
    row = new FeatureRow(layout);
    batch = new FeatureBatch(layout, rows);
    element = new StreamRecord<>(batch);
    Configuration defaults = new Configuration();
    Monitor monitor =
        new Monitor(
            new ModelIdentity("bench", "1", "sha-of-model"),
            baseline,
            "sha-of-baseline",
            ProfileOptions.from(defaults),
            DriftOptions.from(defaults),
            segments);
    profile = new OneInputStreamOperatorTestHarness<>(monitor.inputs());
    profile.setup(Monitor.WINDOW_PARTIAL.createSerializer(new SerializerConfigImpl()));
    profile.open();
  }

  /**
   * Takes records through all stages.
   *
   * @throws IllegalStateException if one is not valid: the path of bad records is another one
   */
  void accept(EncodedRecord[] records, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      accept(records[i]);
    }
  }

  private void accept(EncodedRecord record) throws Exception {
    try {
      decoder.decode(record, row);
    } catch (MalformedRecordException e) {
      throw new IllegalStateException("the benchmark's records are malformed", e);
    }
    if (!validator.check(row)) {
      throw new IllegalStateException("record is rejected: " + row.violations());
    }
    batch.append(row);
    if (batch.size() == batch.capacity()) {
      profileBatch();
    }
  }

  private void profileBatch() throws Exception {
    profile.processElement(element);
    batch.clear();
  }

  /**
   * Returns the statistics of all records so far, which are all of one window, and forgets them.
   */
  WindowPartial takeStatistics() throws Exception {
    profileBatch();
    profile.prepareSnapshotPreBarrier(1);
    WindowPartial statistics = profile.extractOutputValues().get(0);
    profile.getOutput().clear();
    return statistics;
  }

  @Override
  public void close() {
    decoder.close();
    try {
      profile.close();
    } catch (Exception e) {
      throw new IllegalStateException("the profiling operator does not close", e);
    }
  }
}
