/**
 * What is expected of data: of each record, and of each window.
 *
 * <p>The language alone: what there is to say, its parameters and its conditions, checked when they
 * are stated. Stages evaluate it: {@code validate} per record, {@code monitor} per window. It
 * depends on {@code record} alone.
 */
package dev.sluice.expect;
