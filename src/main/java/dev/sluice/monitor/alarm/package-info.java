/**
 * What is wrong, in windows and without them → alarms that are raised once and cleared once.
 *
 * <pre>
 *   published profiles ─► Conditions ─► WindowJudge ─► RAISED, CLEARED
 *                         per record    per window: AlarmHistory (k of n), Advisor
 *   input partials ─────► SilenceOperator ───────────► RAISED, CLEARED
 * </pre>
 *
 * <p>Takes the profiles of closed windows, of inputs and outputs, and judges those of a window
 * together once the watermark says that all are there, so that alarms are a function of the windows
 * alone, never of the order in which profiles arrive. Refuses nothing: what a window cannot judge
 * leaves things as they are, and a profile that comes after its window was judged is counted.
 */
package dev.sluice.monitor.alarm;
