/**
 * The job's topics for a person: what is in them, and dead letters back to where they came from.
 *
 * <pre>
 *   TopicReader ──► OurRecords ──► Letter ──► LetterFilter ──► MessageText, MessageJson
 *                                                  │
 *                                                  ▼
 *                     SentLetters ──────► Redrive ──► RedriveProducer ──► features
 * </pre>
 *
 * <p>Only committed messages are read, by a consumer of no group. What is sent goes out in one
 * transaction, together with the note which letters have been sent. All texts in messages are of
 * unknown origin: none reaches the terminal as it is.
 */
package dev.sluice.cli.letters;
