package dev.sluice.profile.build;

import dev.sluice.expect.Expectation;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import dev.sluice.profile.ElementColumns;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.Season;
import dev.sluice.profile.WindowFindings;
import dev.sluice.profile.build.ColumnValues.Counted;
import dev.sluice.record.ColumnView;
import dev.sluice.record.ElementName;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Makes the baseline from training data: first all batches are added, then {@link #build} lays each
 * column's grid through its exact percentiles, counts the values on it with the statistics that the
 * job uses, and suggests expectations for the inputs. The same rows in any order, cut into batches
 * in any way, make the same baseline. Not thread-safe; building uses the processors there are.
 *
 * <p>Memory is bounded whatever the number of rows. Values beyond some 8 MiB go to a temporary file
 * (see {@link Spill}), 4 bytes for a float, 8 for most others, which {@link #close} removes. What
 * stays in memory, besides the batch that is added, is up to 16 MiB of buffers; per column up to
 * 1,000 texts; per processor, while building, about 4 MiB, 5 KiB per part, and where there are
 * event times up to 18 MiB more, usually 5; and the baseline itself.
 */
public final class ProfileBuilder implements AutoCloseable {
  private final FeatureLayout layout;
  private final PartOptions options;
  private final String eventTimeField;
  private final EventTimes eventTimes = new EventTimes();
  private final Spill spill;
  private final PartKeys keys;
  private final boolean perElement;
  private final ColumnValues[][] inputs;
  private final InputSizes sizes;
  private final OutputValues outputs;
  private final int maxSlice;
  private final int[] textColumns;
  private int[] chosen = {};
  private double[] numbers = {};
  private String[] texts = {};
  private long rows;

  /** Makes a baseline without parts. */
  public ProfileBuilder(FeatureLayout layout) {
    this(layout, PartOptions.NONE);
  }

  /**
   * Makes a baseline with parts.
   *
   * @throws IllegalArgumentException if the layout lacks the field that makes the segments, or it
   *     is an array
   */
  public ProfileBuilder(FeatureLayout layout, PartOptions options) {
    this(layout, options, "");
  }

  /**
   * Makes a baseline with parts.
   *
   * @param eventTimeField path of the field that holds the event time, of which something may be
   *     suggested, too, and by which it is measured how the columns vary; empty for none
   * @throws IllegalArgumentException if the layout lacks the field that makes the segments, or it
   *     is an array
   */
  public ProfileBuilder(FeatureLayout layout, PartOptions options, String eventTimeField) {
    this(layout, options, eventTimeField, false);
  }

  /**
   * Makes a baseline with parts.
   *
   * @param eventTimeField path of the field that holds the event time, of which something may be
   *     suggested, too; empty for none
   * @param perElement whether each element of an array of fixed size is a column, {@code name[i]};
   *     otherwise, and where the size varies, its elements are pooled in one
   * @throws IllegalArgumentException if the layout lacks the field that makes the segments, or it
   *     is an array; or if there are more than {@value ElementColumns#MAX} columns of elements
   */
  public ProfileBuilder(
      FeatureLayout layout, PartOptions options, String eventTimeField, boolean perElement) {
    this(layout, options, eventTimeField, perElement, new Spill());
  }

  /** Makes one that keeps its values where it is told, for tests. */
  ProfileBuilder(FeatureLayout layout, PartOptions options, Spill spill) {
    this(layout, options, "", false, spill);
  }

  ProfileBuilder(
      FeatureLayout layout,
      PartOptions options,
      String eventTimeField,
      boolean perElement,
      Spill spill) {
    if (perElement) {
      ElementColumns.requireFew(layout);
    }
    this.layout = layout;
    this.perElement = perElement;
    this.options = options;
    this.eventTimeField = eventTimeField;
    this.spill = spill;
    boolean keyed = options.hasParts() || !eventTimeField.isEmpty();
    this.keys = keyed ? new PartKeys(layout, options, spill.newColumn()) : null;
    SpillColumn keyColumn = keys == null ? null : keys.column();
    this.inputs =
        layout.columns().stream()
            .map(column -> values(column, spill, keyColumn))
            .toArray(ColumnValues[][]::new);
    this.sizes = new InputSizes(layout);
    this.outputs = new OutputValues(spill, keyColumn);
    this.maxSlice = Spill.slice(layout.columns().stream().mapToInt(FeatureColumn::width).toArray());
    this.textColumns =
        IntStream.range(0, inputs.length)
            .filter(i -> layout.columns().get(i).type() == ElementType.STRING)
            .toArray();
  }

  private ColumnValues[] values(FeatureColumn column, Spill spill, SpillColumn keyColumn) {
    ColumnValues[] values = new ColumnValues[isSpread(column) ? column.width() : 1];
    Arrays.setAll(values, element -> ColumnValues.of(column.type(), spill, keyColumn));
    return values;
  }

  /** Returns whether each element of a feature is a column. */
  private boolean isSpread(FeatureColumn column) {
    return perElement && column.hasElements();
  }

  /**
   * Adds every row of the batch, which may be reused afterwards. The rows of one partition of a
   * topic come in its order; files are told apart by the number of the partition, like partitions.
   *
   * @throws IllegalArgumentException if there are seasons, and a row has no event time
   */
  public void addInputs(FeatureBatch batch) {
    for (int from = 0; from < batch.size(); ) {
      int to = endOfSlice(batch, from);
      addInputs(batch, from, to);
      from = to;
    }
    rows += batch.size();
    for (int row = 0; row < batch.size(); row++) {
      eventTimes.add(batch.source(row), batch.eventTime(row));
    }
  }

  private int endOfSlice(FeatureBatch batch, int from) {
    int last = Math.min(batch.size(), from + maxSlice);
    if (textColumns.length == 0) {
      return last;
    }
    long chars = 0;
    int to = from;
    while (to < last && chars < Spill.CHUNK_BYTES) {
      for (int column : textColumns) {
        ColumnView view = batch.column(column);
        boolean present = !view.isMissing(to);
        for (int element = 0; present && element < view.length(to); element++) {
          chars += view.textAt(to, element).length();
        }
      }
      to++;
    }
    return to;
  }

  private void addInputs(FeatureBatch batch, int from, int to) {
    reserve(to - from);
    int offset = startRows(batch, from, to, true);
    sizes.add(batch, from, to, keys);
    for (int column = 0; column < inputs.length; column++) {
      ColumnView view = batch.column(column);
      if (view.hasMissing()) {
        int absent = choose(view, from, to, true);
        int each = inputs[column].length > 1 ? 1 : view.column().missingValues();
        for (ColumnValues values : inputs[column]) {
          values.addMissing(chosen, offset, absent, each);
        }
      }
      int count = choose(view, from, to, false);
      for (int element = 0; element < view.column().width(); element++) {
        count = view.column().isPadded() ? keepLonger(view, element, count) : count;
        addElement(
            view, element, offset, count, inputs[column][inputs[column].length > 1 ? element : 0]);
      }
    }
  }

  /** Returns what a row's number within the group of the spill is more than that in the batch. */
  private int startRows(FeatureBatch batch, int from, int to, boolean counted) {
    spill.writeIfFull();
    if (keys == null) {
      return 0;
    }
    int first = keys.rows();
    keys.add(batch, from, to, counted);
    return first - from;
  }

  private int choose(ColumnView view, int from, int to, boolean missing) {
    int count = 0;
    for (int row = from; row < to; row++) {
      if (view.isMissing(row) == missing) {
        chosen[count++] = row;
      }
    }
    return count;
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

  private void addElement(
      ColumnView view, int element, int offset, int count, ColumnValues values) {
    if (values instanceof TextColumn column) {
      for (int i = 0; i < count; i++) {
        texts[i] = view.textAt(chosen[i], element);
      }
      column.add(texts, chosen, offset, count);
    } else if (values instanceof NumberColumn column) {
      view.copyNumbers(chosen, count, element, numbers);
      column.add(numbers, chosen, offset, count);
    }
  }

  /** Adds the outputs of every predicted row of the batch, which may be reused afterwards. */
  public void addOutputs(PredictionBatch batch) {
    int slice =
        Spill.slice(batch.outputs().stream().mapToInt(o -> o.values().rowWidth()).toArray());
    for (int from = 0; from < batch.size(); from += slice) {
      int to = Math.min(batch.size(), from + slice);
      reserve(to - from);
      int count = 0;
      for (int row = from; row < to; row++) {
        if (batch.isPredicted(row)) {
          chosen[count++] = row;
        }
      }
      outputs.add(batch, chosen, startRows(batch.features(), from, to, false), count);
    }
  }

  private void reserve(int size) {
    if (chosen.length < size) {
      chosen = new int[size];
      numbers = new double[size];
      texts = new String[size];
    }
  }

  /**
   * Returns the baseline; nothing can be added afterwards.
   *
   * @param modelVersion empty where there is none
   * @param modelSha256 SHA-256 of the model file in hexadecimal, empty where unknown
   * @param dataSetName name of the training data, for a person
   * @param dataSetSha256 SHA-256 of the training data in hexadecimal, empty where unknown
   * @param timeZone the zone whose days and months windows follow
   * @param creator what makes it, for a person
   * @throws IllegalStateException if no row was added
   * @throws IllegalArgumentException if there are seasons, and of another time zone
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
    if (options.season() != Season.NONE && !options.zone().equals(ZoneId.of(timeZone))) {
      throw new IllegalArgumentException(
          "the time zone is "
              + timeZone
              + ", expected "
              + options.zone()
              + ", that of the seasons");
    }
    spill.finish();
    Parts parts = keys == null ? Parts.NONE : keys.parts();
    TimeBlocks times = times(ZoneId.of(timeZone));
    List<Counted> inputColumns = inputColumns(parts, times);
    List<Counted> outputColumns = outputs.count(parts, times);
    return new DataProfile(
        DataProfile.FORMAT_VERSION,
        ProfileKind.BASELINE,
        new ProfiledModel(modelName, modelVersion, modelSha256),
        ProfiledWindow.none(timeZone),
        RowCounts.of(rows),
        inputColumns.stream().map(this::input).toList(),
        outputColumns.stream().map(Counted::profile).toList(),
        ofNoColumn(inputColumns),
        new DataSet(dataSetName, dataSetSha256, rows, eventTimes.first(), eventTimes.last()),
        creator,
        WindowFindings.NONE,
        parts.toProfile(part -> ofPart(inputColumns, part), part -> ofPart(outputColumns, part)));
  }

  /** What the field says is when things happened; a topic's timestamps may be of a later copy. */
  private TimeBlocks times(ZoneId zone) {
    return eventTimeField.isEmpty()
        ? TimeBlocks.NONE
        : TimeBlocks.of(eventTimes.first(), eventTimes.last(), options.season(), zone);
  }

  private List<Counted> inputColumns(Parts parts, TimeBlocks times) {
    List<Supplier<Counted>> columns = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      int column = i;
      FeatureColumn feature = layout.columns().get(i);
      ColumnValues[] values = inputs[i];
      if (!isSpread(feature)) {
        columns.add(
            () -> {
              int missing = feature.missingValues();
              return sizes.with(
                  column, values[0].count(feature.name(), parts, times, missing), parts);
            });
        continue;
      }
      for (int element = 0; element < values.length; element++) {
        String name = ElementName.of(feature.name(), element);
        ColumnValues ofElement = values[element];
        columns.add(() -> ofElement.count(name, parts, times, 1));
      }
    }
    return columns.parallelStream().map(Supplier::get).toList();
  }

  /** Returns what is expected of arrays that are no column, and of the event time. */
  private List<Expectation> ofNoColumn(List<Counted> columns) {
    List<Expectation> expectations = new ArrayList<>();
    for (FeatureColumn feature : layout.columns()) {
      if (isSpread(feature)) {
        String first = ElementName.of(feature.name(), 0);
        columns.stream()
            .map(Counted::whole)
            .filter(column -> column.name().equals(first))
            .map(column -> SuggestedExpectations.ofArray(feature.name(), column))
            .forEach(expectations::addAll);
      }
    }
    if (!eventTimeField.isEmpty() && eventTimes.areInOrder()) {
      expectations.add(SuggestedExpectations.ofEventTime(eventTimeField));
    }
    return expectations;
  }

  private ColumnProfile input(Counted column) {
    ColumnProfile profile = column.profile();
    boolean element = perElement && ElementName.parse(profile.name()).isPresent();
    return profile.withExpectations(
        element ? SuggestedExpectations.ofElement(profile) : SuggestedExpectations.of(profile));
  }

  private static List<ColumnProfile> ofPart(List<Counted> columns, int part) {
    return columns.stream().map(column -> column.parts().get(part)).toList();
  }

  /** Removes the temporary file, if there is one. */
  @Override
  public void close() {
    spill.close();
  }
}
