package dev.sluice.kafka;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The context of an enumerator that looks for splits by calls beside the coordinator's thread, once
 * or periodically: when the first look is over and its last call is handled, each reader that is
 * registered is told. A later look that fails is not handed to the enumerator, which would fail the
 * job: the readers go on with the splits that they have, and the next look finds what this one did
 * not. That the topic is gone is handed over, as no look would find anything, and that a login is
 * refused: the job starts again with a client that reads its secrets anew. For the coordinator's
 * thread alone, as any context.
 */
final class DiscoveryContext<S extends SourceSplit> implements SplitEnumeratorContext<S> {
  private static final Logger LOG = LoggerFactory.getLogger(DiscoveryContext.class);

  private final SplitEnumeratorContext<S> context;
  private final ObjIntConsumer<SplitEnumeratorContext<S>> message;
  private int calls; // of the first look that were begun and are not handled
  private boolean over;
  private boolean failing;

  /**
   * @param message what a reader is told, by its subtask
   */
  DiscoveryContext(
      SplitEnumeratorContext<S> context, ObjIntConsumer<SplitEnumeratorContext<S>> message) {
    this.context = requireNonNull(context, "context is null");
    this.message = requireNonNull(message, "message is null");
  }

  /** Returns whether the first look is over, so that the registered readers have been told. */
  boolean isOver() {
    return over;
  }

  /** Tells one reader. */
  void tell(int subtask) {
    message.accept(context, subtask);
  }

  @Override
  public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
    context.callAsync(callable, new Counted<>(handler));
  }

  @Override
  public <T> void callAsync(
      Callable<T> callable, BiConsumer<T, Throwable> handler, long initialDelay, long period) {
    context.callAsync(callable, new Counted<>(handler), initialDelay, period);
  }

  /** A handler that is counted until its first call is handled, if the first look is not over. */
  private final class Counted<T> implements BiConsumer<T, Throwable> {
    private final BiConsumer<T, Throwable> handler;
    private boolean isOpen = !over;

    Counted(BiConsumer<T, Throwable> handler) {
      this.handler = handler;
      calls += isOpen ? 1 : 0;
    }

    @Override
    public void accept(T result, Throwable failure) {
      if (over && isForgiven(failure)) {
        warn(failure);
        return;
      }
      failing = false;
      handler.accept(result, failure); // may begin another
      if (isOpen) {
        isOpen = false;
        calls--;
        if (calls == 0) {
          over = true;
          registeredReaders().keySet().forEach(DiscoveryContext.this::tell);
        }
      }
    }
  }

  private static boolean isForgiven(Throwable failure) {
    return failure instanceof Exception
        && ExceptionUtils.findThrowable(failure, UnknownTopicOrPartitionException.class).isEmpty()
        && ExceptionUtils.findThrowable(failure, AuthenticationException.class).isEmpty();
  }

  /** Once for all looks that fail in a row. */
  private void warn(Throwable failure) {
    if (!failing) {
      LOG.warn(
          "Looking for new partitions fails; those that are known are read on, and it is tried again",
          failure);
    }
    failing = true;
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return context.metricGroup();
  }

  @Override
  public void sendEventToSourceReader(int subtask, SourceEvent event) {
    context.sendEventToSourceReader(subtask, event);
  }

  @Override
  public void sendEventToSourceReader(int subtask, int attempt, SourceEvent event) {
    context.sendEventToSourceReader(subtask, attempt, event);
  }

  @Override
  public int currentParallelism() {
    return context.currentParallelism();
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return context.registeredReaders();
  }

  @Override
  public Map<Integer, Map<Integer, ReaderInfo>> registeredReadersOfAttempts() {
    return context.registeredReadersOfAttempts();
  }

  @Override
  public void assignSplits(SplitsAssignment<S> assignment) {
    context.assignSplits(assignment);
  }

  @Override
  public void assignSplit(S split, int subtask) {
    context.assignSplit(split, subtask);
  }

  @Override
  public void signalNoMoreSplits(int subtask) {
    context.signalNoMoreSplits(subtask);
  }

  @Override
  public void runInCoordinatorThread(Runnable runnable) {
    context.runInCoordinatorThread(runnable);
  }

  @Override
  public void setIsProcessingBacklog(boolean isProcessingBacklog) {
    context.setIsProcessingBacklog(isProcessingBacklog);
  }
}
