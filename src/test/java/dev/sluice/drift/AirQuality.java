package dev.sluice.drift;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.Season;
import dev.sluice.profile.build.PartOptions;
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
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The air of Beijing: a year to make a baseline of, and three years after it, to judge. */
final class AirQuality {
  static final Path DATA = Path.of("../shared/data/beijing-air");
  static final List<String> NUMBERS =
      List.of("SO2", "NO2", "CO", "O3", "TEMP", "PRES", "DEWP", "RAIN", "WSPM");
  static final FeatureLayout LAYOUT =
      new FeatureLayout(
          Stream.concat(
                  NUMBERS.stream().map(name -> new FeatureColumn(name, ElementType.FLOAT, 1)),
                  Stream.of("wd", "station")
                      .map(name -> new FeatureColumn(name, ElementType.STRING, 1)))
              .toList(),
          List.of());
  static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
  static final WindowJudge JUDGE = new WindowJudge(new DriftRule(0.1, 0.01, 100));

  private AirQuality() {}

  static boolean isHere() {
    return Files.isDirectory(DATA);
  }

  /** Takes a row: its event time by the clock of Beijing, its station, its fields. */
  interface RowVisitor {
    void row(LocalDateTime time, String station, NamedCsvRecord row);
  }

  static void forEach(String file, RowVisitor visitor) throws IOException {
    try (InputStreamReader reader =
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(DATA.resolve(file))),
                StandardCharsets.UTF_8);
        CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(reader)) {
      for (NamedCsvRecord row : rows) {
        LocalDateTime time = LocalDateTime.parse(row.getField("ts").substring(0, 16));
        visitor.row(time, row.getField("station"), row);
      }
    }
  }

  /** The training year, with its months and stations. */
  static DataProfile baseline() throws IOException {
    PartOptions parts = new PartOptions("station", 100, Season.MONTH, ZONE);
    FeatureBatch batch = new FeatureBatch(LAYOUT, 256);
    FeatureRow target = new FeatureRow(LAYOUT);
    try (ProfileBuilder builder = new ProfileBuilder(LAYOUT, parts, "ts")) {
      forEach(
          "train.csv.gz",
          (time, station, row) -> {
            fill(target, time, row);
            batch.append(target);
            if (batch.size() == batch.capacity()) {
              builder.addInputs(batch);
              batch.clear();
            }
          });
      builder.addInputs(batch);
      return builder.build("gbt", "", "", "train.csv.gz", "", ZONE.getId(), "test");
    }
  }

  private static void fill(FeatureRow target, LocalDateTime time, NamedCsvRecord row) {
    target.reset(new EncodedRecord("features", 0, 0, 0, null, new byte[0], Header.NONE));
    target.setEventTime(time.toInstant(ZONE).toEpochMilli());
    for (int column = 0; column < LAYOUT.columns().size(); column++) {
      FeatureColumn feature = LAYOUT.columns().get(column);
      String field = row.getField(feature.name());
      target.setMissing(column, field.isEmpty());
      if (feature.type() == ElementType.STRING) {
        target.setText(column, field);
      } else if (!field.isEmpty()) {
        target.setDouble(column, Double.parseDouble(field));
      }
    }
  }

  /** One window of the stream, counted on the grids of a baseline. */
  static final class Window {
    private final DataProfile baseline;
    private final String segment;
    private final LocalDateTime start;
    private final LocalDateTime end;
    private final Map<String, ColumnStatistics> columns = new LinkedHashMap<>();
    private final double[] number = new double[1];

    Window(DataProfile baseline, String segment, LocalDateTime start, LocalDateTime end) {
      this.baseline = baseline;
      this.segment = segment;
      this.start = start;
      this.end = end;
      for (ColumnProfile column : baseline.columns()) {
        columns.put(column.name(), ColumnStatistics.comparableWith(column));
      }
    }

    LocalDateTime start() {
      return start;
    }

    void add(NamedCsvRecord row) {
      columns.forEach(
          (name, statistics) -> {
            String field = row.getField(name);
            if (field.isEmpty()) {
              statistics.addMissing(1);
            } else if (statistics instanceof TextStatistics texts) {
              texts.add(field);
            } else if (statistics instanceof NumberStatistics numbers) {
              number[0] = Float.parseFloat(field);
              numbers.add(number, 1);
            }
          });
    }

    Map<String, ColumnDrift> judge() {
      Map<String, ColumnProfile> profiles = new LinkedHashMap<>();
      columns.forEach(
          (name, statistics) -> {
            ColumnProfile known = baseline.column(name).orElseThrow();
            profiles.put(name, statistics.toProfile(name, known.valueType(), known.massEdges()));
          });
      ProfiledWindow window =
          new ProfiledWindow(
              "",
              segment,
              start.toInstant(ZONE).toEpochMilli(),
              end.toInstant(ZONE).toEpochMilli(),
              "",
              ZONE.getId(),
              0);
      return JUDGE.judge(References.of(baseline, ProfileKind.INPUT, window), profiles);
    }
  }
}
