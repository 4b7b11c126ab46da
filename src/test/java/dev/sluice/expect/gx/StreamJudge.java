package dev.sluice.expect.gx;

import dev.sluice.ExpectationCheck;
import dev.sluice.expect.Condition;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationScope;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.NoParameters;
import dev.sluice.monitor.check.ExpectationCounter;
import dev.sluice.monitor.check.ExpectationCounts;
import dev.sluice.monitor.check.WindowChecks;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.StatedExpectations;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Severity;
import dev.sluice.validate.RecordValidator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/**
 * Judges an expectation of a data set with the code that a job has: validator and window checks.
 */
final class StreamJudge {
  private final DefinitionData data;
  private final List<FeatureRow> rows;

  StreamJudge(DefinitionData data) {
    this.data = data;
    this.rows = data.featureRows();
  }

  /**
   * What was seen.
   *
   * @param result of the window that all rows are in; of the schema a result without counts
   * @param unexpected the rows that do not meet it
   * @param about how many rows meet its condition
   * @param columns what the window counted
   */
  record Seen(
      ExpectationResult result,
      List<Integer> unexpected,
      long about,
      Map<String, ColumnProfile> columns) {}

  Seen judge(Expectation expectation) {
    if (expectation.type().scope() == ExpectationScope.SCHEMA) {
      return ofSchema(expectation);
    }
    List<Integer> unexpected = new ArrayList<>();
    ExpectationCounts counts = count(expectation, unexpected);
    Map<String, ColumnProfile> columns = columns();
    ExpectationResult result = new WindowChecks(rows.size(), columns, counts).judge(expectation);
    return new Seen(result, unexpected, about(expectation), columns);
  }

  private ExpectationCounts count(Expectation expectation, List<Integer> unexpected) {
    DataProfile profile =
        StatedExpectations.foldInto(DataProfile.empty(), List.of(expectation)).profile();
    RecordValidator validator =
        RecordValidator.compile(data.layout(), profile, "", Duration.ofDays(1));
    ExpectationCounter counter = new ExpectationCounter(data.layout(), profile.allExpectations());
    ExpectationCounts counts = new ExpectationCounts();
    counter.countInto(counts);
    for (int i = 0; i < rows.size(); i++) {
      FeatureRow row = rows.get(i);
      validator.check(row);
      counter.add(row);
      if (row.violations().stream().anyMatch(violation -> violation.index() == 0)) {
        unexpected.add(i);
      }
    }
    return counts;
  }

  /** Every row meets or does not meet ABSENT, which therefore is about all that it can be about. */
  private long about(Expectation expectation) {
    if (expectation.when() == null) {
      return rows.size();
    }
    String column = data.columns().keySet().iterator().next();
    Expectation absent =
        Expectation.of(ExpectationType.ABSENT, List.of(column), NoParameters.NONE, Severity.INFO)
            .withWhen(expectation.when());
    StreamJudge other = new StreamJudge(data);
    return other.count(absent, new ArrayList<>()).evaluated(absent.id());
  }

  private Map<String, ColumnProfile> columns() {
    FeatureBatch batch = new FeatureBatch(data.layout(), Math.max(1, rows.size()));
    rows.forEach(batch::append);
    DataProfile baseline = null;
    if (!rows.isEmpty()) {
      ProfileBuilder builder = new ProfileBuilder(data.layout());
      builder.addInputs(batch);
      baseline = builder.build("m", "1", "", "rows", "", "UTC", "test");
    }
    Map<String, ColumnProfile> columns = new LinkedHashMap<>();
    for (int i = 0; i < data.layout().columns().size(); i++) {
      FeatureColumn column = data.layout().columns().get(i);
      ColumnProfile known = baseline == null ? null : baseline.columns().get(i);
      columns.put(column.name(), count(column, i, known));
    }
    return columns;
  }

  private ColumnProfile count(FeatureColumn column, int index, ColumnProfile known) {
    ColumnStatistics statistics =
        known == null
            ? ColumnStatistics.withoutBaseline(column.type())
            : ColumnStatistics.comparableWith(known);
    for (FeatureRow row : rows) {
      if (row.isMissing(index)) {
        statistics.addMissing(1);
      } else if (statistics instanceof TextStatistics texts) {
        texts.add(row.textAt(index));
      } else if (statistics instanceof NumberStatistics numbers) {
        boolean floating = column.type() == ElementType.DOUBLE;
        numbers.add(new double[] {floating ? row.doubleAt(index) : row.longAt(index)}, 1);
      }
    }
    return statistics.toProfile(
        column.name(), column.type(), known == null ? List.of() : known.massEdges());
  }

  private Seen ofSchema(Expectation expectation) {
    DataProfile profile =
        StatedExpectations.foldInto(DataProfile.empty(), List.of(expectation)).profile();
    boolean met =
        ExpectationCheck.check(schema(), data.layout().columns(), profile).problems().isEmpty();
    ExpectationResult result =
        new ExpectationResult(
            expectation.id(),
            expectation.type(),
            expectation.describe(),
            expectation.columns(),
            expectation.severity(),
            0,
            0,
            null,
            1,
            null,
            met,
            "");
    return new Seen(result, List.of(), rows.size(), Map.of());
  }

  private Schema schema() {
    SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("Row").fields();
    for (DefinitionData.Column column : data.columns().values()) {
      if (column.name().matches("[A-Za-z_][A-Za-z0-9_]*")) {
        fields = fields.name(column.name()).type(type(column)).noDefault();
      }
    }
    return fields.endRecord();
  }

  private static Schema type(DefinitionData.Column column) {
    if (column.time()) {
      Schema millis = Schema.create(Schema.Type.LONG);
      return org.apache.avro.LogicalTypes.timestampMillis().addToSchema(millis);
    }
    return Schema.create(
        switch (column.type()) {
          case STRING -> Schema.Type.STRING;
          case DOUBLE -> Schema.Type.DOUBLE;
          case BOOL -> Schema.Type.BOOLEAN;
          default -> Schema.Type.LONG;
        });
  }

  /** Returns a condition whose numbers are texts where they are compared with mixed columns. */
  static Condition ofMixed(Condition condition, Set<String> mixed) {
    if (condition instanceof Condition.Comparison c && mixed.contains(c.column())) {
      return new Condition.Comparison(
          c.column(), c.operator(), new Condition.Literal(c.literal().text(), true));
    } else if (condition instanceof Condition.All all) {
      return new Condition.All(all.conditions().stream().map(c -> ofMixed(c, mixed)).toList());
    } else if (condition instanceof Condition.Any any) {
      return new Condition.Any(any.conditions().stream().map(c -> ofMixed(c, mixed)).toList());
    } else if (condition instanceof Condition.Not not) {
      return new Condition.Not(ofMixed(not.condition(), mixed));
    }
    return condition;
  }
}
