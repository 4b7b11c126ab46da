package dev.sluice.bench;

/**
 * A contender's own two topics, of one partition each.
 *
 * @param features where the records come, of transactions
 * @param predictions where each record's prediction is written; timestamps are the broker's
 */
record Route(String features, String predictions) {}
