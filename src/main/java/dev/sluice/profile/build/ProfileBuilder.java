package dev.sluice.profile.build;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import dev.sluice.profile.OutputColumns;
import dev.sluice.profile.ProfileKind;
import dev.sluice.record.ColumnView;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Makes the baseline from training data: first all batches are added, then {@link #build} lays each
 * column's grid through its exact percentiles, counts the values on it with the statistics that the
 * job uses, and suggests expectations for the inputs. Not thread-safe.
 *
 * <p>It keeps every number in memory until then, 4 bytes for a float and 8 for others: 100 features
 * of a million records take 400 MB. Larger data is to be sampled first.
 */
public final class ProfileBuilder {
  private final FeatureLayout layout;
  private final ColumnValues[] inputs;
  private final Map<String, ColumnValues> outputs = new LinkedHashMap<>();
  private final OutputColumns outputColumns = new OutputColumns();
  private final OutputColumns.Visitor outputVisitor = new OutputCollector();
  private int[] chosen = {};
  private double[] numbers = {};
  private String[] texts = {};
  private long rows;
  private long firstEventTime = Long.MAX_VALUE;
  private long lastEventTime = Long.MIN_VALUE;

  /** Takes outputs apart by column. */
  private final class OutputCollector implements OutputColumns.Visitor {
    @Override
    public void numbers(String column, ElementType type, double[] values, int count) {
      outputs.computeIfAbsent(column, name -> new ColumnValues(type)).addNumbers(values, count);
    }

    @Override
    public void texts(String column, String[] values, int count) {
      outputs
          .computeIfAbsent(column, name -> new ColumnValues(ElementType.STRING))
          .addTexts(values, count);
    }
  }

  public ProfileBuilder(FeatureLayout layout) {
    this.layout = layout;
    this.inputs = new ColumnValues[layout.columns().size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = new ColumnValues(layout.columns().get(i).type());
    }
  }

  /** Adds every row of the batch, which may be reused afterwards. */
  public void addInputs(FeatureBatch batch) {
    reserve(batch.size());
    for (int column = 0; column < inputs.length; column++) {
      ColumnView view = batch.column(column);
      int count = 0;
      for (int row = 0; row < batch.size(); row++) {
        if (!view.isMissing(row)) {
          chosen[count++] = row;
        }
      }
      inputs[column].addMissing((long) (batch.size() - count) * view.column().missingValues());
      for (int element = 0; element < view.column().width(); element++) {
        count = view.column().isPadded() ? keepLonger(view, element, count) : count;
        addElement(view, element, count, inputs[column]);
      }
    }
    rows += batch.size();
    for (int row = 0; row < batch.size(); row++) {
      firstEventTime = Math.min(firstEventTime, batch.eventTime(row));
      lastEventTime = Math.max(lastEventTime, batch.eventTime(row));
    }
  }

  /** Keeps those of the chosen rows that have an element, which is no padding there. */
  private int keepLonger(ColumnView view, int element, int count) {
    int longer = 0;
    for (int i = 0; i < count; i++) {
      chosen[longer] = chosen[i];
      longer += element < view.length(chosen[i]) ? 1 : 0;
    }
    return longer;
  }

  private void addElement(ColumnView view, int element, int count, ColumnValues values) {
    if (view.type() == ElementType.STRING) {
      for (int i = 0; i < count; i++) {
        texts[i] = view.textAt(chosen[i], element);
      }
      values.addTexts(texts, count);
    } else {
      view.copyNumbers(chosen, count, element, numbers);
      values.addNumbers(numbers, count);
    }
  }

  /** Adds the outputs of every predicted row of the batch, which may be reused afterwards. */
  public void addOutputs(PredictionBatch batch) {
    reserve(batch.size());
    int count = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (batch.isPredicted(row)) {
        chosen[count++] = row;
      }
    }
    outputColumns.forEach(batch, chosen, count, outputVisitor);
  }

  private void reserve(int size) {
    if (chosen.length < size) {
      chosen = new int[size];
      numbers = new double[size];
      texts = new String[size];
    }
  }

  /**
   * Returns the baseline.
   *
   * @param modelVersion empty where there is none
   * @param modelSha256 SHA-256 of the model file in hexadecimal, empty where unknown
   * @param dataSetName name of the training data, for a person
   * @param dataSetSha256 SHA-256 of the training data in hexadecimal, empty where unknown
   * @param timeZone the zone whose days and months windows follow
   * @param creator what makes it, for a person
   * @throws IllegalStateException if no row was added
   */
  public DataProfile build(
      String modelName,
      String modelVersion,
      String modelSha256,
      String dataSetName,
      String dataSetSha256,
      String timeZone,
      String creator) {
    if (rows == 0) {
      throw new IllegalStateException("data set " + dataSetName + " has no rows, expected some");
    }
    return new DataProfile(
        DataProfile.FORMAT_VERSION,
        ProfileKind.BASELINE,
        modelName,
        modelVersion,
        modelSha256,
        "",
        null,
        null,
        "",
        timeZone,
        "",
        0,
        rows,
        0,
        0,
        inputProfiles(),
        outputs.entrySet().stream().map(e -> e.getValue().toProfile(e.getKey())).toList(),
        List.of(),
        new DataSet(dataSetName, dataSetSha256, rows, firstEventTime, lastEventTime),
        creator);
  }

  private List<ColumnProfile> inputProfiles() {
    return IntStream.range(0, inputs.length)
        .mapToObj(i -> inputProfile(layout.columns().get(i), inputs[i]))
        .toList();
  }

  private static ColumnProfile inputProfile(FeatureColumn column, ColumnValues values) {
    ColumnProfile profile = values.toProfile(column.name());
    return profile.withExpectations(SuggestedExpectations.of(profile));
  }
}
