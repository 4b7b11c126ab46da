package dev.sluice.serial;

import dev.sluice.profile.Alarm;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.PredictionBatch;

/** The types on the arrows of the picture. */
public final class ArrowTypes {
  public static final ArrowType<EncodedRecord> ENCODED_RECORD =
      new ArrowType<>(EncodedRecord.class, new EncodedRecordSerializer());
  public static final ArrowType<FeatureRow> FEATURE_ROW =
      new ArrowType<>(FeatureRow.class, new FeatureRowSerializer());
  public static final ArrowType<FeatureBatch> FEATURE_BATCH =
      new ArrowType<>(FeatureBatch.class, new FeatureBatchSerializer());
  public static final ArrowType<PredictionBatch> PREDICTION_BATCH =
      new ArrowType<>(PredictionBatch.class, new PredictionBatchSerializer());
  public static final ArrowType<DeadLetter> DEAD_LETTER =
      new ArrowType<>(DeadLetter.class, new DeadLetterSerializer());
  public static final ArrowType<KafkaMessage> KAFKA_MESSAGE =
      new ArrowType<>(KafkaMessage.class, new KafkaMessageSerializer());
  public static final ArrowType<DataProfile> DATA_PROFILE =
      new ArrowType<>(DataProfile.class, new DataProfileSerializer());
  public static final ArrowType<Alarm> ALARM = new ArrowType<>(Alarm.class, new AlarmSerializer());

  private ArrowTypes() {}
}
