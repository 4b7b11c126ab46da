package dev.sluice.expect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads a {@link Condition} by recursive descent. */
final class ConditionParser {
  private static final int MAX_LENGTH = 10_000;
  private static final int MAX_DEPTH = 100;
  private static final int MAX_SHOWN = 200;
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?P<text>'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\")"
              + "|(?P<column>`[^`]+`)"
              + "|(?P<number>[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
              + "|(?P<word>[A-Za-z_][A-Za-z0-9_.]*)"
              + "|(?P<symbol>==|!=|<=|>=|<|>|\\(|\\)|\\[|\\]|,|\\.|&{1,2}|\\|{1,2}|~|!))");

  private enum Kind {
    TEXT,
    COLUMN,
    NUMBER,
    WORD,
    SYMBOL,
    END
  }

  private record Token(Kind kind, String text, int at) {}

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int next;
  private int depth;

  ConditionParser(String source) {
    this.source = source;
    if (source.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "condition has " + source.length() + " characters, expected at most " + MAX_LENGTH);
    }
    split();
  }

  private void split() {
    Matcher matcher = TOKEN.matcher(source);
    int at = 0;
    int end = source.stripTrailing().length();
    while (at < end) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw failure(at, "a name, a text in quotes, a number or an operator");
      }
      for (Kind kind : Kind.values()) {
        String text = kind == Kind.END ? null : matcher.group(kind.name().toLowerCase(Locale.ROOT));
        if (text != null) {
          tokens.add(new Token(kind, text, matcher.end() - text.length()));
        }
      }
      at = matcher.end();
    }
    tokens.add(new Token(Kind.END, "", source.length()));
  }

  Condition parse() {
    Condition condition = any();
    if (peek().kind != Kind.END) {
      throw failure(peek().at, "and, or, or the end");
    }
    return condition;
  }

  private Condition any() {
    List<Condition> parts = new ArrayList<>(List.of(all()));
    while (takeIf("or", "|", "||")) {
      parts.add(all());
    }
    return parts.size() == 1 ? parts.get(0) : new Condition.Any(parts);
  }

  private Condition all() {
    List<Condition> parts = new ArrayList<>(List.of(not()));
    while (takeIf("and", "&", "&&")) {
      parts.add(not());
    }
    return parts.size() == 1 ? parts.get(0) : new Condition.All(parts);
  }

  private Condition not() {
    if (++depth > MAX_DEPTH) {
      throw failure(peek().at, "at most " + MAX_DEPTH + " levels");
    }
    try {
      if (takeIf("not", "~", "!")) {
        return new Condition.Not(not());
      }
      if (takeIf("(")) {
        Condition inner = any();
        expect(")");
        return inner;
      }
      return comparison();
    } finally {
      depth--;
    }
  }

  private Condition comparison() {
    Token first = peek();
    if (first.kind == Kind.TEXT || first.kind == Kind.NUMBER) {
      Condition.Literal literal = literal();
      Condition.Operator operator = operator();
      return new Condition.Comparison(column(), mirrored(operator), literal);
    }
    String column = column();
    int dot = column.lastIndexOf('.');
    if (dot > 0 && isNext("(") && first.kind == Kind.WORD) {
      return test(column.substring(0, dot), column.substring(dot + 1));
    }
    if (takeIf(".")) {
      return test(column, take(Kind.WORD, "isnull() or notnull()").text);
    }
    if (takeIf("is")) {
      boolean missing = !takeIf("not");
      Token nothing = take(Kind.WORD, "null");
      if (!List.of("null", "none").contains(nothing.text.toLowerCase(Locale.ROOT))) {
        throw failure(nothing.at, "null");
      }
      return new Condition.Missing(column, missing);
    }
    boolean negated = takeIf("not");
    if (negated || isNext("in")) {
      expect("in");
      return new Condition.OneOf(column, literals(), negated);
    }
    return new Condition.Comparison(column, operator(), literal());
  }

  private Condition test(String column, String test) {
    String plain = test.toLowerCase(Locale.ROOT).replace("_", "");
    boolean missing = plain.equals("isnull") || plain.equals("isna");
    if (!missing && !Set.of("notnull", "notna", "isnotnull").contains(plain)) {
      throw failure(peek().at, "isnull() or notnull()");
    }
    expect("(");
    expect(")");
    return new Condition.Missing(column, missing);
  }

  private String column() {
    Token token = peek();
    if (token.kind == Kind.COLUMN) {
      next++;
      return token.text.substring(1, token.text.length() - 1);
    }
    Token word = take(Kind.WORD, "the name of a column");
    if (word.text.equals("col") && takeIf("(")) {
      String column = unquoted(take(Kind.TEXT, "the name of a column in quotes"));
      expect(")");
      return column;
    }
    return word.text;
  }

  private List<Condition.Literal> literals() {
    String close = isNext("(") ? ")" : "]";
    if (!takeIf("(")) {
      expect("[");
    }
    List<Condition.Literal> literals = new ArrayList<>();
    if (!isNext(close)) {
      do {
        literals.add(literal());
      } while (takeIf(","));
    }
    expect(close);
    return literals;
  }

  private Condition.Literal literal() {
    Token token = peek();
    if (token.kind == Kind.TEXT) {
      next++;
      return new Condition.Literal(unquoted(token), true);
    }
    String lower = token.text.toLowerCase(Locale.ROOT);
    if (token.kind == Kind.NUMBER
        || token.kind == Kind.WORD && (lower.equals("true") || lower.equals("false"))) {
      next++;
      return new Condition.Literal(lower, false);
    }
    throw failure(token.at, "a text in quotes, a number, true or false");
  }

  private Condition.Operator operator() {
    Token token = peek();
    for (Condition.Operator operator : Condition.Operator.values()) {
      if (operator.symbol().equals(token.text) && token.kind == Kind.SYMBOL) {
        next++;
        return operator;
      }
    }
    throw failure(token.at, "one of == != < <= > >=");
  }

  private static Condition.Operator mirrored(Condition.Operator operator) {
    return switch (operator) {
      case EQUAL, NOT_EQUAL -> operator;
      case LESS -> Condition.Operator.GREATER;
      case AT_MOST -> Condition.Operator.AT_LEAST;
      case GREATER -> Condition.Operator.LESS;
      case AT_LEAST -> Condition.Operator.AT_MOST;
    };
  }

  private static String unquoted(Token token) {
    String inner = token.text.substring(1, token.text.length() - 1);
    return Pattern.compile("\\\\(.)").matcher(inner).replaceAll("$1");
  }

  private Token peek() {
    return tokens.get(next);
  }

  private boolean isNext(String text) {
    Token token = peek();
    boolean named = token.kind == Kind.WORD || token.kind == Kind.SYMBOL;
    return named && token.text.equalsIgnoreCase(text);
  }

  private boolean takeIf(String... texts) {
    for (String text : texts) {
      if (isNext(text)) {
        next++;
        return true;
      }
    }
    return false;
  }

  private void expect(String text) {
    if (!takeIf(text)) {
      throw failure(peek().at, text);
    }
  }

  private Token take(Kind kind, String expected) {
    Token token = peek();
    if (token.kind != kind) {
      throw failure(token.at, expected);
    }
    next++;
    return token;
  }

  private IllegalArgumentException failure(int at, String expected) {
    String rest = source.substring(Math.min(at, source.length())).strip();
    String got = rest.isEmpty() ? "the end" : rest.length() > 40 ? rest.substring(0, 40) : rest;
    return new IllegalArgumentException(
        "condition is "
            + (source.length() > MAX_SHOWN ? source.substring(0, MAX_SHOWN) + "…" : source)
            + ", expected "
            + expected
            + " at character "
            + (at + 1)
            + ": "
            + got);
  }
}
