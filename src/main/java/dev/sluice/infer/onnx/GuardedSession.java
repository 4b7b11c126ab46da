package dev.sluice.infer.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sluice.infer.Cancellation;
import dev.sluice.infer.ModelTimeoutException;
import dev.sluice.infer.ProviderShare;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** A session whose runs may be watched. Owns the session and the watch. */
final class GuardedSession implements AutoCloseable {
  private final OpenSession session;
  private volatile RunWatch watch = RunWatch.NONE;
  private Cancellation cancellation = new Cancellation();

  GuardedSession(OpenSession session) {
    this.session = session;
  }

  /**
   * Has runs terminated that take too long, from now on; takes the place of an earlier watch.
   *
   * @param timeout how long a run may take; zero for as long as it likes
   * @param onHung told once of a run that cannot be terminated
   */
  void watch(Duration timeout, Consumer<Throwable> onHung) {
    watch.close();
    watch = RunWatch.NONE;
    if (!timeout.isZero()) {
      watch = new Watchdog(session.runOptions(), timeout, onHung);
    }
  }

  /** Has runs end where the task is cancelled; before the first one. */
  void endWith(Cancellation newCancellation) {
    cancellation = newCancellation;
    cancellation.endBy(this::terminate);
  }

  private void terminate() {
    try {
      session.runOptions().setTerminate(true);
    } catch (OrtException e) {
      throw new IllegalStateException("cannot terminate a run: " + e.getMessage(), e);
    }
  }

  /**
   * Runs the model once; the caller closes the answer.
   *
   * @param copied names of the outputs that the session allocates
   * @param pinned tensors that it writes the other outputs into
   * @throws ModelTimeoutException if the run was terminated, because it took too long
   * @throws CancellationException if it was terminated or not begun, as the task is cancelled
   */
  OrtSession.Result run(
      Map<String, OnnxTensor> inputs, Set<String> copied, Map<String, OnnxTensor> pinned)
      throws OrtException, ModelTimeoutException {
    requireWanted(null);
    boolean overdue = false;
    OrtSession.Result answer;
    watch.begin();
    try {
      answer = session.session().run(inputs, copied, pinned, session.runOptions());
    } catch (OrtException e) {
      overdue = watch.end();
      requireWanted(e);
      if (overdue) {
        throw new ModelTimeoutException("the model took longer than model.timeout allows", e);
      }
      throw e;
    }
    watch.end(); // an answer that comes late is one all the same
    return answer;
  }

  private void requireWanted(OrtException cause) {
    if (cancellation.isCancelled()) {
      CancellationException cancelled =
          new CancellationException("the task was cancelled in a run of the model");
      cancelled.initCause(cause);
      throw cancelled;
    }
  }

  /** Returns how many runs took longer than they may; readable by any thread. */
  long overdue() {
    return watch.overdue();
  }

  /** Ends the measuring of runs, if there is any, and returns what it gave. */
  Optional<ProviderShare> endProfile() {
    return session.parts().endProfile(session.session());
  }

  OpenSession session() {
    return session;
  }

  @Override
  public void close() {
    cancellation.forget();
    try (session) {
      watch.close();
    }
  }
}
