package dev.sluice.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One contender with its topics, which goes on from round to round as a job does in production:
 * what starting and stopping costs, and what a JVM compiles for it, is not in its rounds.
 */
final class ContenderRounds implements AutoCloseable {
  private static final long LOOK_MILLIS = 200;

  /** A JVM that compiled for less than this share of a round is warm. */
  private static final double WARM = 0.1;

  private final Contender contender;
  private final Route route;
  private final Trial trial;
  private final TrialTopics topics;
  private final Duration patience;
  private final Feed feed;
  private final PredictionCheck check;
  private double compiledInRound;
  private double processorInRound;
  private boolean isWarm;

  /**
   * Makes the contender's topics.
   *
   * @param route topics that are not there yet
   * @param patience how long a round may take, and a prediction be waited for
   */
  ContenderRounds(
      Contender contender,
      Route route,
      Trial trial,
      TrialTopics topics,
      ExpectedScores expected,
      Duration patience)
      throws Exception {
    this.contender = contender;
    this.route = route;
    this.topics = topics;
    this.patience = patience;
    topics.create(route);
    this.feed = new Feed(trial, route.features());
    this.check = new PredictionCheck(contender.name(), trial, route, expected);
    this.trial = trial;
  }

  /** Starts the contender, which then waits for its first round; called once. */
  void start() throws Exception {
    contender.start(trial, route);
    contender.pause();
  }

  /**
   * Has the next records scored.
   *
   * @return records per second
   * @throws IllegalStateException if the predictions are not right
   */
  double run(long records) throws Exception {
    feed.prepare(records);
    contender.resume();
    contender.requireRunning();
    double compiledBefore = contender.compiledSeconds();
    double processorBefore = contender.processorSeconds();
    long end = check.position() + records;
    feed.release();
    await(end);
    compiledInRound = contender.compiledSeconds() - compiledBefore;
    processorInRound = contender.processorSeconds() - processorBefore;
    double rate = check.check(records, patience);
    isWarm = compiledInRound < WARM * records / rate;
    contender.pause();
    topics.empty(route.features());
    topics.empty(route.predictions());
    return rate;
  }

  /** Waits until a topic has as many predictions as there have to be, or patience is over. */
  private void await(long end) throws Exception {
    long start = System.nanoTime();
    do {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      contender.requireRunning();
    } while (topics.end(route.predictions()) < end
        && System.nanoTime() - start < patience.toNanos());
  }

  Contender contender() {
    return contender;
  }

  /** Returns for how long the contender's JVM compiled in the last round, in seconds. */
  double compiledInRound() {
    return compiledInRound;
  }

  /** Returns how much of a processor's time the contender had in the last round, in seconds. */
  double processorInRound() {
    return processorInRound;
  }

  /**
   * Returns whether the JVM compiled little in the last round, as it does after hours in
   * production; false before the first one.
   */
  boolean isWarm() {
    return isWarm;
  }

  @Override
  public void close() {
    contender.close();
    feed.close();
    check.close();
  }
}
