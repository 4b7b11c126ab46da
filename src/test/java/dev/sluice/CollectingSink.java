package dev.sluice;

import dev.sluice.record.KafkaMessage;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Keeps messages in this process, in the order in which they come: at least once. */
record CollectingSink(String name) implements Sink<KafkaMessage> {
  private static final long serialVersionUID = 1L;
  private static final Map<String, Queue<Collected>> COLLECTED = new ConcurrentHashMap<>();

  /** A message and the subtask that wrote it. */
  record Collected(int subtask, KafkaMessage message) {}

  /** Returns what sinks of this name have taken, and forgets it. */
  static Queue<Collected> take(String name) {
    Queue<Collected> taken = COLLECTED.remove(name);
    return taken == null ? new ConcurrentLinkedQueue<>() : taken;
  }

  @Override
  public SinkWriter<KafkaMessage> createWriter(WriterInitContext context) {
    int subtask = context.getTaskInfo().getIndexOfThisSubtask();
    Queue<Collected> queue = COLLECTED.computeIfAbsent(name, key -> new ConcurrentLinkedQueue<>());
    return new SinkWriter<>() {
      @Override
      public void write(KafkaMessage message, Context context) {
        queue.add(new Collected(subtask, message.copy()));
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
