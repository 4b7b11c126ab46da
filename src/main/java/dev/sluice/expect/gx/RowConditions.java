package dev.sluice.expect.gx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.expect.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code row_condition}: a text, of pandas' queries or with {@code col("x")}, or an object of
 * version 1.x: a comparison, a nullity, a conjunction, a disjunction, or a text passed through.
 */
final class RowConditions {
  private static final int MAX_DEPTH = 50;

  /** Of these parsers, what a text says can be understood. */
  private static final Set<String> PARSERS =
      Set.of("pandas", "python", "great_expectations", "great_expectations__experimental__", "ge");

  /** Of these, a text can say anything that the engine understands. */
  private static final Set<String> ENGINES = Set.of("spark", "spark_sql", "sql");

  private static final Map<String, Condition.Operator> OPERATORS =
      Map.of(
          "==", Condition.Operator.EQUAL,
          "=", Condition.Operator.EQUAL,
          "!=", Condition.Operator.NOT_EQUAL,
          "<", Condition.Operator.LESS,
          "<=", Condition.Operator.AT_MOST,
          ">", Condition.Operator.GREATER,
          ">=", Condition.Operator.AT_LEAST);

  private RowConditions() {}

  /** Returns the condition of an entry, fit for the columns that it names; null for none. */
  static Condition read(Kwargs kwargs, Columns columns) {
    JsonNode parser = kwargs.optional("condition_parser");
    JsonNode node = kwargs.optional("row_condition");
    if (node == null) {
      return null;
    }
    if (parser != null) {
      checkParser(parser);
    }
    Condition condition = ConditionTypes.fit(of(node, 0), columns);
    parsed(condition.toString()); // as which it is kept
    return condition;
  }

  private static void checkParser(JsonNode parser) {
    String name = parser.isTextual() ? parser.textValue() : SuiteFile.show(parser);
    if (ENGINES.contains(name)) {
      throw Refusal.unsupported("condition_parser is " + name + ", which is not at hand");
    }
    if (!PARSERS.contains(name)) {
      throw Refusal.wrong(
          "condition_parser is " + name + ", expected pandas, python or great_expectations");
    }
  }

  private static Condition of(JsonNode node, int depth) {
    if (depth > MAX_DEPTH) {
      throw Refusal.wrong("row_condition is nested deeper than " + MAX_DEPTH + " levels");
    }
    if (node.isTextual()) {
      return parsed(node.textValue());
    }
    String type = node.path("type").asText("").toLowerCase(Locale.ROOT);
    return switch (type) {
      case "comparison" -> comparison(node);
      case "nullity" -> new Condition.Missing(column(node), node.path("is_null").asBoolean(true));
      case "and" -> new Condition.All(parts(node, depth));
      case "or" -> new Condition.Any(parts(node, depth));
      case "pass_through" -> parsed(node.path("pass_through_filter").asText(""));
      default ->
          throw Refusal.wrong(
              "row_condition is "
                  + (type.isEmpty() ? SuiteFile.show(node) : "of type " + type)
                  + ", expected a text, or an object of type comparison, nullity, and, or,"
                  + " pass_through");
    };
  }

  private static Condition parsed(String text) {
    try {
      return Condition.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.unsupported(e.getMessage());
    }
  }

  private static List<Condition> parts(JsonNode node, int depth) {
    JsonNode conditions = node.path("conditions");
    if (!conditions.isArray() || conditions.isEmpty()) {
      throw Refusal.wrong("row_condition has no conditions, expected a list of them");
    }
    List<Condition> parts = new ArrayList<>();
    conditions.forEach(part -> parts.add(of(part, depth + 1)));
    return parts;
  }

  private static String column(JsonNode node) {
    JsonNode column = node.path("column");
    JsonNode name = column.isTextual() ? column : column.path("name");
    if (!name.isTextual()) {
      throw Refusal.wrong("row_condition names no column, expected column.name");
    }
    return name.textValue();
  }

  private static Condition comparison(JsonNode node) {
    String column = column(node);
    String operator = node.path("operator").asText("");
    JsonNode parameter = node.path("parameter");
    String plain = operator.toLowerCase(Locale.ROOT).replace('_', ' ').strip();
    if (plain.equals("in") || plain.equals("not in")) {
      List<Condition.Literal> literals = new ArrayList<>();
      parameter.forEach(element -> literals.add(literal(element)));
      return new Condition.OneOf(column, literals, plain.equals("not in"));
    }
    Condition.Operator known = OPERATORS.get(operator);
    if (known == null) {
      throw Refusal.wrong(
          "operator of row_condition is " + operator + ", expected == != < <= > >= IN or NOT_IN");
    }
    return new Condition.Comparison(column, known, literal(parameter));
  }

  private static Condition.Literal literal(JsonNode value) {
    if (value.isTextual()) {
      return new Condition.Literal(value.textValue(), true);
    }
    if (value.isBoolean() || value.isNumber() && Double.isFinite(value.doubleValue())) {
      return new Condition.Literal(value.asText().toLowerCase(Locale.ROOT), false);
    }
    throw Kwargs.wrong("parameter of row_condition", value, "a text, number or boolean");
  }
}
