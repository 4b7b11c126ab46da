package dev.sluice.cli.profile;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Passes on each line once, and of thousands only the first. */
final class LimitedNotes implements Consumer<String> {
  private static final int MAX = 20;

  private final Consumer<String> notes;
  private final Set<String> seen = new HashSet<>();

  LimitedNotes(Consumer<String> notes) {
    this.notes = notes;
  }

  @Override
  public void accept(String line) {
    if (seen.size() < MAX && seen.add(line)) {
      notes.accept(line);
      if (seen.size() == MAX) {
        notes.accept("note: further notes on files are left out");
      }
    }
  }
}
