package dev.sluice.monitor;

import dev.sluice.profile.RowCounts;
import java.io.IOException;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The records of the current key that came after their window had closed, in keyed state. They wait
 * for the next window that closes, whose summary reports them. Where none will come, they are
 * reported without a window, and later ones together with them as the next revision: so the last
 * record of a key says them all, as it does elsewhere.
 */
final class LateRecords {
  private final ValueState<WindowPartial> waiting;
  private final ValueState<WindowPartial> reported;
  private final ValueState<Integer> revisions;

  LateRecords(RuntimeContext context) {
    waiting = context.getState(new ValueStateDescriptor<>("late-waiting", Monitor.WINDOW_PARTIAL));
    reported =
        context.getState(new ValueStateDescriptor<>("late-reported", Monitor.WINDOW_PARTIAL));
    revisions = context.getState(new ValueStateDescriptor<>("late-revisions", Types.INT));
  }

  void add(WindowPartial late) throws IOException {
    add(waiting, late.key(), late.tooLate());
  }

  private static void add(ValueState<WindowPartial> state, String key, RowCounts counts)
      throws IOException {
    WindowPartial sum = state.value();
    if (sum == null) {
      sum = WindowPartial.fromKey(key);
    }
    sum.add(counts);
    state.update(sum);
  }

  boolean areWaiting() throws IOException {
    return waiting.value() != null;
  }

  /** Returns those that wait, for the window that closes now. */
  RowCounts takeForWindow() throws IOException {
    RowCounts late = waiting.value() == null ? RowCounts.NONE : waiting.value().counts();
    waiting.clear();
    reported.clear();
    revisions.clear();
    return late;
  }

  /** Returns those that wait, and those reported without a window since the last one closed. */
  RowCounts takeWithoutWindow(String key) throws IOException {
    add(reported, key, waiting.value() == null ? RowCounts.NONE : waiting.value().counts());
    waiting.clear();
    revisions.update(revision() + 1);
    return reported.value().counts();
  }

  /** Returns how often late records were reported without a window since the last one closed. */
  int revision() throws IOException {
    return revisions.value() == null ? 0 : revisions.value();
  }
}
