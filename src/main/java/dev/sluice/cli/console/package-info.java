/**
 * The job's topics, followed for the console: all that they have, then whatever comes.
 *
 * <pre>
 *   TopicFollower ──► ProfileVisitor, AlarmVisitor ──► LiveReport
 *        │       └──► LetterVisitor ──► LetterStore
 *        ▼
 *       Feed                LetterOpener: one letter, when asked for
 * </pre>
 *
 * <p>Only committed messages are read, by consumers of no group; no offset is committed and no
 * topic created. A broker that goes away is waited for.
 */
package dev.sluice.cli.console;
