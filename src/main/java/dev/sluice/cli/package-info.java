/**
 * The command line: {@code java -jar sluice.jar COMMAND}.
 *
 * <p>{@code demo} runs the whole picture in one process, with a broker and a cluster of its own:
 *
 * <pre>
 *   FeatureRecords ──► DemoProducer ──► EmbeddedKafka ──► DemoResults ──► DemoSummary
 *   (a CSV file, or                       ▲     │
 *    the simulator)                       │     ▼
 *                              the job on EmbeddedFlink
 * </pre>
 *
 * <p>{@code profile} scores training data without a cluster and makes the data profile of it, shows
 * one, or compares two; {@code drift} measures how far two files are apart; {@code score} scores
 * any file and holds the answers against others; {@code inspect} tells what is in a model package
 * and whether it can be used; {@code tail} shows what is in the job's topics, and {@code redrive}
 * sends dead letters back. All check what they are given before they start anything; an error is
 * one message, not a stack trace. Nothing of this package is in the jar for {@code flink run}, and
 * nobody else knows it.
 */
package dev.sluice.cli;
