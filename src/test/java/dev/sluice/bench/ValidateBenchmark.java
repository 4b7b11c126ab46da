package dev.sluice.bench;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Condition;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.Patterns;
import dev.sluice.profile.Baselines;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.Severity;
import dev.sluice.validate.RecordValidator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time to validate {@value #ROWS} different good records of {@value #COLUMNS} columns, in one
 * thread. A sample is short, so that the median does not tell what else the machine does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx256m")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ValidateBenchmark {
  static final int COLUMNS = 30;
  static final int ROWS = 512;
  private static final int CATEGORIES = 200;

  /** What is expected of each column. */
  @Param public Kind kind;

  private final FeatureRow[] rows = new FeatureRow[ROWS];
  private RecordValidator validator;

  /** What the columns hold and what is expected of them. */
  public enum Kind {
    /** Floats: present, not NaN, in a range. */
    FLOATS(ElementType.FLOAT) {
      @Override
      List<Expectation> expectations(String column) {
        return List.of(
            Expectation.of(ExpectationType.PRESENT, column, Severity.CRITICAL),
            Expectation.of(ExpectationType.NOT_NAN, column, Severity.CRITICAL),
            Expectation.range(column, -5.0, 5.0, Severity.CRITICAL));
      }
    },
    /** Floats in a range, if another column is positive. */
    CONDITIONAL_FLOATS(ElementType.FLOAT) {
      @Override
      List<Expectation> expectations(String column) {
        return List.of(
            Expectation.range(column, -5.0, 5.0, Severity.CRITICAL)
                .withWhen(Condition.parse("f0 > 0")));
      }
    },
    /** Integers of a set of 200. */
    INTEGER_SETS(ElementType.INT64) {
      @Override
      List<Expectation> expectations(String column) {
        return List.of(Expectation.oneOf(column, categories(i -> "" + i), Severity.CRITICAL));
      }
    },
    /** Floats of a set of 200. */
    FLOAT_SETS(ElementType.FLOAT) {
      @Override
      List<Expectation> expectations(String column) {
        return List.of(Expectation.oneOf(column, categories(i -> "" + i), Severity.CRITICAL));
      }
    },
    /** Texts of a set of 200. */
    TEXT_SETS(ElementType.STRING) {
      @Override
      List<Expectation> expectations(String column) {
        return List.of(
            Expectation.oneOf(column, categories(i -> "station " + i), Severity.CRITICAL));
      }
    },
    /** Texts of a length. */
    TEXT_LENGTHS(ElementType.STRING) {
      @Override
      List<Expectation> expectations(String column) {
        return List.of(
            Expectation.of(
                ExpectationType.LENGTH, List.of(column), Bounds.of(1.0, 20.0), Severity.CRITICAL));
      }
    },
    /** Texts that match a regular expression, seen before. */
    TEXT_PATTERNS(ElementType.STRING) {
      @Override
      List<Expectation> expectations(String column) {
        return List.of(
            Expectation.of(
                ExpectationType.REGEX,
                List.of(column),
                new Patterns(List.of("^station [0-9]+$"), false),
                Severity.CRITICAL));
      }
    };

    private final ElementType type;

    Kind(ElementType type) {
      this.type = type;
    }

    abstract List<Expectation> expectations(String column);

    private static Set<String> categories(Function<Integer, String> name) {
      Set<String> categories = new LinkedHashSet<>();
      for (int i = 0; i < CATEGORIES; i++) {
        categories.add(name.apply(i));
      }
      return categories;
    }
  }

  /** Compiles the expectations and draws the rows. */
  @Setup
  public void open() {
    List<FeatureColumn> columns = new ArrayList<>();
    List<Expectation> expectations = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      columns.add(new FeatureColumn("f" + i, kind.type, 1));
      expectations.addAll(kind.expectations("f" + i));
    }
    FeatureLayout layout = new FeatureLayout(columns, List.of());
    validator = RecordValidator.compile(layout, profile(expectations), "", Duration.ofHours(1));
    Random random = new Random(5);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < CATEGORIES; i++) {
      texts.add("station " + i);
    }
    for (int i = 0; i < ROWS; i++) {
      rows[i] = row(layout, texts, random);
      if (!validator.check(rows[i])) {
        throw new IllegalStateException("row is no good one: " + rows[i].violations());
      }
    }
  }

  private FeatureRow row(FeatureLayout layout, List<String> texts, Random random) {
    FeatureRow row = new FeatureRow(layout);
    row.reset(new EncodedRecord("features", 0, 0, 0, null, null, Header.NONE));
    row.setPresent(0, COLUMNS);
    boolean categories = kind == Kind.FLOAT_SETS;
    for (int i = 0; i < COLUMNS; i++) {
      int category = random.nextInt(CATEGORIES);
      row.setDouble(i, categories ? category : (float) random.nextDouble(-5, 5));
      row.setLong(i, category);
      row.setText(i, texts.get(category));
    }
    return row;
  }

  private static DataProfile profile(List<Expectation> expectations) {
    return Baselines.expecting(expectations);
  }

  /** Validates each of the rows; the number of those that are valid. */
  @Benchmark
  public int records() {
    int valid = 0;
    for (int i = 0; i < ROWS; i++) {
      rows[i].reset(rows[i].source());
      rows[i].setPresent(0, COLUMNS);
      valid += validator.check(rows[i]) ? 1 : 0;
    }
    return valid;
  }
}
