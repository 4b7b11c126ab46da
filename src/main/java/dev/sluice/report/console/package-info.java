/**
 * The console: what the report shows, live in a browser, and the dead letters.
 *
 * <pre>
 *   windows, alarms ──► LiveReport ─┐
 *   dead letters ─────► LetterStore ┼─► ConsoleApi ──► ConsoleServer ──► browser
 *   readers' state ───► Feeds ──────┘                      ▲
 *            └────────► Changes ──► EventClients ──────────┘
 * </pre>
 *
 * <p>It takes what others read; who reads, and from where, it does not know. It gives answers to
 * GET and HEAD and refuses everything else: nothing can be changed from it. All it keeps is
 * bounded, and what it lets go is counted.
 */
package dev.sluice.report.console;
