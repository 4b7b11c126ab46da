package dev.sluice.bench;

import dev.sluice.drift.DriftRule;
import dev.sluice.drift.References;
import dev.sluice.drift.WindowJudge;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How often windows without drift are called drifted, and how surely a shift is seen: 30 columns of
 * normal, log-normal, uniform, discrete and zero-inflated numbers and of texts, independent
 * records, against a baseline that is drawn in the same way. Seeded: the same every time. Prints a
 * table.
 */
public final class DriftSimulation {
  static final int COLUMNS = 30;
  private static final int KINDS = 6;
  private static final long START = 1_400_000_000_000L;
  private static final ProfiledWindow WINDOW =
      new ProfiledWindow("", "", START, START + 3_600_000, "PT1H", "UTC", 0);
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(
          IntStream.range(0, COLUMNS)
              .mapToObj(
                  c ->
                      new FeatureColumn(
                          "c" + c, isText(c) ? ElementType.STRING : ElementType.DOUBLE, 1))
              .toList(),
          java.util.List.of());

  private final DataProfile baseline;
  private final Random random;

  /**
   * What was seen in some windows.
   *
   * @param windows how many there were
   * @param drifted windows with a column that is called drifted
   * @param falseColumns columns called drifted that are not shifted
   * @param seen windows in which the shifted column is called drifted
   */
  record Result(int windows, int drifted, int falseColumns, int seen) {
    double share() {
      return drifted / (double) windows;
    }
  }

  DriftSimulation(int baselineRows, long seed) {
    this.random = new Random(seed);
    this.baseline = baseline(baselineRows);
  }

  private static boolean isText(int column) {
    return column % KINDS == 5;
  }

  /** A number of a column, shifted by so many of its standard deviations. */
  private double number(int column, double shift) {
    double gaussian = random.nextGaussian();
    double scale = 1 + column;
    return switch (column % KINDS) {
      case 0 -> scale * (gaussian + shift);
      case 1 -> Math.exp(gaussian) + shift * 2.161; // √((e - 1)·e)
      case 2 -> scale * (random.nextDouble() + shift / Math.sqrt(12));
      case 3 -> random.nextInt(7) + shift * 2;
      default -> random.nextInt(10) < 8 ? shift * 0.917 : Math.abs(gaussian) * 2 + shift * 0.917;
    };
  }

  /** Some texts are frequent and some are rare; one in fifty is missing, null. */
  private String text(int column) {
    int rank = (int) Math.min(11, Math.exp(random.nextDouble() * Math.log(12 + column)));
    return random.nextInt(50) == 0 ? null : "t" + rank;
  }

  private DataProfile baseline(int rows) {
    FeatureBatch batch = new FeatureBatch(LAYOUT, 256);
    FeatureRow row = new FeatureRow(LAYOUT);
    try (ProfileBuilder builder = new ProfileBuilder(LAYOUT)) {
      for (int i = 0; i < rows; i++) {
        row.reset(new EncodedRecord("f", 0, i, 0, null, new byte[0], Header.NONE));
        for (int column = 0; column < COLUMNS; column++) {
          if (isText(column)) {
            String text = text(column);
            row.setMissing(column, text == null);
            row.setText(column, text);
          } else {
            row.setMissing(column, false);
            row.setDouble(column, number(column, 0));
          }
        }
        batch.append(row);
        if (batch.size() == batch.capacity() || i == rows - 1) {
          builder.addInputs(batch);
          batch.clear();
        }
      }
      return builder.build("m", "", "", "simulated", "", "UTC", "test");
    }
  }

  /**
   * Judges windows.
   *
   * @param shifted the column that is shifted; -1 for none
   * @param shift by so many standard deviations
   */
  Result judge(DriftRule rule, int windows, int rows, int shifted, double shift) {
    WindowJudge judge = new WindowJudge(rule);
    References references = References.of(baseline, ProfileKind.INPUT, WINDOW);
    int drifted = 0;
    int falseColumns = 0;
    int seen = 0;
    for (int window = 0; window < windows; window++) {
      Map<String, ColumnDrift> drifts = judge.judge(references, window(rows, shifted, shift));
      long called = drifts.values().stream().filter(DriftSimulation::isDrift).count();
      boolean found = shifted >= 0 && isDrift(drifts.get("c" + shifted));
      drifted += called > 0 ? 1 : 0;
      falseColumns += (int) called - (found ? 1 : 0);
      seen += found ? 1 : 0;
    }
    return new Result(windows, drifted, falseColumns, seen);
  }

  private static boolean isDrift(ColumnDrift drift) {
    return drift.verdict() == DriftVerdict.DRIFT;
  }

  private Map<String, ColumnProfile> window(int rows, int shifted, double shift) {
    Map<String, ColumnProfile> columns = new LinkedHashMap<>();
    double[] numbers = new double[rows];
    for (int column = 0; column < COLUMNS; column++) {
      ColumnProfile known = baseline.columns().get(column);
      ColumnStatistics statistics = ColumnStatistics.comparableWith(known);
      if (statistics instanceof TextStatistics texts) {
        for (int i = 0; i < rows; i++) {
          String text = text(column);
          if (text == null) {
            texts.addMissing(1);
          } else {
            texts.add(text);
          }
        }
      } else if (statistics instanceof NumberStatistics values) {
        for (int i = 0; i < rows; i++) {
          numbers[i] = number(column, column == shifted ? shift : 0);
        }
        values.add(numbers, rows);
      }
      columns.put(
          known.name(), statistics.toProfile(known.name(), known.valueType(), known.massEdges()));
    }
    return columns;
  }

  /**
   * Prints a table.
   *
   * @param arguments none, or the number of windows
   */
  public static void main(String[] arguments) {
    int windows = arguments.length == 0 ? 1000 : Integer.parseInt(arguments[0]);
    DriftSimulation simulation = new DriftSimulation(100_000, 7);
    System.out.println(
        "| windows of 2,000 records, 30 columns | drift.min-effect | windows | with a false DRIFT | stated at most | shifted column seen |");
    System.out.println("|---|---|---|---|---|---|");
    for (double effect : new double[] {0, 0.1}) {
      print("no drift", effect, simulation.judge(rule(effect), windows, 2000, -1, 0), false);
    }
    for (int kind = 0; kind < KINDS - 1; kind++) {
      String name =
          new String[] {"normal", "log-normal", "uniform", "discrete", "zero-inflated"}[kind];
      print(
          "half a standard deviation in one " + name + " column",
          0.1,
          simulation.judge(rule(0.1), windows / 10, 2000, kind, 0.5),
          true);
    }
  }

  private static void print(String what, double effect, Result result, boolean isShifted) {
    System.out.printf(
        "| %s | %s | %d | %s | 1 %% | %s |%n",
        what,
        effect,
        result.windows(),
        isShifted ? result.falseColumns() + " columns" : 100 * result.share() + " %",
        isShifted ? 100.0 * result.seen() / result.windows() + " %" : "");
  }

  static DriftRule rule(double minEffect) {
    return new DriftRule(minEffect, 0.01, 100);
  }
}
