/**
 * Dead letters for a person: what is in their topic, and back to where they came from.
 *
 * <pre>
 *   TopicReader ──► OurRecords ──► Letter ──► LetterFilter ──► LetterText, MessageJson
 *                                                  │
 *                                                  ▼
 *                     SentLetters ──────► RedrivePlan ──► RedriveProducer ──► features
 * </pre>
 *
 * <p>Only committed messages are read, by a consumer of no group. What is sent goes out in one
 * transaction, together with the note which letters have been sent. All texts of letters are of
 * unknown origin: none reaches the terminal as it is.
 */
package dev.sluice.cli.letters;
