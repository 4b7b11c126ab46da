package dev.sluice.validate;

import dev.sluice.validate.check.LatestEventTimes;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;

/**
 * The highest event time per topic partition, across restarts: as long as the parallelism stays,
 * each subtask reads the partitions again that it read before, and has their times. Where
 * partitions go to other subtasks, at another parallelism, the order of those is checked anew from
 * the first record on.
 *
 * <p>Not a union, by which each subtask would have the times of all: Flink refuses a savepoint in
 * which some subtasks of a task with a union have ended and some have not, and when a job is
 * stopped with a savepoint, those that wait for records or are held back end later than others.
 *
 * <p>Times of another field say nothing about this one's, which may be far behind: they are left.
 */
final class EventTimeState {
  private static final ListStateDescriptor<Tuple3<String, Integer, Long>> DESCRIPTOR =
      new ListStateDescriptor<>(
          "latest-event-times", Types.TUPLE(Types.STRING, Types.INT, Types.LONG));

  /** Between topic and field; no topic has it in its name. State may be without a field. */
  private static final char SEPARATOR = ':';

  private final ListState<Tuple3<String, Integer, Long>> saved;
  private final String field;
  private final LatestEventTimes latest = new LatestEventTimes();

  private EventTimeState(ListState<Tuple3<String, Integer, Long>> saved, String field) {
    this.saved = saved;
    this.field = field;
  }

  /**
   * Returns what the state has of a field's times, or of nobody knows which field.
   *
   * @param field path of the event time, empty for Kafka's timestamp
   */
  static EventTimeState restore(OperatorStateStore store, String field) throws Exception {
    EventTimeState state = new EventTimeState(store.getListState(DESCRIPTOR), field);
    for (Tuple3<String, Integer, Long> time : state.saved.get()) {
      state.restore(time);
    }
    return state;
  }

  private void restore(Tuple3<String, Integer, Long> time) {
    int end = time.f0.indexOf(SEPARATOR);
    if (end < 0) {
      latest.advance(time.f0, time.f1, time.f2);
    } else if (time.f0.substring(end + 1).equals(field)) {
      latest.advance(time.f0.substring(0, end), time.f1, time.f2);
    }
  }

  void save() throws Exception {
    saved.clear();
    for (LatestEventTimes.Entry time : latest.entries()) {
      saved.add(Tuple3.of(time.topic() + SEPARATOR + field, time.partition(), time.eventTime()));
    }
  }

  LatestEventTimes latest() {
    return latest;
  }
}
