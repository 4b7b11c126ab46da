package dev.sluice.expect;

import com.google.re2j.Pattern;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which records an expectation is about. Its text is what {@link #parse} reads: {@code station ==
 * 'Dongsi' and TEMP > 0}. A comparison with a missing value is false, but for {@code !=}; so is one
 * of a text with a number.
 */
public sealed interface Condition extends Serializable {
  /** Returns the columns that it names. */
  default Set<String> columns() {
    return ConditionColumns.of(this, true);
  }

  /**
   * Returns the columns whose values it compares; not those of which it asks alone if they are
   * missing.
   */
  default Set<String> comparedColumns() {
    return ConditionColumns.of(this, false);
  }

  /** Words that mean something else where they stand without backticks. */
  Set<String> RESERVED = Set.of("and", "or", "not", "in", "is", "true", "false", "null", "none");

  /** How two values are compared. */
  enum Operator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** Returns how it is written. */
    public String symbol() {
      return symbol;
    }
  }

  /**
   * A column compared with a literal.
   *
   * @param column the column's name
   * @param literal a text, number or boolean
   */
  record Comparison(String column, Operator operator, Literal literal) implements Condition {
    @Override
    public String toString() {
      return name(column) + " " + operator.symbol() + " " + literal;
    }
  }

  /**
   * A column whose value is one of some literals, or none of them.
   *
   * @param negated whether it is to be none of them
   */
  record OneOf(String column, List<Literal> literals, boolean negated) implements Condition {
    public OneOf {
      literals = List.copyOf(literals);
    }

    @Override
    public String toString() {
      return name(column) + (negated ? " not in " : " in ") + literals;
    }
  }

  /**
   * A column that is missing, or is not.
   *
   * @param missing whether it is to be missing
   */
  record Missing(String column, boolean missing) implements Condition {
    @Override
    public String toString() {
      return name(column) + (missing ? ".isnull()" : ".notnull()");
    }
  }

  /** All of some conditions. */
  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = atLeastOne(conditions);
    }

    @Override
    public String toString() {
      return join(conditions, " and ");
    }
  }

  /** Any of some conditions. */
  record Any(List<Condition> conditions) implements Condition {
    public Any {
      conditions = atLeastOne(conditions);
    }

    @Override
    public String toString() {
      return join(conditions, " or ");
    }
  }

  /** The opposite of a condition. */
  record Not(Condition condition) implements Condition {
    @Override
    public String toString() {
      return condition instanceof Any || condition instanceof All
          ? "not (" + condition + ")"
          : "not " + condition;
    }
  }

  /**
   * A text, number or boolean.
   *
   * @param text the text; of a number what it was written as; {@code true} or {@code false}
   * @param quoted whether it is a text
   */
  record Literal(String text, boolean quoted) implements Serializable {
    private static final Pattern UNQUOTED =
        Pattern.compile("true|false|[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");

    /**
     * @throws IllegalArgumentException if it is not quoted and neither a number nor a boolean
     */
    public Literal {
      if (!quoted && !UNQUOTED.matches(text)) {
        throw new IllegalArgumentException(
            "literal is " + text + ", expected a number, true or false, or a text in quotes");
      }
    }

    @Override
    public String toString() {
      return quoted ? "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'" : text;
    }
  }

  /**
   * Reads a condition: comparisons ({@code == != < <= > >=}) of a column with a text in quotes, a
   * number, {@code true} or {@code false}; {@code in [...]} and {@code not in [...]}; {@code
   * .isnull()} and {@code .notnull()}; joined by {@code and}, {@code or}, {@code not} and
   * parentheses. A name that is not a plain word stands in backticks. Great Expectations' form
   * {@code col("x")} names a column, too.
   *
   * @throws IllegalArgumentException if it is not one; the message says what is expected where
   */
  static Condition parse(String text) {
    return new ConditionParser(text).parse();
  }

  private static String name(String column) {
    boolean plain = column.matches("[A-Za-z_][A-Za-z0-9_.]*");
    if (column.isEmpty() || column.indexOf('`') >= 0) {
      return "col(" + new Literal(column, true) + ")";
    }
    boolean reserved = RESERVED.contains(column.toLowerCase(Locale.ROOT));
    return plain && !reserved ? column : "`" + column + "`";
  }

  private static List<Condition> atLeastOne(List<Condition> conditions) {
    if (conditions.isEmpty()) {
      throw new IllegalArgumentException("has no condition, expected one");
    }
    return List.copyOf(conditions);
  }

  private static String join(List<Condition> conditions, String by) {
    return conditions.stream()
        .map(c -> c instanceof Any || c instanceof All ? "(" + c + ")" : c.toString())
        .collect(Collectors.joining(by));
  }
}
