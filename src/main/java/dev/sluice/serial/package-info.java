/**
 * How the values on the arrows cross a network or enter a checkpoint: one Flink serializer with a
 * snapshot per type, so that nothing ever falls back to generic serialization.
 *
 * <p>Every form is self-describing (it names no layout kept elsewhere), so that a serializer has no
 * state and a snapshot restores it alone.
 */
package dev.sluice.serial;
