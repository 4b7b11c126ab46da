package dev.sluice.model.format;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Steps over the opcodes of pickles, protocol 0 to 5, and collects the names of classes and
 * functions that loading would import. Nothing is loaded: an opcode is its length and, at most, a
 * name. The opcodes are those of CPython's {@code pickletools}. The scan ends at the first byte
 * that is no opcode: joblib writes arrays raw between opcodes, and the classes come before them.
 */
final class PickleScan {
  private static final String NO_ARGUMENT =
      "(.012NQRabdelostu]})\u0081\u0085\u0086\u0087\u0088\u0089\u008f\u0090\u0091\u0092\u0093\u0094"
          + "\u0097\u0098";
  private static final String ONE_LINE = "FILPSVgp";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.]{0,199}");
  private static final int MAX_TEXT = 200;
  private static final int MAX_NAMES = 1000;
  private static final int MAX_PICKLES = 8;

  private final byte[] bytes;
  private final Set<String> globals = new LinkedHashSet<>();
  private final Map<Long, String> memo = new HashMap<>();
  private int position;
  private long memoized;
  private int opcodes;
  private int pickles;
  private boolean broken;
  private String beforeTop;
  private String top;

  PickleScan(byte[] bytes) {
    this.bytes = bytes;
    while (position < bytes.length && !broken && pickles < MAX_PICKLES) {
      step(bytes[position++] & 0xff);
      opcodes++;
    }
  }

  /** Returns the names in the order of their first use: {@code sklearn.svm._classes.SVC}. */
  List<String> globals() {
    return List.copyOf(globals);
  }

  /** Returns how many pickles end in the bytes, one after the other. */
  int pickles() {
    return pickles;
  }

  /** Returns how many opcodes were stepped over. */
  int opcodes() {
    return opcodes;
  }

  /** Whether a byte that is no opcode ended the scan. */
  boolean broken() {
    return broken;
  }

  private void step(int opcode) {
    if (ONE_LINE.indexOf(opcode) >= 0) {
      String line = line();
      push(opcode == 'V' ? line : opcode == 'g' ? memo.get(number(line)) : null);
      if (opcode == 'p') {
        memo.put(number(line), top);
      }
      return;
    }
    switch (opcode) {
      case '.' -> pickles++;
      case 'c', 'i' -> addGlobal(line(), line());
      case 0x93 -> addGlobal(beforeTop, top);
      case 0x94 -> memo.put(memoized++, top);
      case 'X' -> push(text(little(4)));
      case 0x8c -> push(text(little(1)));
      case 0x8d -> push(text(little(8)));
      case 'h' -> push(memo.get(little(1)));
      case 'j' -> push(memo.get(little(4)));
      case 'q' -> memo.put(little(1), top);
      case 'r' -> memo.put(little(4), top);
      case 'T', 'B', 0x8b -> skip(little(4));
      case 'U', 'C', 0x8a -> skip(little(1));
      case 0x8e, 0x96 -> skip(little(8));
      case 'G', 0x95 -> skip(8);
      case 'J', 0x84 -> skip(4);
      case 'M', 0x83 -> skip(2);
      case 'K', 0x80, 0x82 -> skip(1);
      default -> broken |= NO_ARGUMENT.indexOf(opcode) < 0;
    }
  }

  private void addGlobal(String module, String name) {
    push(null);
    if (module == null
        || name == null
        || !NAME.matcher(module).matches()
        || !NAME.matcher(name).matches()) {
      broken = true;
    } else if (globals.size() < MAX_NAMES) {
      globals.add(module + "." + name);
    }
  }

  /** Remembers the last two texts of the stack; anything else is null. */
  private void push(String text) {
    beforeTop = top;
    top = text;
  }

  private String line() {
    int start = Math.min(position, bytes.length);
    while (position < bytes.length && bytes[position] != '\n') {
      position++;
    }
    int end = Math.min(position, bytes.length);
    skip(1);
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private String text(long length) {
    int start = position;
    skip(length);
    return length < 0 || length > MAX_TEXT || start + length > bytes.length
        ? null
        : new String(bytes, start, (int) length, StandardCharsets.UTF_8);
  }

  private void skip(long length) {
    boolean beyond = length < 0 || length > bytes.length - position;
    position = beyond ? bytes.length : position + (int) length;
  }

  private long little(int width) {
    long value = 0;
    for (int i = 0; i < width && position < bytes.length; i++) {
      value |= (bytes[position++] & 0xffL) << 8 * i;
    }
    return value;
  }

  private static long number(String line) {
    try {
      return Long.parseLong(line);
    } catch (NumberFormatException e) {
      return -1; // no index of the memo: nothing is found under it
    }
  }
}
