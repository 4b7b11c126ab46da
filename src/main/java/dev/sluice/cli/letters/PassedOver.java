package dev.sluice.cli.letters;

import dev.sluice.cli.inspect.Shown;
import java.util.function.Consumer;

/** Messages that are none of those that are read: how many, and what the first one is. */
final class PassedOver {
  private long count;
  private String first;

  void add(String what) {
    if (count++ == 0) {
      first = what;
    }
  }

  /**
   * Says so, if there are any: on one line that is fit for a terminal, whatever they hold.
   *
   * @param where what was read
   * @param expected what they are not
   * @param notes takes one line for a person
   */
  void tell(String where, String expected, Consumer<String> notes) {
    if (count > 0) {
      notes.accept(
          "note: %s: messages passed over that are no %s: %d; the first: %s"
              .formatted(Shown.text(where), expected, count, Shown.text(first)));
    }
  }
}
