package dev.sluice.expect.gx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.expect.Condition;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationScope;
import dev.sluice.expect.ExpectationType;
import dev.sluice.record.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Translates entries one by one, and sorts out those that it cannot. */
final class SuiteTranslator {
  private static final Map<String, Rule> RULES = new HashMap<>();

  static {
    ValueRules.addTo(RULES);
    WindowRules.addTo(RULES);
    RecordRules.addTo(RULES);
    TableRules.addTo(RULES);
  }

  private final Columns columns;
  private final SuiteParameters parameters;
  private final Severity defaultSeverity;
  private final List<SuiteTranslation.Stated> stated = new ArrayList<>();
  private final List<SuiteTranslation.Listed> vacuous = new ArrayList<>();
  private final List<SuiteTranslation.Listed> unsupported = new ArrayList<>();
  private final List<SuiteTranslation.Listed> wrong = new ArrayList<>();

  SuiteTranslator(SuiteColumns columns, SuiteParameters parameters, Severity defaultSeverity) {
    this.columns = new Columns(columns);
    this.parameters = parameters;
    this.defaultSeverity = defaultSeverity;
  }

  /** Returns whether entries of this type can become an expectation. */
  static boolean knows(String type) {
    return RULES.containsKey(type.toLowerCase(Locale.ROOT));
  }

  SuiteTranslation translate(List<SuiteEntry> entries) {
    entries.forEach(this::add);
    return new SuiteTranslation(stated, vacuous, unsupported, wrong);
  }

  private void add(SuiteEntry entry) {
    try {
      stated.add(new SuiteTranslation.Stated(entry.place(), entry.type(), withSeverity(entry)));
    } catch (Refusal refusal) {
      switch (refusal.kind()) {
        case VACUOUS -> list(entry, vacuous, refusal);
        case UNSUPPORTED -> list(entry, unsupported, refusal);
        case WRONG -> list(entry, wrong, refusal);
      }
    } catch (IllegalArgumentException refused) { // by the expectation itself
      list(entry, wrong, refused);
    }
  }

  private static void list(
      SuiteEntry entry, List<SuiteTranslation.Listed> list, RuntimeException why) {
    list.add(
        new SuiteTranslation.Listed(
            entry.place(), entry.type(), columns(entry.kwargs()), why.getMessage()));
  }

  private static String columns(ObjectNode kwargs) {
    List<String> names = new ArrayList<>();
    for (String key : List.of("column", "column_A", "column_B")) {
      if (kwargs.path(key).isTextual()) {
        names.add(kwargs.get(key).textValue());
      }
    }
    kwargs.path("column_list").forEach(name -> names.add(name.asText()));
    return String.join(", ", names);
  }

  private Expectation withSeverity(SuiteEntry entry) {
    Severity severity = entry.severity() == null ? defaultSeverity : entry.severity();
    return translate(entry).withSeverity(severity);
  }

  private Expectation translate(SuiteEntry entry) {
    // The case of A and B in the name of one type differs between versions.
    Rule rule = RULES.get(entry.type().toLowerCase(Locale.ROOT));
    if (rule == null) {
      throw Refusal.unsupported(UnsupportedTypes.reason(entry.type()));
    }
    Kwargs kwargs = new Kwargs(parameters.fill(entry.kwargs()));
    Condition when = RowConditions.read(kwargs, columns);
    Double mostly = mostly(kwargs);
    Expectation expectation = rule.translate(kwargs, columns);
    kwargs.finish();
    boolean ofRecords = expectation.type().scope() == ExpectationScope.RECORD;
    if (when != null && !ofRecords) {
      throw Refusal.unsupported(
          "row_condition is stated, but windows have their statistics of all rows alone");
    }
    // All values of a column have its type, so that any share of them has it, too.
    boolean shared = mostly != null && expectation.type() != ExpectationType.SCHEMA_TYPE;
    expectation = (shared ? expectation.withMostly(mostly) : expectation).withWhen(when);
    return canHaveNan(expectation) ? expectation.withNanMissing() : expectation;
  }

  /** Great Expectations cannot tell NaN from null: pandas' {@code isnull()} is true of both. */
  private boolean canHaveNan(Expectation expectation) {
    Set<String> names = new LinkedHashSet<>(expectation.columns());
    if (expectation.when() != null) {
      names.addAll(expectation.when().columns());
    }
    return expectation.type().asksForMissing()
        && names.stream().anyMatch(name -> columns.type(name).isFloating());
  }

  private static Double mostly(Kwargs kwargs) {
    JsonNode node = kwargs.optional("mostly");
    Double mostly = node == null ? null : (Double) Kwargs.number("mostly", node);
    if (mostly != null && !(mostly >= 0 && mostly <= 1)) {
      throw Kwargs.wrong("mostly", node, "0 to 1");
    }
    return mostly;
  }
}
